// People as lists show them, and what one can do with somebody.

import { api } from "./api.js";
import { avatar, button, doing, h, nameOf, naming } from "./dom.js";
import { ask } from "./form.js";
import { notice } from "./notices.js";
import { dot } from "./presence.js";
import { go } from "./router.js";
import { hear } from "./store.js";
import { accept, block, cancel, connect, disconnect, reject, tieTo } from "./ties.js";

/** A row: picture, name, what they do, and `beside` it what can be done. */
export function personRow(person, beside, below) {
  return h(
    "article",
    { class: "person" },
    h("span", { class: "pictured" }, avatar(person), dot(person.id)),
    h(
      "div",
      { class: "who" },
      h("a", { href: `#/people/${person.id}`, class: "whole" }, naming(person)),
      h("p", { class: "soft" }, h("bdi", {}, doing(person) || `@${person.username}`)),
      below,
    ),
    beside ? h("div", { class: "beside" }, beside) : null,
  );
}

/** How nodes are shown that follow what people are to one. They are looked for in the page: what has left it is forgotten. */
const shows = new WeakMap();
hear("ties", () => {
  for (const node of document.querySelectorAll("[data-ties]")) shows.get(node)();
});

/** Has `show` fill a node, now and whenever ties change, as long as it is in the page. */
export function followTies(node, show) {
  node.dataset.ties = "";
  shows.set(node, show);
  show();
  return node;
}

/** The buttons for somebody, which follow what the two are to each other. */
export function tieButtons(person, { whole = false } = {}) {
  const node = h("div", { class: "buttons" });
  return followTies(node, () => {
    const had = node.contains(document.activeElement);
    node.replaceChildren(...buttonsFor(person, whole));
    if (had) node.querySelector("a, button")?.focus();
  });
}

function buttonsFor(person, whole) {
  const { kind, request } = tieTo(person.id);
  const name = nameOf(person);
  const write = button("Message", async () => go(`chats/${(await api.openChat(person.id)).id}`), {
    kind: kind === "connected" ? "primary" : "quiet",
    mark: "chats",
    "aria-label": `Message ${name}`,
  });
  switch (kind) {
    case "self":
      return [h("a", { class: "quiet", href: "#/account" }, "Edit your profile")];
    case "connected":
      return [write];
    case "incoming":
      return [
        button("Accept", () => accept(request), { kind: "primary", "aria-label": `Accept ${name}` }),
        button("Decline", () => reject(request), { kind: "quiet", "aria-label": `Decline ${name}` }),
      ];
    case "outgoing":
      return [
        h("span", { class: "state" }, "Asked"),
        button("Take back", () => cancel(request), { kind: "quiet", "aria-label": `Take back the request to ${name}` }),
      ];
    default:
      return [
        button("Connect", () => askToConnect(person), { kind: "primary", "aria-label": `Connect with ${name}` }),
        ...(whole ? [write] : []),
      ];
  }
}

const askToConnect = (person) =>
  ask({
    title: `Connect with ${nameOf(person)}`,
    text: "A few words help them to know who you are.",
    fields: [{ name: "message", label: "Message (optional)", type: "textarea", rows: 3, maxlength: 500 }],
    submit: "Send the request",
    action: async ({ message }, _, key) => {
      await connect(person.id, message, key);
      notice(`${nameOf(person)} has been asked.`);
    },
  });

/** What one rather does not do: end the connection, block, report. */
export function sternButtons(person) {
  const name = nameOf(person);
  const node = h("div", { class: "buttons" });
  const end = button(
    "End the connection",
    () =>
      ask({
        title: `End the connection with ${name}?`,
        text: "They are not told. Either of you may ask again.",
        submit: "End it",
        danger: true,
        action: () => disconnect(person.id),
      }),
    { kind: "plain" },
  );
  const bar = button(
    "Block",
    () =>
      ask({
        title: `Block ${name}?`,
        text: "You no longer see each other, and what there is between you ends. The block can be lifted in your account.",
        submit: "Block",
        danger: true,
        action: async () => {
          await block(person.id);
          notice(`${name} is blocked.`);
          go("people");
        },
      }),
    { kind: "plain" },
  );
  const tell = button("Report", () => askToReport("account", person.id, name), { kind: "plain" });
  return followTies(node, () =>
    node.replaceChildren(...(tieTo(person.id).kind === "connected" ? [end] : []), bar, tell),
  );
}

/** Tells the staff of something. */
export const askToReport = (subject, id, what) =>
  ask({
    title: `Report ${what}`,
    text: "The staff of this Kith reads it. You hear when it was looked at.",
    fields: [{ name: "message", label: "What is wrong?", type: "textarea", rows: 4, required: true }],
    submit: "Report",
    action: async ({ message }) => {
      await api.report(subject, id, message);
      notice("Thank you. The staff has been told.");
    },
  });
