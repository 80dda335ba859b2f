// Messages on their way. Each bears a name of its own (`client_id`), so the socket may send it again as often as nobody
// answers, and it is one message all the same. Here they are kept, so that they are shown and outlive a reload.

import { freshName } from "../base/http.js";
import { live } from "./live.js";
import { hear, state, tell } from "./store.js";

const KEY = "kith.outbox";

/** `{client_id, chat_id, account_id, text, created_at, fault}`, in the order of writing. */
let waiting = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");

function keep(messages) {
  waiting = messages;
  sessionStorage.setItem(KEY, JSON.stringify(waiting));
  tell("outbox");
}

/** What waits in a chat. */
export const waitingIn = (chat_id) =>
  waiting.filter((message) => message.chat_id === chat_id && message.account_id === state.me?.id);

/** Sends a message, now or as soon as there is a connection. */
export function send(chat_id, text) {
  const message = {
    client_id: freshName(),
    chat_id,
    account_id: state.me.id,
    text,
    created_at: new Date().toISOString(),
  };
  keep([...waiting, message]);
  carry(message);
}

export const discard = (client_id) => keep(waiting.filter((message) => message.client_id !== client_id));

/** Tries once more what was refused. */
export function retry(client_id) {
  keep(waiting.map((message) => (message.client_id === client_id ? { ...message, fault: undefined } : message)));
  carry(waiting.find((message) => message.client_id === client_id));
}

async function carry({ client_id, chat_id, text }) {
  try {
    const message = await live.send(chat_id, text, client_id);
    tell("message", { message }); // the frame with its version comes besides
  } catch ({ code, errors = {} }) {
    if (code === "closed" || code === "signed_out") return; // it goes with the next sign-in
    const fault = Object.values(errors).flat().join(" ") || `It was refused (${code}).`;
    keep(waiting.map((one) => (one.client_id === client_id ? { ...one, fault } : one)));
  }
}

/** All that an earlier life of the page has left waiting. */
export function resend() {
  for (const message of waiting) {
    if (message.account_id === state.me?.id && !message.fault) carry(message);
  }
}

// Whoever signs out takes their words along; a session that has ended by itself leaves them for the next one.
hear("signed-out", (why) => why || keep([]));
// Whichever way it is heard of, it has arrived.
hear("message", ({ message: { client_id } }) => {
  if (waiting.some((message) => message.client_id === client_id)) discard(client_id);
});
