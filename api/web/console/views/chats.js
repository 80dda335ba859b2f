// Chats: the list, and beside it the open conversation.

import { api } from "../api.js";
import { avatar, count, empty, enterRow, further, h, naming, time } from "../dom.js";
import { dot } from "../presence.js";
import { address } from "../router.js";
import { mirror, state } from "../store.js";
import { conversation } from "./conversation.js";

export async function chats({ signal }) {
  const list = await chatList(signal);
  return h(
    "section",
    { class: "chats list-only" },
    h("div", { class: "chat-list" }, h("h1", {}, "Chats"), list),
    aside(),
  );
}

const aside = () =>
  h("div", { class: "conversation nothing" }, empty("chats", "Choose a chat", "Or write to somebody from their page."));

export async function chat({ params: { id }, signal }) {
  const [list, said] = await Promise.all([chatList(signal, id), conversation(id, signal)]);
  const node = h(
    "section",
    { class: "chats one" },
    h("div", { class: "chat-list" }, h("p", { class: "h1" }, "Chats"), list),
    said,
  );
  node.addEventListener("entered", () => said.dispatchEvent(new CustomEvent("entered")));
  return node;
}

/** The list, newest message first, which follows what is said. */
async function chatList(signal, open) {
  /** By number. */
  const shown = new Map();
  let next;
  const list = h("ul", { class: "list", "aria-label": "Chats" });
  const none = empty("chats", "Nothing was said yet", "Write to one of your connections.");
  const { change, follow, read } = mirror({ show, signal });
  const fetchMore = () =>
    read(
      () => api.listChats({ cursor: next, limit: 20 }),
      (page) => {
        for (const chat of page.items) shown.set(chat.id, chat);
        next = page.next;
      },
    );
  const more = further("Show more", async () => {
    const before = list.children.length;
    await fetchMore();
    enterRow(list.children[before]);
  });
  function show() {
    const sorted = [...shown.values()].filter((chat) => chat.last_message);
    sorted.sort((a, b) => b.last_message.id - a.last_message.id);
    const at = document.activeElement?.closest?.("[data-chat]")?.dataset.chat;
    list.replaceChildren(...sorted.map((chat) => h("li", { "data-chat": chat.id }, chatRow(chat, chat.id === open))));
    if (at) list.querySelector(`[data-chat="${at}"] a`)?.focus();
    none.hidden = sorted.length > 0;
    more.hidden = !next;
  }
  /** Asks how a chat stands, where what was told does not say it. */
  const look = (id) =>
    read(
      () => api.getChat(id),
      (chat) => shown.set(id, chat),
    ).catch(({ status }) => status === 404 && change(() => shown.delete(id)));

  follow("message", ({ message }) => {
    const chat = shown.get(message.chat_id);
    if (!chat) return look(message.chat_id);
    if (message.id <= (chat.last_message?.id ?? 0)) return;
    chat.last_message = message;
    if (message.sender_id !== state.me.id) chat.unread += 1;
  });
  follow("changed", ({ message, mark }) => {
    const chat = shown.get(message?.chat_id);
    if (message && chat?.last_message?.id === message.id) chat.last_message = message;
    if (mark?.account_id === state.me.id && shown.has(mark.chat_id)) look(mark.chat_id);
  });
  follow("removed", ({ chat_id, chats = [] }) => {
    if (chat_id) look(chat_id);
    for (const id of chats) shown.delete(id);
  });
  await fetchMore();
  return h("div", {}, list, none, more);
}

function chatRow({ id, user, last_message, unread }, open) {
  const own = last_message.sender_id === state.me.id;
  return h(
    "article",
    { class: "person" },
    h("span", { class: "pictured" }, avatar(user), dot(user.id)),
    h(
      "div",
      { class: "who" },
      h(
        "a",
        { href: `#/chats/${id}`, class: "whole", "aria-current": open && address() === `chats/${id}` ? "page" : false },
        naming(user),
      ),
      h("p", { class: "soft line" }, own ? "You: " : "", h("bdi", {}, last_message.text)),
    ),
    h(
      "div",
      { class: "beside column" },
      h("span", { class: "when" }, time(last_message.created_at)),
      unread
        ? h(
            "span",
            { class: "badge" },
            unread,
            h("span", { class: "unseen" }, ` unread ${count(unread, "message").split(" ")[1]}`),
          )
        : null,
    ),
  );
}
