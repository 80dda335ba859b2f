// What every part of the page may know, and how parts tell each other.
//
// Told are: `signed-in` (account), `signed-out` (why), `me`, `link` (how the socket is), `unread`, `ties`, `connected` (id),
// `presence` (id), `outbox`, `missed` (what came while the connection was away), `again` (read anew what is shown), and the
// socket's frames by their type: `notification`, `message`, `changed`, `removed`, `typing`.

export const state = {
  /** One's own account. */
  me: null,
  /** What is unread, as the server last said. */
  unread: { notifications: 0, messages: 0 },
  /** How the socket is: `off`, `connecting`, `open` or `waiting`. */
  link: "off",
  /** Whether what the socket tells is what was missed. */
  catchingUp: false,
};

const bus = new EventTarget();

export const tell = (name, detail) => bus.dispatchEvent(new CustomEvent(name, { detail }));

/** Calls `listener` with what is told under `name`, until `signal` is aborted: views pass theirs. */
export const hear = (name, listener, signal) =>
  bus.addEventListener(name, (event) => listener(event.detail), { signal });
