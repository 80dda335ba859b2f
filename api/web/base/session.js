// A session: its two tokens, kept for all tabs, and renewed by one of them at a time.
//
// A refresh token works once: whoever shows an old one ends the session. So tabs share what is kept here, take turns (Web
// Locks), and look again when it is their turn, for another may have renewed it meanwhile. What another tab has kept may be seen
// a moment later than its turn ends; for that the server has some seconds of patience with the token before the last.
//
// Whatever comes of a session, one that somebody has begun meanwhile is left alone.

import { Problem, request } from "./http.js";

/** At most this long before its end an access token is renewed, in milliseconds. */
const MARGIN = 30_000;

const trade = (refresh_token) => request("POST", "sessions/refresh", { body: { refresh_token } });
const endThere = (token) => request("DELETE", "sessions/current", { token });

export class Session {
  #key;
  #ended;
  #renewal = null;

  /**
   * What is kept under `key`. `ended` is called when it has ended, here or in another tab, with words for the person, if it was not
   * they who did it.
   */
  constructor(key, ended) {
    this.#key = key;
    this.#ended = ended;
    addEventListener("storage", ({ key, oldValue, newValue }) => {
      if (key !== this.#key) return;
      const [before, now] = [oldValue, newValue].map((value) => JSON.parse(value ?? "{}"));
      if (!now.session_id) ended(now.why);
      else if (now.session_id !== before.session_id) location.reload();
    });
  }

  /** Whether somebody is signed in, as far as is known here. */
  get isSignedIn() {
    return this.#kept() !== null;
  }

  /** Who it is. */
  get username() {
    return this.#kept()?.username ?? "";
  }

  /** Signs in; gives the account. */
  async signIn(login, password) {
    const session = await request("POST", "sessions", { body: { login, password } });
    this.adopt(session);
    return session.account;
  }

  /** Takes the tokens of a session in place of those there were, as signing in or a new password gives them. */
  adopt({ access_token, refresh_token, session_id, expires_in, account }) {
    const lifetime = expires_in * 1000;
    const renew_at = Date.now() + lifetime - Math.min(MARGIN, lifetime / 5);
    const username = account?.username ?? this.username;
    localStorage.setItem(this.#key, JSON.stringify({ access_token, refresh_token, session_id, renew_at, username }));
  }

  /** Forgets the session, in all tabs. `why` is told to the person. */
  end(why) {
    if (why) localStorage.setItem(this.#key, JSON.stringify({ why }));
    else localStorage.removeItem(this.#key);
    this.#ended(why);
  }

  /** Signs out: here at once, there as soon as the server answers. If it is away, the session ends with its time. */
  async signOut() {
    const session = this.#kept();
    this.end();
    if (!session) return;
    try {
      await endThere(session.access_token).catch(async (problem) => {
        if (problem.status !== 401) throw problem;
        await endThere((await trade(session.refresh_token)).access_token); // the other was too old
      });
    } catch (problem) {
      if (problem.status === undefined) throw problem; // not the server's: ours
    }
  }

  /**
   * A request (`http.js`) as whoever is signed in. A token that is refused is renewed once; what one has asked is not asked again in
   * the name of another.
   */
  async call(method, path, options) {
    const session = await this.#current();
    try {
      return await request(method, path, { ...options, token: session.access_token });
    } catch (problem) {
      if (problem.status !== 401) throw problem;
      const next = await this.#current(session.access_token);
      if (next.session_id !== session.session_id) throw problem;
      return request(method, path, { ...options, token: next.access_token });
    }
  }

  #kept() {
    const session = JSON.parse(localStorage.getItem(this.#key) ?? "{}");
    return session.session_id ? session : null;
  }

  #keptOrThrow() {
    const session = this.#kept();
    if (!session) throw new Problem({ status: 401, code: "signed_out", detail: "You are signed out." });
    return session;
  }

  /**
   * What is kept, with an access token that lives. `refused` is one that the server has just refused, whatever its time.
   * However many ask at once, the session is renewed once.
   */
  async #current(refused) {
    const lives = ({ access_token, renew_at }) => access_token !== refused && Date.now() < renew_at;
    const session = this.#keptOrThrow();
    if (lives(session)) return session;
    const turn = navigator.locks ? (run) => navigator.locks.request(this.#key, run) : (run) => run();
    this.#renewal ??= turn(() => this.#renew(lives)).finally(() => (this.#renewal = null));
    return this.#renewal;
  }

  async #renew(lives) {
    const session = this.#keptOrThrow();
    if (lives(session)) return session; // another tab was quicker
    const isSame = () => this.#kept()?.refresh_token === session.refresh_token;
    try {
      const pair = await trade(session.refresh_token);
      if (isSame()) this.adopt(pair);
    } catch (problem) {
      if (problem.status !== 401) throw problem;
      if (isSame()) this.end("Your session has ended. Sign in again.");
    }
    return this.#keptOrThrow();
  }
}
