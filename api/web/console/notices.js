// What is told in passing: a note at the edge of the page, which readers of the page hear too.

import { h } from "./dom.js";

/** How long a note stays, in milliseconds. */
const STAYS = 6_000;
/** Notes that are shown at once. */
const MOST = 3;

/**
 * Shows a note. `kind` is `fault` for what went wrong, which interrupts. With `href` it leads somewhere.
 * A note stays while the pointer or the focus is on it.
 */
export function notice(text, { kind = "", href } = {}) {
  const words = href ? h("a", { href, dir: "auto" }, text) : h("span", { dir: "auto" }, text);
  const close = h("button", { type: "button", class: "plain", "aria-label": "Dismiss" }, "×");
  const note = h("li", { class: `notice ${kind}` }, words, close);
  const gone = () => (note.matches(":hover, :focus-within") ? setTimeout(gone, STAYS) : note.remove());
  close.addEventListener("click", () => note.remove());
  words.addEventListener("click", () => note.remove());
  const notes = document.getElementById("notices");
  if (notes.children.length >= MOST) notes.firstElementChild.remove();
  notes.append(note);
  setTimeout(gone, STAYS);
  say(text, kind === "fault" ? "assertive" : "polite");
}

// Whoever is where a note leads has seen it.
addEventListener("hashchange", () => {
  for (const { hash, parentNode } of document.querySelectorAll("#notices a")) {
    if (hash === location.hash) parentNode.remove();
  }
});

/** Says something to those who hear the page. */
export function say(text, manner = "polite") {
  const region = document.getElementById(manner);
  const words = h("p", {}, text);
  region.append(words);
  setTimeout(() => words.remove(), STAYS);
}
