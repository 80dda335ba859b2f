/** The HTTP API: typed calls that renew tokens, throw problems and try again where that is safe. */

import createClient from 'openapi-fetch';
import type { FetchOptions } from 'openapi-fetch';
import type { FilterKeys, HttpMethod, PathsWithMethod, RequiredKeysOf, SuccessResponse } from 'openapi-typescript-helpers';

import { Problem, retryAfter } from './problem.js';
import type { components, paths } from './schema.js';
import { KithSocket } from './socket.js';
import type { SocketOptions } from './socket.js';
import { MemoryTokens, Session } from './tokens.js';
import type { TokenStore } from './tokens.js';

/** What a client is made with. */
export interface KithOptions {
  /** Where Kith is, such as `https://kith.example.org`; by default where the page comes from. */
  baseUrl?: string;
  /** Where tokens are kept; by default in memory. */
  tokens?: TokenStore;
  /** The session has ended: it was revoked, or its refresh token is no good any more. */
  onSignedOut?: () => void;
  /** How often a request is tried again that the server had no time for (429, 503), where that is safe; 3 by default. */
  retries?: number;
  /** The longest pause that the server may ask for, in seconds; over it the problem is thrown at once. 30 by default. */
  longestPause?: number;
  /** In place of the global `fetch`. */
  fetch?: (request: Request) => Promise<Response>;
  /** In place of `Date.now`. */
  now?: () => number;
}

type Operation<P extends keyof paths, M extends HttpMethod> = FilterKeys<paths[P], M>;
/** What an operation takes: `params`, `body`, and what `fetch` takes. */
export type Init<P extends keyof paths, M extends HttpMethod> = FetchOptions<Operation<P, M>>;
type InitArgument<P extends keyof paths, M extends HttpMethod> =
  RequiredKeysOf<Init<P, M>> extends never ? [init?: Init<P, M>] : [init: Init<P, M>];
type Responses<O> = O extends { responses: infer R extends Record<string | number, unknown> } ? R : never;
/** What an operation answers. */
export type Data<P extends keyof paths, M extends HttpMethod> = SuccessResponse<Responses<Operation<P, M>>>;
type Call<M extends HttpMethod> =
  <P extends PathsWithMethod<paths, M>>(path: P, ...init: InitArgument<P, M>) => Promise<Data<P, M>>;

/** Paths of lists that come in parts. */
export type ListPath = {
  [P in PathsWithMethod<paths, 'get'>]: Data<P, 'get'> extends { items: unknown[]; next?: string | null } ? P : never;
}[PathsWithMethod<paths, 'get'>];
/** What such a list holds. */
export type Item<P extends ListPath> = Data<P, 'get'> extends { items: (infer I)[] } ? I : never;

type Schemas = components['schemas'];

const SIGN_IN = '/api/v1/sessions';
const REFRESH = '/api/v1/sessions/refresh';
/** 401s that a new access token may turn into an answer. A wrong password is another. */
const NO_TOKEN = new Set(['invalid_token', 'not_authenticated']);
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A client of one Kith, for one account at a time. */
export class Kith {
  readonly #options: KithOptions;
  readonly #baseUrl: string;
  readonly #fetch: (request: Request) => Promise<Response>;
  readonly #session: Session;
  readonly #client;

