// Who is what to whoever is signed in: connected, asked, asking. v1 tells people without it, so it is read once, and
// kept by one's own decisions and by what the socket tells of others'.

import { all, api } from "./api.js";
import { state, tell, hear } from "./store.js";

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
export async function readTies() {
  const [people, came, sent] = await Promise.all([
    all(api.listConnections),
    all(api.listRequests, { direction: "incoming" }),
    all(api.listRequests, { direction: "outgoing" }),
  ]);
  for (const map of [connected, outgoing]) map.clear();
  for (const { user } of people) connected.set(user.id, user);
  for (const request of sent) outgoing.set(request.to.id, request);
  known = true;
  noteIncoming(came);
}

function noteIncoming(requests) {
  incoming.clear();
  for (const request of requests) incoming.set(request.from.id, request);
  tell("ties");
}

/** Notes a request as it stands. */
function note(request) {
  const sent = request.from.id === state.me.id;
  const [other, map] = sent ? [request.to, outgoing] : [request.from, incoming];
  if (request.status === "pending") map.set(other.id, request);
  else map.delete(other.id);
  if (request.status === "accepted") {
    connected.set(other.id, other);
    tell("connected", other.id);
  }
  tell("ties");
}

export const connect = async (id, message) => note(await api.sendRequest(id, message || undefined));
export const accept = async ({ id }) => note(await api.acceptRequest(id));
export const reject = async ({ id }) => note(await api.rejectRequest(id));
export const cancel = async ({ id }) => note(await api.cancelRequest(id));

export async function disconnect(id) {
  await api.removeConnection(id);
  connected.delete(id);
  tell("ties");
}

/** Blocks somebody, which ends what there was between the two. */
export async function block(id) {
  await api.block(id);
  for (const map of [connected, incoming, outgoing]) map.delete(id);
  tell("ties");
}

// A notification tells that something was decided; the request itself says what. With one that is gone, the request may
// have been taken back.
hear("notification", ({ notification: { request_id } }) => {
  if (request_id) api.getRequest(request_id).then(note, () => {});
});
hear("removed", ({ notifications }) => {
  if (!notifications.length || !incoming.size) return;
  all(api.listRequests, { direction: "incoming" }).then(noteIncoming, () => {});
});
hear("again", () => readTies().catch(() => {}));
hear("signed-out", () => {
  for (const map of [connected, incoming, outgoing]) map.clear();
  known = false;
});
