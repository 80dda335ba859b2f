// One conversation: what was said, what is on its way, who writes, how far the other has read.

import { api } from "../api.js";
import { avatar, button, clock, further, h, nameOf, time } from "../dom.js";
import { ask } from "../form.js";
import { live } from "../live.js";
import { discard, retry, send, waitingIn } from "../outbox.js";
import { askToReport } from "../people.js";
import { dot, presenceOf } from "../presence.js";
import { hear, mirror, state } from "../store.js";

/** How long somebody counts as writing after they were said to, in milliseconds. */
const WRITING = 4_000;
/** Messages fetched at once. */
const PAGE = 40;

export async function conversation(id, signal) {
  const me = state.me.id;
  /** By number. */
  const messages = new Map();
  let other, next;
  /** What shows them, once they were read. */
  let node;
  /** How far either has read. */
  let theirs = 0;
  let own = 0;

  // What is told, from before anything is asked: nothing that is said meanwhile is missed.

  const { change, follow, read } = mirror({ show: () => node && show(), signal });
  const mine = (what) => what?.chat_id === id;
  follow("message", ({ message }) => mine(message) && messages.set(message.id, message));
  follow("changed", ({ message, mark }) => {
    if (mine(message)) messages.set(message.id, message);
    if (mine(mark) && mark.account_id !== me) theirs = Math.max(theirs, mark.through);
  });
  follow("removed", (frame) => {
    if (mine(frame)) for (const message of frame.messages ?? []) messages.delete(message);
  });
  const take = (page) => {
    for (const message of page.items) messages.set(message.id, message);
    next = page.next;
  };
  await read(
    () => Promise.all([api.getChat(id), api.listMessages(id, { limit: PAGE })]),
    ([chat, page]) => {
      other = chat.user;
      theirs = chat.their_mark.through;
      own = chat.own_mark.through;
      take(page);
    },
  );

  const rows = h("ol", {});
  const earlier = further("Earlier messages", fetchEarlier);
  const writing = h("p", { class: "writing" });
  const log = h(
    "div",
    { class: "log", role: "log", "aria-label": `Messages with ${nameOf(other)}`, tabindex: "0" },
    earlier,
    rows,
  );
  const where = h("p", { class: "soft presence" });

  // What is shown, of what is known.

  function show({ keepAt = false } = {}) {
    const below = log.scrollHeight - log.scrollTop - log.clientHeight;
    const sorted = [...messages.values()].sort((a, b) => a.id - b.id);
    const waiting = waitingIn(id).filter(({ client_id }) => !sorted.some((message) => message.client_id === client_id));
    const read = sorted.findLast(({ id, sender_id }) => sender_id === me && id <= theirs);
    const wanted = [
      ...sorted.map((message) => [keyOf(message, message === read), message]),
      ...waiting.map((one) => [keyOf(one), one]),
    ];
    const there = new Map([...rows.children].map((row) => [row.dataset.key, row]));
    let day;
    wanted.forEach(([key, message], at) => {
      const today = new Date(message.created_at).toDateString();
      const row = there.get(key) ?? messageRow(message, key, message === read);
      there.delete(key);
      row.dataset.day = today === day ? "" : dayName(message.created_at);
      day = today;
      if (rows.children[at] !== row) rows.insertBefore(row, rows.children[at] ?? null);
    });
    for (const row of there.values()) row.remove();
    earlier.hidden = !next;
    if (keepAt) log.scrollTop = log.scrollHeight - log.clientHeight - below;
    else if (below < 120) log.scrollTop = log.scrollHeight;
  }

  async function fetchEarlier() {
    log.ariaBusy = "true"; // what was said long ago is not read out
    await read(
      () => api.listMessages(id, { cursor: next, limit: PAGE }),
      take,
      () => show({ keepAt: true }),
    ).finally(() => (log.ariaBusy = null));
    if (!next) log.focus();
  }

  function showPresence() {
    const { online, last_seen } = presenceOf(other.id);
    where.replaceChildren(...(online ? ["online"] : last_seen ? ["last seen ", time(last_seen)] : []));
  }

  let silence;
  function showWriting(name) {
    clearTimeout(silence);
    writing.textContent = name ? `${name} is writing …` : "";
    if (name) silence = setTimeout(showWriting, WRITING);
  }

  /** Marks as read what can be seen. */
  async function markRead() {
    if (document.visibilityState !== "visible" || signal.aborted) return;
    const last = Math.max(
      0,
      ...[...messages.values()].filter(({ sender_id }) => sender_id === other.id).map(({ id }) => id),
    );
    if (last <= own) return;
    const before = own;
    own = last;
    await live.read(last, id).catch(() => (own = before)); // again with the next message, or when the connection is back
  }

  function messageRow(message, key, isRead) {
    const isMine = message.sender_id === me || !message.id;
    const foot = [clock(message.created_at)];
    if (message.edited_at) foot.push(" · edited");
    if (isRead) foot.push(" · read");
    if (!message.id && !message.fault) foot.splice(0, 1, "waiting to be sent");
    return h(
      "li",
      { class: `message ${isMine ? "mine" : ""} ${message.id ? "" : "waiting"}`, "data-key": key },
      h("span", { class: "unseen" }, isMine ? "You: " : `${nameOf(other)}: `),
      h("p", { class: "text", dir: "auto" }, message.text),
      message.fault ? h("p", { class: "fault" }, message.fault) : null,
      h(
        "div",
        { class: "foot" },
        h("span", { class: "when" }, foot),
        h("span", { class: "tools" }, tools(message, isMine)),
      ),
    );
  }

  function tools(message, isMine) {
    const short = message.text.slice(0, 40);
    const tool = (mark, title, action) =>
      button("", action, { kind: "plain", mark, title, "aria-label": `${title}: ${short}` });
    if (!message.id) {
      const again = button("Try again", () => retry(message.client_id), { kind: "plain" });
      return message.fault ? [again, button("Discard", () => discard(message.client_id), { kind: "plain" })] : [];
    }
    if (!isMine)
      return [
        button("Report", () => askToReport("message", message.id, "this message"), {
          kind: "plain",
          "aria-label": `Report: ${short}`,
        }),
      ];
    return [tool("pen", "Edit", () => edit(message)), tool("bin", "Delete", () => remove(message))];
  }

  const edit = (message) =>
    ask({
      title: "Edit your message",
      fields: [
        {
          name: "text",
          label: "Message",
          type: "textarea",
          rows: 4,
          value: message.text,
          required: true,
          maxlength: 4000,
        },
      ],
      submit: "Save",
      action: async ({ text }) => {
        const edited = await api.editMessage(id, message.id, text);
        change(() => messages.set(edited.id, edited));
      },
    });
  const remove = (message) =>
    ask({
      title: "Delete this message?",
      text: "It vanishes for both of you.",
      submit: "Delete",
      danger: true,
      action: async () => {
        await api.removeMessage(id, message.id);
        change(() => messages.delete(message.id));
      },
    });

  hear(
    "message",
    ({ message }) => {
      if (!mine(message)) return;
      if (message.sender_id === other.id) showWriting();
      markRead();
    },
    signal,
  );
  hear(
    "typing",
    ({ chat_id, account_id }) => chat_id === id && account_id === other.id && showWriting(nameOf(other)),
    signal,
  );
  hear("outbox", () => show(), signal);
  hear("presence", (account) => account === other.id && showPresence(), signal);
  hear("link", () => state.link === "open" && markRead(), signal);
  document.addEventListener("visibilitychange", markRead, { signal });

  show();
  showPresence();
  node = h(
    "div",
    { class: "conversation" },
    h(
      "header",
      { class: "person with" },
      h("a", { class: "back", href: "#/chats", "aria-label": "All chats" }, h("span", { "aria-hidden": "true" }, "‹")),
      h("span", { class: "pictured" }, avatar(other), dot(other.id)),
      h(
        "div",
        { class: "who" },
        h("h1", {}, h("a", { href: `#/people/${other.id}` }, h("bdi", {}, nameOf(other)))),
        where,
      ),
    ),
    log,
    writing,
    composer(id, nameOf(other)),
  );
  node.addEventListener("entered", () => {
    log.scrollTop = log.scrollHeight;
    markRead();
  });
  return node;
}

/** What a row shows, in short: when it changes, the row is made anew. */
const keyOf = ({ id, client_id, edited_at, fault }, isRead) =>
  id ? `${id} ${edited_at ?? ""} ${isRead ? "read" : ""}` : `${client_id} ${fault ?? ""}`;

const dayName = (iso) => new Date(iso).toLocaleDateString("en", { weekday: "long", day: "numeric", month: "long" });

/** Where one writes: Enter sends, Shift and Enter begins a line. */
function composer(id, name) {
  const text = h("textarea", {
    rows: 1,
    maxlength: 4000,
    dir: "auto",
    "aria-label": `Message to ${name}`,
    placeholder: "Write a message",
  });
  const node = h(
    "form",
    { class: "composer" },
    text,
    h("button", { type: "submit", class: "primary", "aria-label": "Send" }, "Send"),
  );
  const fit = () => {
    text.style.height = "auto";
    text.style.height = `${text.scrollHeight}px`;
  };
  text.addEventListener("input", () => {
    fit();
    if (text.value) live.typing(id);
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    node.requestSubmit();
  });
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!text.value.trim()) return;
    send(id, text.value.trim());
    text.value = "";
    fit();
    text.focus();
  });
  return node;
}