  constructor(options: KithOptions = {}) {
    this.#options = options;
    this.#baseUrl = (options.baseUrl ?? globalThis.location?.origin ?? '').replace(/\/+$/, '');
    this.#fetch = options.fetch ?? ((request) => globalThis.fetch(request));
    this.#session = new Session(
      options.tokens ?? new MemoryTokens(),
      (refresh_token) => this.#fetch(this.#json(REFRESH, { refresh_token })),
      options.now ?? Date.now,
      options.onSignedOut ?? (() => {}),
    );
    this.#client = createClient<paths>({ baseUrl: this.#baseUrl, bodySerializer, fetch: (request) => this.#answer(request) });
    this.#client.use({
      onResponse: async ({ response }) => {
        if (!response.ok) throw await Problem.of(response);
      },
    });
  }

  /** Reads. @throws Problem */
  readonly get: Call<'get'> = (path, ...init) => this.#call('get', path, init[0]);
  /** Does or makes something. @throws Problem */
  readonly post: Call<'post'> = (path, ...init) => this.#call('post', path, init[0]);
  /** Sets something. @throws Problem */
  readonly put: Call<'put'> = (path, ...init) => this.#call('put', path, init[0]);
  /** Changes something. @throws Problem */
  readonly patch: Call<'patch'> = (path, ...init) => this.#call('patch', path, init[0]);
  /** Takes something away. @throws Problem */
  readonly delete: Call<'delete'> = (path, ...init) => this.#call('delete', path, init[0]);

  /** All items of a list, which is read part by part as they are taken. @throws Problem */
  async *all<P extends ListPath>(path: P, ...init: InitArgument<P, 'get'>): AsyncGenerator<Item<P>, void, undefined> {
    const first = (init[0] ?? {}) as { params?: { query?: Record<string, unknown> } };
    let cursor: string | null | undefined;
    do {
      const query = { ...first.params?.query, ...(cursor && { cursor }) };
      const part = (await this.#call('get', path, { ...first, params: { ...first.params, query } })) as Part<Item<P>>;
      yield* part.items;
      cursor = part.next;
    } while (cursor);
  }

  /** Signs in. @throws Problem */
  async signIn(login: string, password: string): Promise<Schemas['SignedInBody']> {
    const body = await this.post(SIGN_IN, { body: { login, password } });
    await this.keep(body);
    return body;
  }

  /** Keeps tokens that came otherwise, such as those that a new password answers. */
  async keep(body: Schemas['TokensBody']): Promise<void> {
    await this.#session.begin(body);
  }

  /** Ends the session, there if the server can be reached, here in any case. */
  async signOut(): Promise<void> {
    const tokens = await this.#session.current();
    if (!tokens) return;
    try {
      await this.delete('/api/v1/sessions/current');
    } catch (error) {
      if (!(error instanceof Problem && error.status === 401)) throw error;
    } finally {
      await this.#session.end(tokens.session);
    }
  }

  /** A socket of whoever is signed in; it opens by `connect`. Where there is no global `WebSocket` name one. */
  socket(options: Omit<SocketOptions, 'url' | 'ticket'> = {}): KithSocket {
    const ticket = async () => (await this.post('/api/v1/ws/tickets')).ticket;
    return new KithSocket({ ...options, url: this.#baseUrl, ticket });
  }

  async #call<M extends HttpMethod, P extends PathsWithMethod<paths, M>>(method: M, path: P, init: unknown): Promise<Data<P, M>> {
    // What openapi-fetch takes by names such as GET; both sides are typed by the same document.
    const request = this.#client.request as (method: M, path: P, init: unknown) => Promise<{ data?: unknown }>;
    return (await request(method, path, init)).data as Data<P, M>;
  }

  #json(path: string, body: unknown): Request {
    return new Request(this.#baseUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /**
   * Answers a request of openapi-fetch: with a token, again with a new one, again after a pause. However often it is sent, it is sent in
   * the name of whoever was signed in at first.
   */
  async #answer(request: Request): Promise<Response> {
    const { retries = 3, longestPause = 30 } = this.#options;
    const repeatable = SAFE.has(request.method) || request.headers.has('idempotency-key');
    let renewed = false;
    let tokens = anonymous(request) ? null : await this.#session.current();
    for (let left = repeatable ? retries : 0; ; ) {
      const response = await this.#send(request.clone(), tokens?.access);
      if (response.status === 401 && tokens && !renewed && (await noToken(response))) {
        renewed = true;
        const next = await this.#session.renew(tokens);
        if (next) {
          tokens = next;
          continue;
        }
      }
      const pause = retryAfter(response) ?? 1;
      const busy = response.status === 429 || response.status === 503;
      if (!busy || left === 0 || pause > longestPause) return response;
      left -= 1;
      await response.body?.cancel();
      // Everybody is told the same second.
      await sleep(pause * 1000 * (1 + Math.random() / 4), request.signal);
    }
  }

  #send(request: Request, access: string | undefined): Promise<Response> {
    if (access) request.headers.set('authorization', `Bearer ${access}`);
    return this.#fetch(request);
  }
}

interface Part<T> {
  items: T[];
  next?: string | null;
}

/** A name for a request that may be repeated: `params: { header: idempotencyKey() }`. Under the same key it happens once. */
export function idempotencyKey(key: string = randomName()): { 'Idempotency-Key': string } {
  return { 'Idempotency-Key': key };
}

/** 128 random bits; `crypto.randomUUID` is not there in Node 18, nor on pages without TLS. */
function randomName(): string {
  const part = () => Math.floor(Math.random() * 2 ** 32).toString(16).padStart(8, '0');
  return part() + part() + part() + part();
}

/** Pictures are sent as they are. */
function bodySerializer(body: unknown): BodyInit {
  return body instanceof Blob ? body : JSON.stringify(body);
}

/** Whether a request speaks for nobody, so that an old token can't spoil it. */
function anonymous(request: Request): boolean {
  const { pathname } = new URL(request.url);
  return request.method === 'POST' && (pathname.endsWith(SIGN_IN) || pathname.endsWith(REFRESH));
}

async function noToken(response: Response): Promise<boolean> {
  return NO_TOKEN.has((await Problem.of(response.clone())).code);
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
