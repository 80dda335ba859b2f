// The session: its two tokens, kept for all tabs, and renewed by one of them at a time.
//
// A refresh token works once: whoever shows an old one ends the session. So tabs share what is kept here, take
// turns (Web Locks), and look again when it is their turn, for another may have renewed it meanwhile.

import { Problem, request } from "./http.js";
import { state, tell } from "./store.js";

const KEY = "kith.session";
/** An access token that lives no longer than this is not used any more, in milliseconds. */
const MARGIN = 30_000;

const kept = () => JSON.parse(localStorage.getItem(KEY) ?? "null");
const keep = ({ access_token, refresh_token, session_id, expires_in }) =>
  localStorage.setItem(
    KEY,
    JSON.stringify({ access_token, refresh_token, session_id, expires_at: Date.now() + expires_in * 1000 }),
  );

/** Whether somebody is signed in, as far as is known here. */
export const isSignedIn = () => kept() !== null;

export async function signIn(login, password) {
  const session = await request("POST", "sessions", { body: { login, password } });
  keep(session);
  return session.account;
}

/** Takes a new session in place of the one there was, as a new password gives it. */
export const adopt = (session) => keep(session);

export async function signOut() {
  const token = await accessToken().catch(() => null);
  end();
  // The server may be away: then the session ends with its time.
  if (token) await request("DELETE", "sessions/current", { token }).catch(() => {});
}

/** Forgets the session, in this tab and the others. `why` is told to the person. */
export function end(why) {
  localStorage.removeItem(KEY);
  state.me = null;
  tell("signed-out", why);
}

/** Hears what other tabs do with the session. */
addEventListener("storage", ({ key, oldValue, newValue }) => {
  if (key !== KEY) return;
  if (newValue === null) tell("signed-out");
  else if (oldValue === null || JSON.parse(oldValue).session_id !== JSON.parse(newValue).session_id) location.reload();
});

let renewal = null;

/**
 * An access token that lives. `refused` is one that the server has just refused, whatever its time.
 * However many ask at once, the session is renewed once.
 */
export async function accessToken(refused) {
  const token = usable(refused);
  if (token) return token;
  const turn = navigator.locks ? (run) => navigator.locks.request(KEY, run) : (run) => run();
  renewal ??= turn(() => renew(refused)).finally(() => (renewal = null));
  return renewal;
}

function usable(refused) {
  const session = kept();
  if (!session) throw new Problem({ status: 401, code: "signed_out", detail: "You are signed out." });
  const lives = session.access_token !== refused && session.expires_at - Date.now() > MARGIN;
  return lives ? session.access_token : null;
}

async function renew(refused) {
  const token = usable(refused);
  if (token) return token;
  const { refresh_token, session_id } = kept();
  try {
    const pair = await request("POST", "sessions/refresh", { body: { refresh_token } });
    if (kept()?.session_id === session_id) keep(pair); // else it was ended meanwhile
    return pair.access_token;
  } catch (problem) {
    // Where there are no locks (a page without TLS), another tab may have been quicker.
    if (problem.status === 401 && kept()?.refresh_token !== refresh_token) return usable(refused);
    if (problem.status === 401) end("Your session has ended. Sign in again.");
    throw problem;
  }
}
