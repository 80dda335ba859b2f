// Notifications, newest first, as they arrive, are read and vanish, here or on another device.

import { api } from "../api.js";
import { avatar, button, empty, enterRow, further, h, icon, time } from "../dom.js";
import { ask } from "../form.js";
import { counted, mirror } from "../store.js";
import { sentence, whereTo } from "../telling.js";

export async function notifications({ signal }) {
  /** What is shown, by number. */
  const shown = new Map();
  let next;
  const list = h("ul", { class: "list", "aria-label": "Notifications" });
  const none = empty(
    "notifications",
    "Nothing yet",
    "Requests, answers and reviews appear here the moment they happen.",
  );
  const readAll = button("Mark all as read", markAll, { kind: "quiet" });

  const { change, follow, read } = mirror({ show, signal });

  /** Marks what is here by now: what comes meanwhile is new. */
  async function markAll() {
    const newest = Math.max(...[...shown.values()].map(({ version }) => version));
    counted(await api.readThrough(newest));
    const read_at = new Date().toISOString();
    change(() => {
      for (const notification of shown.values()) if (notification.version <= newest) notification.read_at ??= read_at;
    });
  }
  const fetchMore = () =>
    read(
      () => api.listNotifications({ cursor: next, limit: 20 }),
      (page) => {
        for (const notification of page.items) shown.set(notification.id, notification);
        next = page.next;
        counted(page);
      },
    );
  const more = further("Show more", async () => {
    const before = list.children.length;
    await fetchMore();
    enterRow(list.children[before]);
  });
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
    more.hidden = !next;
  }
  const remove = async ({ id }) => {
    await api.removeNotification(id);
    const item = list.querySelector(`[data-notification="${id}"]`);
    const neighbour = item?.nextElementSibling ?? item?.previousElementSibling;
    change(() => shown.delete(id));
    (neighbour?.querySelector("a, button") ?? document.querySelector("h1")).focus();
  };
  const markRead = async ({ id, read_at }) => {
    if (read_at) return;
    await read(
      () => api.readNotification(id),
      (notification) => shown.set(id, notification),
    );
  };
  const row = (notification) => notificationRow(notification, markRead, remove);

  follow("notification", ({ notification }) => shown.set(notification.id, notification));
  follow("changed", ({ notifications, read_at, notification }) => {
    for (const id of notifications) if (shown.has(id)) shown.get(id).read_at = read_at;
    if (notification) shown.set(notification.id, notification);
  });
  follow("removed", ({ notifications }) => {
    for (const id of notifications) shown.delete(id);
  });

  await fetchMore();
  return h("section", {}, h("header", { class: "headed" }, h("h1", {}, "Notifications"), readAll), list, none, more);
}

const versionOf = ({ version, read_at }) => `${version} ${read_at ?? ""}`;

function replace(old, current) {
  const at = [...old.querySelectorAll("a, button")].indexOf(document.activeElement);
  old.replaceWith(current);
  if (at >= 0) (current.querySelectorAll("a, button")[at] ?? current.querySelector("a, button")).focus();
}

function notificationRow(notification, markRead, remove) {
  const { actor, kind, body, read_at, created_at } = notification;
  const words = sentence(notification);
  const leads = kind !== "note" && kind !== "report_resolved" && kind !== "case_answered";
  const told = h("bdi", { dir: "ltr" }, words);
  const told_by = leads
    ? h("a", { href: whereTo(notification), class: "whole", onclick: () => markRead(notification) }, told)
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
          : button("", () => markRead(notification), {
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
