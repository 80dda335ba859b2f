/** An answer of the API that says what went wrong (RFC 9457). */
export class Problem extends Error {
    status;
    code;
    errors;
    retryAfter;
    name = 'Problem';
    constructor(
    /** The HTTP status. */
    status, 
    /** Which problem it is, such as `not_found`. Stable. */
    code, 
    /** What it means here, for people. */
    detail, 
    /** What is wrong with the input, by field. */
    errors = {}, 
    /** Seconds after which it may be tried again. */
    retryAfter) {
        super(detail);
        this.status = status;
        this.code = code;
        this.errors = errors;
        this.retryAfter = retryAfter;
    }
    /** The problem of an answer. What stands between client and API may answer something else: that is a problem with the code `unknown`. */
    static async of(response) {
        const body = await response.json().catch(() => undefined);
        const { code, detail, errors } = (typeof body === 'object' && body ? body : {});
        return new Problem(response.status, typeof code === 'string' ? code : 'unknown', typeof detail === 'string' ? detail : `The server answers ${response.status}.`, (errors ?? {}), retryAfter(response));
    }
}
/** The seconds of `Retry-After`. Kith never answers a date. */
export function retryAfter(response) {
    const seconds = Number.parseInt(response.headers.get('retry-after') ?? '', 10);
    return seconds >= 0 ? seconds : undefined;
}
