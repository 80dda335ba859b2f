// Who of one's connections is there: read whenever a socket opens, and told by it from then on.

import { all, api } from "./api.js";
import { h } from "./dom.js";
import { hear, mirror, tell } from "./store.js";

/** What is known, by account: `{online, last_seen}`. */
const seen = new Map();

export const presenceOf = (id) => seen.get(id) ?? { online: false };

const { change, read, forget } = mirror();

export const notePresence = (presence) => change(() => note(presence));

/** Of two that tell of one account the later counts. */
function note({ account_id, online, last_seen }) {
  if (seen.get(account_id)?.last_seen > last_seen) return;
  seen.set(account_id, { online, last_seen });
  for (const dot of document.querySelectorAll(`[data-presence="${account_id}"]`)) show(dot, online);
  tell("presence", account_id);
}

export const readPresence = () =>
  read(
    () => all(api.listPresence),
    (there) => {
      const ids = new Set(there.map(({ user }) => user.id));
      for (const [id, { online, last_seen }] of seen) {
        if (online && !ids.has(id)) note({ account_id: id, online: false, last_seen });
      }
      for (const { user, last_seen } of there) note({ account_id: user.id, online: true, last_seen });
    },
  );

/** A dot that follows somebody's presence as long as it is in the page. */
export function dot(id) {
  const node = h("span", { class: "dot", "data-presence": id });
  show(node, presenceOf(id).online);
  return node;
}

function show(node, online) {
  node.classList.toggle("online", online);
  node.replaceChildren(...(online ? [h("span", { class: "unseen" }, "online")] : []));
}

// Whoever is there already when the two connect is not told of.
hear("connected", () => readPresence().catch(() => {}));
hear("signed-out", () => {
  forget();
  seen.clear();
});
