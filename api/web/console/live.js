// The socket: what it tells goes to whoever listens (store.js), under the names of its frames. How it stays open,
// resumes and repeats what nobody answered is the client's (../client/socket.js), which other programs use as well.

import { base } from "../base/http.js";
import { KithSocket } from "../client/socket.js";
import { api } from "./api.js";
import { notePresence } from "./presence.js";
import { session } from "./session.js";
import { counted, state, tell } from "./store.js";

let socket = null;
/** Counts the openings: what an earlier one still waits for is not done any more. */
let turn = 0;

export const live = {
  /** Opens the socket. What is read over HTTP from now on lacks nothing that the socket does not tell. */
  async open() {
    live.close();
    const mine = turn;
    // The version first, then what is shown: what comes in between is told, perhaps twice, and never missed.
    const { version, ...unread } = await api.countUnread().catch(() => ({ version: null, ...state.unread }));
    if (mine !== turn) return; // signed out meanwhile
    if (version !== null) counted({ version, unread });
    const url = new URL("../..", base).href;
    socket = new KithSocket({ url, after: version, ticket: async () => (await api.createTicket()).ticket });
    socket.listen(follow());
    socket.connect();
  },
  close() {
    turn += 1;
    socket?.close();
    socket = null;
  },
  /** Says something in a chat; gives the message when the server has it, however often the connection breaks before. */
  send: (chat, text, client_id) => socket?.send(chat, text, client_id) ?? Promise.reject({ code: "closed" }),
  read: (through, chat) => socket?.read(through, chat) ?? Promise.reject({ code: "closed" }),
  typing: (chat) => socket?.typing(chat),
};

/** Listens to one socket. */
function follow() {
  let opened = false;
  let missed = { notifications: 0, messages: 0 };
  return (event) => {
    if (event.unread) counted(event, event.type === "reset");
    switch (event.type) {
      case "state":
        state.catchingUp = event.state === "resuming";
        state.link = LINKS[event.state] ?? (opened ? "waiting" : "connecting");
        if (event.state === "connecting") missed = { notifications: 0, messages: 0 };
        return tell("link");
      case "resumed":
        if (opened) tell("missed", { ...missed, count: event.count });
        opened = true;
        return;
      case "reset": // too much was missed to be told one by one
        opened = true;
        return tell("again");
      case "presence":
        return notePresence(event);
      case "notification":
        missed.notifications += 1;
        return tell("notification", event);
      case "message":
        if (event.message.sender_id !== state.me?.id) missed.messages += 1;
        return tell("message", event);
      case "changed":
      case "removed":
      case "typing":
        return tell(event.type, event);
      case "signed_out":
        return session.end("Your session has ended. Sign in again.");
      case "error":
        console.warn(event.error);
    }
  };
}

const LINKS = { open: "open", closed: "off" };
