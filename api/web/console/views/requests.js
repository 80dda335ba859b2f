// Requests that wait: those that came, and those that one has sent. They come and go while one looks.

import { empty, h, time } from "../dom.js";
import { personRow, tieButtons } from "../people.js";
import { hear } from "../store.js";
import { readTies, requests } from "../ties.js";

export async function requestsView({ signal }) {
  await readTies();
  const came = h("div", {});
  const sent = h("div", {});
  const show = () => {
    const had = node.contains(document.activeElement);
    fill(
      came,
      requests.incoming(),
      "from",
      "Requests that came",
      empty("requests", "Nobody waits for an answer", "Requests appear here as they come."),
    );
    fill(
      sent,
      requests.outgoing(),
      "to",
      "Requests that you sent",
      empty("send", "No request of yours is open"),
    );
    if (had && !node.contains(document.activeElement)) node.querySelector("h1").focus();
  };
  const node = h(
    "section",
    {},
    h("h1", {}, "Requests"),
    h("h2", {}, "For you to answer"),
    came,
    h("h2", {}, "Sent by you"),
    sent,
  );
  hear("ties", show, signal);
  show();
  return node;
}

/** Changes the rows that have changed, and leaves the others alone, with the focus that is in them. */
function fill(node, list, side, name, none) {
  if (!list.length) return node.replaceChildren(none);
  let items = node.querySelector("ul");
  if (!items) node.replaceChildren((items = h("ul", { class: "list", "aria-label": name })));
  const there = new Map([...items.children].map((item) => [item.dataset.request, item]));
  for (const [id, item] of there) {
    if (list.every((request) => `${request.id}` !== id)) item.remove();
  }
  list.forEach((request, at) => {
    const item = there.get(`${request.id}`) ?? row(request, side);
    if (items.children[at] !== item) items.insertBefore(item, items.children[at] ?? null);
  });
}

function row(request, side) {
  const words = request.message ? h("blockquote", { dir: "auto" }, request.message) : null;
  const below = [words, h("p", { class: "when" }, time(request.created_at))];
  return h("li", { "data-request": request.id }, personRow(request[side], tieButtons(request[side]), below));
}
