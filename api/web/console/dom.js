// The few small things that every view shows.

import { h } from "../base/dom.js";
import { base, now } from "../base/http.js";

export { h };

/** An icon of the sprite in index.html; the text beside it says what it means. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** The address of a picture that v1 names by its path. */
export const picture = (path) => new URL(`../..${path}`, base).href;

export const nameOf = (person) => person.full_name || person.username;

/** Somebody's picture, or the first letters of the name. */
export function avatar(person, size = "") {
  const initials = nameOf(person)
    .trim()
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("");
  const inside = person.avatar ? h("img", { src: picture(person.avatar), alt: "" }) : initials.toUpperCase();
  return h("span", { class: `avatar ${size}`, "data-hue": person.id % 6, "aria-hidden": "true" }, inside);
}

/** A name, in whatever script. */
export const naming = (person) => h("bdi", { class: "name" }, nameOf(person));

/** What somebody does, if they tell. */
export const doing = (person) => [person.industry, person.company_name].filter(Boolean).join(" · ");

const DAY = 86_400_000;
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });

/** When something was, short; the whole of it on demand. */
export function time(iso) {
  const at = new Date(iso);
  return h("time", { datetime: iso, title: at.toLocaleString("en") }, short(at));
}

/** The time of day. */
export const clock = (iso) =>
  h("time", { datetime: iso }, new Date(iso).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" }));

function short(at) {
  const ago = now() - at;
  if (ago < 60_000) return "just now";
  if (ago < DAY / 24) return relative.format(-Math.floor(ago / 60_000), "minute");
  if (ago < DAY) return relative.format(-Math.floor((ago * 24) / DAY), "hour");
  if (ago < 7 * DAY) return relative.format(-Math.floor(ago / DAY), "day");
  return at.toLocaleDateString("en", { day: "numeric", month: "short", year: "numeric" });
}

/** A number of things: `1 review`, `2 reviews`. */
export const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

/** What stands where nothing is yet. */
export const empty = (mark, title, ...more) =>
  h(
    "div",
    { class: "empty" },
    icon(mark),
    h("p", { class: "empty-title" }, title),
    more.length ? h("p", {}, ...more) : null,
  );

/** What stands where something is being fetched. */
export const loading = () =>
  h("div", { class: "loading", role: "status" }, h("span", { class: "unseen" }, "Loading"), h("i"), h("i"), h("i"));

/** A button that does something and can't be pressed again meanwhile. What goes wrong is passed to `failed`. */
export function button(label, action, { kind = "", mark, failed, ...attributes } = {}) {
  const node = h("button", { type: "button", class: kind, ...attributes }, mark ? icon(mark) : null, label);
  node.addEventListener("click", async () => {
    if (node.ariaBusy === "true") return;
    node.ariaBusy = "true";
    try {
      await action();
    } catch (problem) {
      (failed ?? report)(problem);
    } finally {
      node.ariaBusy = null;
    }
  });
  return node;
}

/** Tells of a problem that belongs to no field. The page says how (main.js). */
let report = (problem) => console.error(problem);
export const reportWith = (tell) => (report = tell);

/** What stands under a list that may have more: a button that `fetch`es it, made once, so that the focus can stay on it. */
export const further = (label, fetch) =>
  h("p", { class: "more", hidden: true }, button(label, fetch, { kind: "quiet" }));

/** Moves the focus to the first thing that can be used in a row. */
export const enterRow = (row) => row?.querySelector("a, button")?.focus();

/** A list of which the next page is a button away. `row` shows an item. */
export async function paged(list, row, { name, none }) {
  const items = h("ul", { class: "list", "aria-label": name });
  let next;
  const fill = async () => {
    const page = await list({ cursor: next, limit: 20 });
    const rows = page.items.map((item) => h("li", {}, row(item)));
    items.append(...rows);
    next = page.next;
    more.hidden = !next;
    return rows;
  };
  const more = further("Show more", async () => enterRow((await fill())[0]));
  await fill();
  return items.children.length || !none ? h("div", {}, items, more) : none;
}
