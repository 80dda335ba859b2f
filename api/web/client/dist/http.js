/** The HTTP API: typed calls that renew tokens, throw problems and try again where that is safe. */
import createClient from 'openapi-fetch';
import { Problem, retryAfter } from './problem.js';
import { KithSocket } from './socket.js';
import { MemoryTokens, Session } from './tokens.js';
const SIGN_IN = '/api/v1/sessions';
const REFRESH = '/api/v1/sessions/refresh';
/** 401s that a new access token may turn into an answer. A wrong password is another. */
const NO_TOKEN = new Set(['invalid_token', 'not_authenticated']);
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** A client of one Kith, for one account at a time. */
export class Kith {
    #options;
    #baseUrl;
    #fetch;
    #session;
    #client;
    constructor(options = {}) {
        this.#options = options;
        this.#baseUrl = (options.baseUrl ?? globalThis.location?.origin ?? '').replace(/\/+$/, '');
        this.#fetch = options.fetch ?? ((request) => globalThis.fetch(request));
        this.#session = new Session(options.tokens ?? new MemoryTokens(), (refresh_token) => this.#fetch(this.#json(REFRESH, { refresh_token })), options.now ?? Date.now, options.onSignedOut ?? (() => { }));
        this.#client = createClient({ baseUrl: this.#baseUrl, bodySerializer, fetch: (request) => this.#answer(request) });
        this.#client.use({
            onResponse: async ({ response }) => {
                if (!response.ok)
                    throw await Problem.of(response);
            },
        });
    }
    /** Reads. @throws Problem */
    get = (path, ...init) => this.#call('get', path, init[0]);
    /** Does or makes something. @throws Problem */
    post = (path, ...init) => this.#call('post', path, init[0]);
    /** Sets something. @throws Problem */
    put = (path, ...init) => this.#call('put', path, init[0]);
    /** Changes something. @throws Problem */
    patch = (path, ...init) => this.#call('patch', path, init[0]);
    /** Takes something away. @throws Problem */
    delete = (path, ...init) => this.#call('delete', path, init[0]);
    /** All items of a list, which is read part by part as they are taken. @throws Problem */
    async *all(path, ...init) {
        const first = (init[0] ?? {});
        let cursor;
        do {
            const query = { ...first.params?.query, ...(cursor && { cursor }) };
            const part = (await this.#call('get', path, { ...first, params: { ...first.params, query } }));
            yield* part.items;
            cursor = part.next;
        } while (cursor);
    }
    /** Signs in. @throws Problem */
    async signIn(login, password) {
        const body = await this.post(SIGN_IN, { body: { login, password } });
        await this.keep(body);
        return body;
    }
    /** Keeps tokens that came otherwise, such as those that a new password answers. */
    async keep(body) {
        await this.#session.begin(body);
    }
    /** Ends the session, there if the server can be reached, here in any case. */
    async signOut() {
        const tokens = await this.#session.current();
        if (!tokens)
            return;
        try {
            await this.delete('/api/v1/sessions/current');
        }
        catch (error) {
            if (!(error instanceof Problem && error.status === 401))
                throw error;
        }
        finally {
            await this.#session.end(tokens.session);
        }
    }
    /** A socket of whoever is signed in; it opens by `connect`. Where there is no global `WebSocket` name one. */
    socket(options = {}) {
        const ticket = async () => (await this.post('/api/v1/ws/tickets')).ticket;
        return new KithSocket({ ...options, url: this.#baseUrl, ticket });
    }
    async #call(method, path, init) {
        // What openapi-fetch takes by names such as GET; both sides are typed by the same document.
        const request = this.#client.request;
        return (await request(method, path, init)).data;
    }
    #json(path, body) {
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
    async #answer(request) {
        const { retries = 3, longestPause = 30 } = this.#options;
        const repeatable = SAFE.has(request.method) || request.headers.has('idempotency-key');
        let renewed = false;
        let tokens = anonymous(request) ? null : await this.#session.current();
        for (let left = repeatable ? retries : 0;;) {
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
            if (!busy || left === 0 || pause > longestPause)
                return response;
            left -= 1;
            await response.body?.cancel();
            // Everybody is told the same second.
            await sleep(pause * 1000 * (1 + Math.random() / 4), request.signal);
        }
    }
    #send(request, access) {
        if (access)
            request.headers.set('authorization', `Bearer ${access}`);
        return this.#fetch(request);
    }
}
/** A name for a request that may be repeated: `params: { header: idempotencyKey() }`. Under the same key it happens once. */
export function idempotencyKey(key = randomName()) {
    return { 'Idempotency-Key': key };
}
/** 128 random bits; `crypto.randomUUID` is not there in Node 18, nor on pages without TLS. */
function randomName() {
    const part = () => Math.floor(Math.random() * 2 ** 32).toString(16).padStart(8, '0');
    return part() + part() + part() + part();
}
/** Pictures are sent as they are. */
function bodySerializer(body) {
    return body instanceof Blob ? body : JSON.stringify(body);
}
/** Whether a request speaks for nobody, so that an old token can't spoil it. */
function anonymous(request) {
    const { pathname } = new URL(request.url);
    return request.method === 'POST' && (pathname.endsWith(SIGN_IN) || pathname.endsWith(REFRESH));
}
async function noToken(response) {
    return NO_TOKEN.has((await Problem.of(response.clone())).code);
}
function sleep(milliseconds, signal) {
    return new Promise((resolve, reject) => {
        const stop = () => {
            clearTimeout(timer);
            reject(signal.reason);
        };
        const timer = setTimeout(() => {
            signal.removeEventListener('abort', stop);
            resolve();
        }, milliseconds);
        if (signal.aborted)
            stop();
        else
            signal.addEventListener('abort', stop, { once: true });
    });
}
