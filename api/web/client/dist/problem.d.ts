/** An answer of the API that says what went wrong (RFC 9457). */
export declare class Problem extends Error {
    /** The HTTP status. */
    readonly status: number;
    /** Which problem it is, such as `not_found`. Stable. */
    readonly code: string;
    /** What is wrong with the input, by field. */
    readonly errors: Readonly<Record<string, readonly string[]>>;
    /** Seconds after which it may be tried again. */
    readonly retryAfter?: number | undefined;
    readonly name = "Problem";
    constructor(
    /** The HTTP status. */
    status: number, 
    /** Which problem it is, such as `not_found`. Stable. */
    code: string, 
    /** What it means here, for people. */
    detail: string, 
    /** What is wrong with the input, by field. */
    errors?: Readonly<Record<string, readonly string[]>>, 
    /** Seconds after which it may be tried again. */
    retryAfter?: number | undefined);
    /** The problem of an answer. What stands between client and API may answer something else: that is a problem with the code `unknown`. */
    static of(response: Response): Promise<Problem>;
}
/** The seconds of `Retry-After`. Kith never answers a date. */
export declare function retryAfter(response: Response): number | undefined;
