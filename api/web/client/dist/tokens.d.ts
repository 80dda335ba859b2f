/** The tokens of a session: where they are kept, and how they are renewed once, whoever asks. */
import type { components } from './schema.js';
/** The tokens of somebody who is signed in. JSON holds them. */
export interface Tokens {
    access: string;
    refresh: string;
    /** The session's number. */
    session: number;
    /** When the access token is to be renewed, in milliseconds since 1970: a little before it expires. */
    renewAt: number;
}
/** Where tokens are kept. They open the account, so keep them where nothing else reads. */
export interface TokenStore {
    load(): Tokens | null | Promise<Tokens | null>;
    /** Keeps the tokens; `null` when nobody is signed in any more. */
    save(tokens: Tokens | null): void | Promise<void>;
}
/** Keeps tokens as long as the page or process lives. */
export declare class MemoryTokens implements TokenStore {
    #private;
    load(): Tokens | null;
    save(tokens: Tokens | null): void;
}
type TokensBody = components['schemas']['TokensBody'];
/** Keeps the tokens of one client in time. Whatever is done with a session leaves alone one that somebody has begun meanwhile. */
export declare class Session {
    #private;
    private readonly store;
    private readonly post;
    private readonly now;
    private readonly signedOut;
    constructor(store: TokenStore, post: (refreshToken: string) => Promise<Response>, now: () => number, signedOut: () => void);
    /** Keeps what a sign-in answered. */
    begin(body: TokensBody): Promise<Tokens>;
    /** Forgets the tokens of a session. */
    end(session: number): Promise<void>;
    /** The tokens, renewed if they are about to expire; `null` when nobody is signed in. */
    current(): Promise<Tokens | null>;
    /**
     * The tokens of the same session that follow ones that are no good any more. Of those who ask at once the first renews, the others
     * wait for it, and who comes too late gets what is there.
     *
     * @returns `null` when the session has ended
     * @throws Problem, or what `fetch` throws: the server can't be asked now
     */
    renew(stale: Tokens): Promise<Tokens | null>;
}
export {};
