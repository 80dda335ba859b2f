// One request to v1, and the problem that it may answer with. Knows nothing of sessions.

/** Where v1 is: beside this folder, under whatever address the page came from. */
export const base = new URL("../api/v1/", import.meta.url);

/** How long an answer may take, in milliseconds; with a file in the request longer. */
const PATIENCE = 30_000;
const PATIENCE_FILE = 300_000;

/** What went wrong, as v1 tells it (RFC 9457): a stable `code`, words for people, and messages by field. */
export class Problem extends Error {
  constructor({ status = 0, code, detail, errors = {} }, retryAfter) {
    super(detail);
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.retryAfter = Number(retryAfter) || undefined;
  }
}

/** By how many milliseconds the server's clock is ahead of this one. */
let ahead = 0;

/** The server's time, as its last answer told it. */
export const now = () => Date.now() + ahead;

/**
 * Asks v1. `path` is beside `base`; `query` leaves out what is empty; `body` travels as JSON, a file as it is.
 * Gives the answer's JSON, `null` without one. Throws a `Problem`; without an answer its code is `offline`.
 */
export async function request(method, path, { query = {}, body, headers = {}, token } = {}) {
  const url = new URL(path, base);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") url.searchParams.set(name, value);
  }
  const file = body instanceof Blob;
  if (token) headers = { ...headers, Authorization: `Bearer ${token}` };
  if (body !== undefined && !file) headers = { ...headers, "Content-Type": "application/json" };
  const sent = file || body === undefined ? body : JSON.stringify(body);
  const signal = AbortSignal.timeout(file ? PATIENCE_FILE : PATIENCE);
  let answer, text;
  try {
    answer = await fetch(url, { method, headers, signal, body: sent });
    text = await answer.text();
  } catch {
    throw new Problem({ code: "offline", detail: "The server does not answer. Is the network there?" });
  }
  // It is cut to seconds: half of one is right on average.
  const date = Date.parse(answer.headers.get("Date")) + 500;
  if (Math.abs(date - now()) > 1_500) ahead = date - Date.now();
  const json = parsed(text);
  if (answer.ok) return json;
  // A proxy in between may answer in its own words.
  const unknown = { status: answer.status, code: "failed", detail: `The server answered with ${answer.status}.` };
  throw new Problem(json?.code ? json : unknown, answer.headers.get("Retry-After"));
}

function parsed(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

/** A name that nobody else gives, for messages and requests that may have to be repeated. */
export function freshName() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
