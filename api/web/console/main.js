// The page: where one may go, what stands around the views, and what happens when somebody signs in or out.

import "./theme.js";
import { api } from "./api.js";
import { avatar, h, icon, loading, nameOf, reportWith } from "./dom.js";
import { live } from "./live.js";
import { notice, say } from "./notices.js";
import { resend } from "./outbox.js";
import { readPresence } from "./presence.js";
import { address, again, againIfFailed, go, goInstead, start } from "./router.js";
import { session } from "./session.js";
import { hear, state, tell } from "./store.js";
import { readTies, requests, tiesAreKnown } from "./ties.js";
import { sentence, whereTo } from "./telling.js";
import * as account from "./views/account.js";
import * as entry from "./views/entry.js";
import * as listings from "./views/listings.js";
import { chat, chats } from "./views/chats.js";
import { listing } from "./views/listing.js";
import { notifications } from "./views/notifications.js";
import { people } from "./views/people.js";
import { person } from "./views/person.js";
import { requestsView } from "./views/requests.js";

const ROUTES = [
  ["sign-in", entry.signInView],
  ["sign-up", entry.signUpView],
  ["look-into-your-mail", entry.activationView],
  ["forgotten", entry.forgottenView],
  ["people", people],
  ["people/:id", person],
  ["requests", requestsView],
  ["notifications", notifications],
  ["chats", chats],
  ["chats/:id", chat],
  ["listings", listings.listings],
  ["listings/new", listings.newListing],
  ["listings/:id", listing],
  ["account", account.account],
];
/** Views for those who are not signed in. */
const OUTSIDE = ["sign-in", "sign-up", "look-into-your-mail", "forgotten"];

/** Where somebody wanted to go who had to sign in first. */
let wanted;

function elsewhere(place) {
  const outside = OUTSIDE.includes(place);
  if (state.me) return outside ? "people" : undefined;
  if (!outside) wanted = address();
  return outside ? undefined : "sign-in";
}

const TABS = [
  ["people", "People", () => 0],
  ["requests", "Requests", () => requests.incoming().length],
  ["notifications", "Notifications", () => state.unread.notifications],
  ["chats", "Chats", () => state.unread.messages],
  ["listings", "Listings", () => 0],
];

const [nav, link, own, main] = ["nav", "link", "account", "main"].map((id) => document.getElementById(id));
const tabs = TABS.map(([place, name, waiting]) => {
  const badge = h("span", { class: "badge", "data-badge": place });
  const words = h("span", { class: "unseen" });
  const tab = h("a", { href: `#/${place}` }, icon(place), h("span", { class: "tab-name" }, name), badge, words);
  nav.append(tab);
  return { place, waiting, badge, words, tab };
});

/** Numbers beside the names of views, and in the title. */
function showUnread() {
  for (const { waiting, badge, words } of tabs) {
    const number = waiting();
    badge.textContent = number ? (number > 99 ? "99+" : number) : "";
    words.textContent = number ? " waiting" : "";
  }
  const { notifications, messages } = state.unread;
  const title = document.title.replace(/^\(\d+\) /, "");
  document.title = notifications + messages && state.me ? `(${notifications + messages}) ${title}` : title;
}

const LINKS = {
  off: "",
  connecting: "Connecting …",
  open: "Connected",
  waiting: "Reconnecting …",
};

function showLink() {
  link.textContent = LINKS[state.link];
  link.dataset.state = state.link;
}

function showOwn() {
  for (const node of [nav, own, link]) node.hidden = !state.me;
  document.body.classList.toggle("inside", state.me !== null);
  if (!state.me) return;
  const words = h("span", { class: "unseen" }, "Your account, ");
  own.replaceChildren(avatar(state.me), words, h("bdi", { class: "name" }, nameOf(state.me)));
}

main.addEventListener("shown", ({ detail: place }) => {
  for (const tab of tabs) tab.tab.toggleAttribute("aria-current", false);
  tabs.find((tab) => tab.place === place)?.tab.setAttribute("aria-current", "page");
  showUnread();
});
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address is the router's
  main.focus();
});
reportWith((problem) => {
  if (problem.status === undefined) console.error(problem); // not the server's: ours
  notice(problem.message, { kind: "fault" });
});

hear("unread", showUnread);
hear("ties", showUnread);
hear("me", showOwn);

hear("signed-in", (account) => {
  state.me = account;
  showOwn();
  readTies().catch(() => {}); // it is read when the connection is there
  live.open().then(resend);
  if (OUTSIDE.includes(address())) go(wanted ?? "people");
  wanted = undefined;
});
hear("signed-out", (why) => {
  Object.assign(state, { me: null, unread: { notifications: 0, messages: 0 }, version: 0 });
  // Whoever did not mean to go comes back to where they were.
  wanted = why && !OUTSIDE.includes(address()) ? address() : undefined;
  live.close();
  showOwn();
  showUnread();
  goInstead("sign-in");
  if (why) notice(why, { kind: "fault" });
});

let wasOpen = false;
hear("link", async () => {
  showLink();
  if (state.link === "off") wasOpen = false;
  if (state.link === "waiting" && wasOpen) {
    wasOpen = false;
    say("The connection is lost. Trying again.");
  }
  if (state.link !== "open") return;
  wasOpen = true;
  againIfFailed();
  await Promise.all([readPresence(), tiesAreKnown() || readTies()]).catch(() => {}); // it broke: the next one does it
});
/** What came while the connection was away. */
hear("missed", ({ notifications, messages, count }) => {
  const kinds = [
    [notifications, "notification"],
    [messages, "message"],
  ];
  const words = kinds
    .filter(([number]) => number)
    .map(([number, word]) => `${number} new ${word}${number === 1 ? "" : "s"}`);
  if (words.length) notice(`While you were away: ${words.join(" and ")}.`);
  else say(count ? "Connected again; what had changed is shown." : "Connected again. Nothing was missed.");
});
/** The server can't tell what was missed: everything is read anew. */
hear("again", again);

/** What arrives is told, unless one looks at it already. */
hear("notification", ({ notification }) => {
  if (state.catchingUp || address() === "notifications") return;
  notice(sentence(notification), { href: whereTo(notification) });
});
hear("message", ({ message }) => {
  if (state.catchingUp || message.sender_id === state.me?.id || address() === `chats/${message.chat_id}`) return;
  notice(`New message: ${message.text.slice(0, 80)}`, { href: `#/chats/${message.chat_id}` });
});

showLink();
await comeBack();
start(ROUTES, elsewhere);

/** Goes on with the session that is kept. A server that does not answer is no reason to be signed out. */
async function comeBack() {
  for (let pause = 1_000; session.isSignedIn; pause = Math.min(2 * pause, 30_000)) {
    try {
      return tell("signed-in", await api.me());
    } catch (problem) {
      if (problem.status === 401) return;
      main.replaceChildren(loading());
      notice(problem.message, { kind: "fault" });
      await new Promise((later) => setTimeout(later, pause));
    }
  }
}
