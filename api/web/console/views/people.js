// Search people; with nothing to search for, whom one may want to know, and whom one knows.

import { api } from "../api.js";
import { button, count, empty, h, nameOf, paged } from "../dom.js";
import { field } from "../form.js";
import { say } from "../notices.js";
import { followTies, personRow, tieButtons } from "../people.js";
import { connections } from "../ties.js";

/** How long one pauses in typing before the search begins, in milliseconds. */
const PAUSE = 250;

export async function people({ query, signal }) {
  const { row, input } = field({
    name: "q",
    label: "Name, username or company",
    type: "search",
    value: query.get("q") ?? "",
    autocomplete: "off",
  });
  const found = h("div", {});
  let asked = 0;
  const look = async () => {
    const q = input.value.trim();
    const turn = (asked += 1);
    history.replaceState(null, "", q ? `#/people?q=${encodeURIComponent(q)}` : "#/people");
    try {
      const node = q ? await results(q) : await known();
      if (turn === asked) found.replaceChildren(node); // else a later search has begun
    } catch (problem) {
      if (turn === asked)
        found.replaceChildren(empty("cloud", problem.message, button("Try again", look, { kind: "quiet" })));
    }
  };
  let pause;
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(look, PAUSE);
  });
  signal.addEventListener("abort", () => clearTimeout(pause));
  const search = h("form", { role: "search", class: "search" }, row);
  search.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    look();
  });
  await look();
  return h("section", {}, h("h1", {}, "People"), search, found);
}

async function results(q) {
  const none = empty("search", "Nobody by that name", "Try a part of it, or the company.");
  const list = await paged(
    (page) => api.searchUsers({ q, ...page }),
    (one) => personRow(one, tieButtons(one)),
    { name: "People found", none },
  );
  const number = list.querySelectorAll("li").length;
  say(number ? `${count(number, "person").replace("persons", "people")} found` : "Nobody found");
  return list;
}

const REASONS = {
  same_company: "same company",
  same_industry: "same line of work",
  same_city: "same city",
};

async function known() {
  const { items } = await api.listSuggestions();
  const suggested = h("section", { hidden: !items.length }, h("h2", {}, "You may know"));
  const list = h("ul", { class: "list", "aria-label": "Suggestions" });
  for (const { user, mutual_connections, reasons } of items) {
    const others = reasons.map((reason) => REASONS[reason]).filter(Boolean);
    const why = [mutual_connections ? count(mutual_connections, "connection") + " in common" : "", ...others]
      .filter(Boolean)
      .join(" · ");
    const item = h("li", {});
    const dismiss = button(
      "Not now",
      async () => {
        await api.dismissSuggestion(user.id);
        const next = item.nextElementSibling ?? item.previousElementSibling;
        item.remove();
        suggested.hidden = !list.children.length;
        next?.querySelector("a")?.focus();
      },
      { kind: "plain", "aria-label": `Not now: ${nameOf(user)}` },
    );
    item.append(personRow(user, [tieButtons(user), dismiss], h("p", { class: "why" }, why)));
    list.append(item);
  }
  suggested.append(list);

  const own = h("div", {});
  let shown;
  followTies(own, () => {
    if (connections().length === shown) return;
    shown = connections().length;
    const rows = connections().map((user) => h("li", {}, personRow(user, tieButtons(user))));
    const none = empty("people", "No connections yet", "Search for somebody by name, and ask to connect.");
    own.replaceChildren(rows.length ? h("ul", { class: "list", "aria-label": "Connections" }, rows) : none);
  });
  return h("div", {}, suggested, h("section", {}, h("h2", {}, "Your connections"), own));
}
