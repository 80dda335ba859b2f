// Who is what to whoever is signed in: connected, asked, asking. v1 tells people without it, so it is read once, and
// kept by one's own decisions and by what the socket tells of others'.

import { all, api } from "./api.js";
import { hear, mirror, state, tell } from "./store.js";

const { change, follow, read, forget } = mirror();

/** People who are connected with one, by account. */
const connected = new Map();
/** Requests that wait, by the other's account. */
const incoming = new Map();
const outgoing = new Map();

export const requests = { incoming: () => newestFirst(incoming), outgoing: () => newestFirst(outgoing) };
export const connections = () => [...connected.values()];

const newestFirst = (map) => [...map.values()].sort((a, b) => b.id - a.id);

/** What somebody is: `{kind}` of `self`, `connected`, `incoming`, `outgoing` (both with the request) or `none`. */
export function tieTo(id) {
  if (id === state.me?.id) return { kind: "self" };
  if (connected.has(id)) return { kind: "connected" };
  if (incoming.has(id)) return { kind: "incoming", request: incoming.get(id) };
  if (outgoing.has(id)) return { kind: "outgoing", request: outgoing.get(id) };
  return { kind: "none" };
}

let known = false;
/** Whether it was read. */
export const tiesAreKnown = () => known;

/** Reads it all. */
export const readTies = () =>
  read(
    () =>
      Promise.all([
        all(api.listConnections),
        all(api.listRequests, { direction: "incoming" }),
        all(api.listRequests, { direction: "outgoing" }),
      ]),
    ([people, came, sent]) => {
      for (const map of [connected, outgoing]) map.clear();
      for (const { user } of people) connected.set(user.id, user);
      for (const request of sent) outgoing.set(request.to.id, request);
      known = true;
      noteIncoming(came);
    },
  );
const readAgain = () => readTies().catch(() => {});

function noteIncoming(requests) {
  incoming.clear();
  for (const request of requests) incoming.set(request.from.id, request);
  tell("ties");
}

/** Notes a request as it stands. */
function note(request) {
  const sent = request.from.id === state.me?.id;
  const [other, map] = sent ? [request.to, outgoing] : [request.from, incoming];
  if (request.status === "pending") map.set(other.id, request);
  else map.delete(other.id);
  if (request.status === "accepted") {
    connected.set(other.id, other);
    tell("connected", other.id);
  }
  tell("ties");
}

export async function connect(id, message, key) {
  const request = await api.sendRequest(id, message || undefined, key);
  change(() => note(request));
}

/** Decides; what was decided already, on another device perhaps, is read anew. */
async function decide(way, { id }) {
  try {
    const request = await way(id);
    change(() => note(request));
  } catch (problem) {
    if (problem.status === 404 || problem.status === 409) readAgain();
    throw problem;
  }
}
export const accept = (request) => decide(api.acceptRequest, request);
export const reject = (request) => decide(api.rejectRequest, request);
export const cancel = (request) => decide(api.cancelRequest, request);

const end = (id, ...maps) =>
  change(() => {
    for (const map of maps) map.delete(id);
    tell("ties");
  });

export async function disconnect(id) {
  await api.removeConnection(id);
  end(id, connected);
}

/** Blocks somebody, which ends what there was between the two. */
export async function block(id) {
  await api.block(id);
  end(id, connected, incoming, outgoing);
}

// A notification tells that something was decided; the request itself says what. With one that is gone, the request may
// have been taken back.
follow("notification", ({ notification: { request_id } }) => {
  if (request_id) read(() => api.getRequest(request_id), note).catch(() => {});
});
follow("removed", ({ notifications }) => {
  if (!notifications.length || !incoming.size) return;
  read(() => all(api.listRequests, { direction: "incoming" }), noteIncoming).catch(() => {});
});
hear("again", readAgain);
// Nobody tells of what one has decided oneself on another device: whoever looks again sees it.
document.addEventListener("visibilitychange", () => known && document.visibilityState === "visible" && readAgain());
hear("signed-out", () => {
  forget();
  for (const map of [connected, incoming, outgoing]) map.clear();
  known = false;
});
