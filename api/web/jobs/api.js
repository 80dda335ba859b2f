// The client of v1: a session that is kept for this tab alone, and calls under it.

const BASE = new URL('../api/v1/', document.baseURI);
const KEPT = 'kith-staff-session';

/** What the API answered when it refused. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail ?? `The server answered ${status}.`);
    this.status = status;
    this.code = problem.code ?? 'unknown';
    this.errors = problem.errors ?? {};
  }
}

/** By how many milliseconds the server's clock is ahead of this one. */
let ahead = 0;
let session = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
let refreshing = null;

/** The server's time. */
export const now = () => Date.now() + ahead;

/** Whose session it is; `null` when nobody is signed in. */
export const account = () => session?.username ?? null;

function keep(made) {
  session = made;
  if (made) sessionStorage.setItem(KEPT, JSON.stringify(made));
  else sessionStorage.removeItem(KEPT);
}

async function send(method, path, body, token) {
  const headers = {};
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (token) headers.Authorization = `Bearer ${token}`;
  const response = await fetch(new URL(path, BASE), {
    method, headers, body: body === undefined ? undefined : JSON.stringify(body), credentials: 'omit', cache: 'no-store',
  });
  const date = Date.parse(response.headers.get('Date'));
  // The header is cut to seconds: half of one is right on average.
  if (!Number.isNaN(date) && Math.abs(date + 500 - now()) > 1_500) ahead = date + 500 - Date.now();
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(response.status, answer);
  return answer;
}

/** Signs in. */
export async function signIn(login, password) {
  const made = await send('POST', 'sessions', { login, password });
  keep({ access: made.access_token, refresh: made.refresh_token, username: made.account.username });
}

/** Ends the session, here at once. */
export async function signOut() {
  const token = session?.access;
  keep(null);
  if (token) await send('DELETE', 'sessions/current', undefined, token).catch(() => {});
}

/** Trades the refresh token, once for all that wait for it: shown twice, it ends the session. */
function refresh() {
  refreshing ??= send('POST', 'sessions/refresh', { refresh_token: session.refresh })
    .then((made) => keep({ ...session, access: made.access_token, refresh: made.refresh_token }))
    .catch((error) => {
      if (error instanceof Refusal && error.status === 401) keep(null);
      throw error;
    })
    .finally(() => { refreshing = null; });
  return refreshing;
}

/** Calls the API as whoever is signed in. */
export async function call(method, path, body) {
  if (!session) throw new Refusal(401, { detail: 'You are not signed in.' });
  try {
    return await send(method, path, body, session.access);
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 401) throw error;
    await refresh();
    return send(method, path, body, session.access);
  }
}

/** A path with those of the parameters that are set. */
export function path(name, parameters) {
  const set = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return set.length ? `${name}?${new URLSearchParams(set)}` : name;
}
