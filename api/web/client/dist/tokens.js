/** The tokens of a session: where they are kept, and how they are renewed once, whoever asks. */
import { Problem } from './problem.js';
/** Keeps tokens as long as the page or process lives. */
export class MemoryTokens {
    #tokens = null;
    load() {
        return this.#tokens;
    }
    save(tokens) {
        this.#tokens = tokens;
    }
}
/** At most this long before its end an access token is renewed, in milliseconds. */
const MARGIN = 30_000;
/** Keeps the tokens of one client in time. */
export class Session {
    store;
    post;
    now;
    signedOut;
    #renewing;
    constructor(store, post, now, signedOut) {
        this.store = store;
        this.post = post;
        this.now = now;
        this.signedOut = signedOut;
    }
    /** Keeps what a sign-in answered. */
    async begin(body) {
        const lifetime = body.expires_in * 1000;
        const tokens = {
            access: body.access_token,
            refresh: body.refresh_token,
            session: body.session_id,
            renewAt: this.now() + lifetime - Math.min(MARGIN, lifetime / 5),
        };
        await this.store.save(tokens);
        return tokens;
    }
    /** Forgets the tokens. */
    async end() {
        await this.store.save(null);
    }
    /** The access token, renewed if it is about to expire; `null` when nobody is signed in. */
    async access() {
        const tokens = await this.store.load();
        if (!tokens || this.now() < tokens.renewAt)
            return tokens?.access ?? null;
        try {
            return await this.renew(tokens.access);
        }
        catch {
            // It may still be good; if not, the answer says so, and it is renewed then.
            return tokens.access;
        }
    }
    /**
     * The access token that follows one that is no good any more. Of those who ask at once the first renews, the others wait for it,
     * and who comes too late gets what is there.
     *
     * @returns `null` when the session has ended
     * @throws Problem, or what `fetch` throws: the server can't be asked now
     */
    async renew(stale) {
        this.#renewing ??= this.#renew(stale).finally(() => (this.#renewing = undefined));
        return (await this.#renewing)?.access ?? null;
    }
    async #renew(stale) {
        // Another tab may have done so in the meantime.
        const tokens = await this.store.load();
        if (tokens?.access !== stale)
            return tokens;
        const response = await this.post(tokens.refresh);
        if (response.ok)
            return this.begin((await response.json()));
        const problem = await Problem.of(response);
        if (problem.status !== 401)
            throw problem;
        await this.end();
        this.signedOut();
        return null;
    }
}
