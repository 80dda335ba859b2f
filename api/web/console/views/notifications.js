// Notifications, newest first, as they arrive, are read and vanish, here or on another device.

import { api } from "../api.js";
import { avatar, button, empty, h, icon, time } from "../dom.js";
import { ask } from "../form.js";
import { hear, state, tell } from "../store.js";
import { sentence, whereTo } from "../telling.js";

export async function notifications({ signal }) {
  /** What is shown, by number. */
  const shown = new Map();
  let next;
  const list = h("ul", { class: "list", "aria-label": "Notifications" });
  const more = h("p", { class: "more" });
  const none = empty(
    "notifications",
    "Nothing yet",
    "Requests, answers and reviews appear here the moment they happen.",
  );
  const readAll = button("Mark all as read", markAll, { kind: "quiet" });

  async function markAll() {
    const newest = Math.max(...[...shown.values()].map(({ version }) => version));
    const { unread } = await api.readThrough(newest);
    counted(unread);
    const read_at = new Date().toISOString();
    for (const notification of shown.values()) notification.read_at ??= read_at;
    show();
  }
  async function fetchMore() {
    const page = await api.listNotifications({ cursor: next, limit: 20 });
    for (const notification of page.items) shown.set(notification.id, notification);
    next = page.next;
    counted(page.unread);
    show();
  }
  function show() {
    const sorted = [...shown.values()].sort((a, b) => b.id - a.id);
    const there = new Map([...list.children].map((item) => [Number(item.dataset.notification), item]));
    for (const [id, item] of there) if (!shown.has(id)) item.remove();
    sorted.forEach((notification, at) => {
      const old = there.get(notification.id);
      const current = old?.dataset.version === versionOf(notification) ? old : row(notification);
      if (old && old !== current) replace(old, current);
      if (list.children[at] !== current) list.insertBefore(current, list.children[at] ?? null);
    });
    none.hidden = sorted.length > 0;
    readAll.disabled = sorted.every(({ read_at }) => read_at);
    more.replaceChildren(...(next ? [button("Show more", fetchMore, { kind: "quiet" })] : []));
  }
  const remove = async ({ id }) => {
    await api.removeNotification(id);
    const item = list.querySelector(`[data-notification="${id}"]`);
    const neighbour = item?.nextElementSibling ?? item?.previousElementSibling;
    shown.delete(id);
    show();
    (neighbour?.querySelector("a, button") ?? document.querySelector("h1")).focus();
  };
  const read = async (notification) => {
    if (notification.read_at) return;
    shown.set(notification.id, await api.readNotification(notification.id));
    show();
  };
  const row = (notification) => notificationRow(notification, read, remove);

  hear(
    "notification",
    ({ notification }) => {
      shown.set(notification.id, notification);
      show();
    },
    signal,
  );
  hear(
    "changed",
    ({ notifications, read_at, notification }) => {
      for (const id of notifications) if (shown.has(id)) shown.get(id).read_at = read_at;
      if (notification) shown.set(notification.id, notification);
      show();
    },
    signal,
  );
  hear(
    "removed",
    ({ notifications }) => {
      for (const id of notifications) shown.delete(id);
      show();
    },
    signal,
  );

  await fetchMore();
  return h("section", {}, h("header", { class: "headed" }, h("h1", {}, "Notifications"), readAll), list, none, more);
}

const versionOf = ({ version, read_at }) => `${version} ${read_at ?? ""}`;

/** The socket tells the count with every change; an answer does so too. */
function counted(unread) {
  state.unread = unread;
  tell("unread");
}

function replace(old, current) {
  const at = [...old.querySelectorAll("a, button")].indexOf(document.activeElement);
  old.replaceWith(current);
  if (at >= 0) (current.querySelectorAll("a, button")[at] ?? current.querySelector("a, button")).focus();
}

function notificationRow(notification, read, remove) {
  const { actor, kind, body, read_at, created_at } = notification;
  const words = sentence(notification);
  const leads = kind !== "note" && kind !== "report_resolved" && kind !== "case_answered";
  const told = h("bdi", { dir: "ltr" }, words);
  const told_by = leads
    ? h("a", { href: whereTo(notification), class: "whole", onclick: () => read(notification) }, told)
    : h("p", { class: "told" }, told);
  return h(
    "li",
    {
      "data-notification": notification.id,
      "data-version": versionOf(notification),
      class: read_at ? "read" : "unread",
    },
    h(
      "article",
      { class: "person" },
      actor ? avatar(actor) : h("span", { class: "avatar", "aria-hidden": "true" }, icon("notifications")),
      h(
        "div",
        { class: "who" },
        read_at ? null : h("span", { class: "unseen" }, "Unread: "),
        told_by,
        body && body !== words ? h("blockquote", { dir: "auto" }, body) : null,
        h("p", { class: "when" }, time(created_at)),
      ),
      h(
        "div",
        { class: "beside" },
        kind === "report_resolved"
          ? button("What came of it", () => tellOutcome(notification.subject_id), { kind: "quiet" })
          : null,
        read_at
          ? null
          : button("", () => read(notification), {
              kind: "plain",
              mark: "check",
              "aria-label": `Mark as read: ${words}`,
              title: "Mark as read",
            }),
        button("", () => remove(notification), {
          kind: "plain",
          mark: "bin",
          "aria-label": `Delete: ${words}`,
          title: "Delete",
        }),
      ),
    ),
  );
}

async function tellOutcome(id) {
  const { outcome, note, message } = await api.getReport(id);
  const outcomes = {
    dismissed: "The staff found nothing wrong.",
    removed: "It was removed.",
    suspended: "The account was suspended.",
  };
  await ask({
    title: outcomes[outcome] ?? "It is being looked at.",
    text: note ?? `You wrote: ${message}`,
    submit: "Close",
    action: () => {},
  });
}
