/** The HTTP API: typed calls that renew tokens, throw problems and try again where that is safe. */
import type { FetchOptions } from 'openapi-fetch';
import type { FilterKeys, HttpMethod, PathsWithMethod, RequiredKeysOf, SuccessResponse } from 'openapi-typescript-helpers';
import type { components, paths } from './schema.js';
import { KithSocket } from './socket.js';
import type { SocketOptions } from './socket.js';
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
type InitArgument<P extends keyof paths, M extends HttpMethod> = RequiredKeysOf<Init<P, M>> extends never ? [init?: Init<P, M>] : [init: Init<P, M>];
type Responses<O> = O extends {
    responses: infer R extends Record<string | number, unknown>;
} ? R : never;
/** What an operation answers. */
export type Data<P extends keyof paths, M extends HttpMethod> = SuccessResponse<Responses<Operation<P, M>>>;
type Call<M extends HttpMethod> = <P extends PathsWithMethod<paths, M>>(path: P, ...init: InitArgument<P, M>) => Promise<Data<P, M>>;
/** Paths of lists that come in parts. */
export type ListPath = {
    [P in PathsWithMethod<paths, 'get'>]: Data<P, 'get'> extends {
        items: unknown[];
        next?: string | null;
    } ? P : never;
}[PathsWithMethod<paths, 'get'>];
/** What such a list holds. */
export type Item<P extends ListPath> = Data<P, 'get'> extends {
    items: (infer I)[];
} ? I : never;
type Schemas = components['schemas'];
/** A client of one Kith, for one account at a time. */
export declare class Kith {
    #private;
    constructor(options?: KithOptions);
    /** Reads. @throws Problem */
    readonly get: Call<'get'>;
    /** Does or makes something. @throws Problem */
    readonly post: Call<'post'>;
    /** Sets something. @throws Problem */
    readonly put: Call<'put'>;
    /** Changes something. @throws Problem */
    readonly patch: Call<'patch'>;
    /** Takes something away. @throws Problem */
    readonly delete: Call<'delete'>;
    /** All items of a list, which is read part by part as they are taken. @throws Problem */
    all<P extends ListPath>(path: P, ...init: InitArgument<P, 'get'>): AsyncGenerator<Item<P>, void, undefined>;
    /** Signs in. @throws Problem */
    signIn(login: string, password: string): Promise<Schemas['SignedInBody']>;
    /** Keeps tokens that came otherwise, such as those that a new password answers. */
    keep(body: Schemas['TokensBody']): Promise<void>;
    /** Ends the session, there if the server can be reached, here in any case. */
    signOut(): Promise<void>;
    /** A socket of whoever is signed in; it opens by `connect`. Where there is no global `WebSocket` name one. */
    socket(options?: Omit<SocketOptions, 'url' | 'ticket'>): KithSocket;
}
/** A name for a request that may be repeated: `params: { header: idempotencyKey() }`. Under the same key it happens once. */
export declare function idempotencyKey(key?: string): {
    'Idempotency-Key': string;
};
export {};
