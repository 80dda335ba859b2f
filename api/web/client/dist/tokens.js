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
/** Keeps the tokens of one client in time. Whatever is done with a session leaves alone one that somebody has begun meanwhile. */
export class Session {
    store;
    post;
    now;
    signedOut;
    /** Renewals under way, by session. */
    #renewing = new Map();
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
    /** Forgets the tokens of a session. */
    async end(session) {
        if (await this.#of(session))
            await this.store.save(null);
    }
    /** The tokens, renewed if they are about to expire; `null` when nobody is signed in. */
    async current() {
        const tokens = await this.store.load();
        if (!tokens || this.now() < tokens.renewAt)
            return tokens;
        try {
            return await this.renew(tokens);
        }
        catch {
            // They may still be good; if not, the answer says so, and they are renewed then.
            return tokens;
        }
    }
    /**
     * The tokens of the same session that follow ones that are no good any more. Of those who ask at once the first renews, the others
     * wait for it, and who comes too late gets what is there.
     *
     * @returns `null` when the session has ended
     * @throws Problem, or what `fetch` throws: the server can't be asked now
     */
    async renew(stale) {
        let renewing = this.#renewing.get(stale.session);
        if (!renewing) {
            renewing = this.#renew(stale).finally(() => this.#renewing.delete(stale.session));
            this.#renewing.set(stale.session, renewing);
        }
        return renewing;
    }
    async #renew(stale) {
        // Another tab may have done so in the meantime.
        const tokens = await this.#of(stale.session);
        if (tokens?.access !== stale.access)
            return tokens;
        const response = await this.post(tokens.refresh);
        const problem = response.ok ? null : await Problem.of(response);
        if (problem && problem.status !== 401)
            throw problem;
        const body = problem ? null : (await response.json());
        // While the server was asked, they may have been renewed elsewhere, or somebody signed out, or in.
        const kept = await this.#of(stale.session);
        if (kept?.refresh !== tokens.refresh)
            return kept;
        if (body)
            return this.begin(body);
        await this.store.save(null);
        this.signedOut();
        return null;
    }
    /** What is kept, if it is of this session. */
    async #of(session) {
        const tokens = await this.store.load();
        return tokens?.session === session ? tokens : null;
    }
}
