// What every part of the page may know, and how parts tell each other.
//
// Told are: `signed-in` (account), `signed-out` (why), `me`, `link` (how the socket is), `unread`, `ties`, `connected` (id),
// `presence` (id), `outbox`, `missed` (what came while the connection was away), `again` (read anew what is shown), and the
// socket's frames by their type: `notification`, `message`, `changed`, `removed`, `typing`.

export const state = {
  /** One's own account. */
  me: null,
  /** What is unread, and as of which version of the inbox. */
  unread: { notifications: 0, messages: 0 },
  version: 0,
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

/** Notes what is unread as of a version: what is older does not count, unless all begins anew. */
export function counted({ version, unread }, anew = false) {
  if (version < state.version && !anew) return;
  Object.assign(state, { version, unread });
  tell("unread");
}

/**
 * What is read over HTTP, and told of by the socket as well. An answer may be as old as its question: whatever has changed since is
 * changed in it too. So neither the order of answers matters, nor what happens while one waits for them. `show` shows what is
 * known, whenever it changes; once `signal` is aborted nothing changes any more.
 */
export function mirror({ show = () => {}, signal } = {}) {
  /** Of each question that is open, the changes since it was asked. */
  const open = new Set();
  const change = (apply) => {
    if (signal?.aborted) return;
    for (const since of open) since.push(apply);
    apply();
    show();
  };
  return {
    /** Changes what is known. It has to bear being done twice. */
    change,
    /** Changes it by what is told under `name`. */
    follow: (name, apply) => hear(name, (told) => change(() => apply(told)), signal),
    /** Asks, takes the answer, and then shows it. */
    async read(ask, take, then = show) {
      const since = [];
      open.add(since);
      try {
        const answer = await ask();
        if (!open.has(since) || signal?.aborted) return;
        take(answer);
      } finally {
        open.delete(since);
      }
      for (const apply of since) apply();
      then();
    },
    /** Lets no answer in any more that is still to come. */
    forget: () => open.clear(),
  };
}
