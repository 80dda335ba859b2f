/** An answer of the API that says what went wrong (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    /** The HTTP status. */
    readonly status: number,
    /** Which problem it is, such as `not_found`. Stable. */
    readonly code: string,
    /** What it means here, for people. */
    detail: string,
    /** What is wrong with the input, by field. */
    readonly errors: Readonly<Record<string, readonly string[]>> = {},
    /** Seconds after which it may be tried again. */
    readonly retryAfter?: number,
  ) {
    super(detail);
  }

  /** The problem of an answer. What stands between client and API may answer something else: that is a problem with the code `unknown`. */
  static async of(response: Response): Promise<Problem> {
    const body: unknown = await response.json().catch(() => undefined);
    const { code, detail, errors } = (typeof body === 'object' && body ? body : {}) as Record<string, unknown>;
    return new Problem(
      response.status,
      typeof code === 'string' ? code : 'unknown',
      typeof detail === 'string' ? detail : `The server answers ${response.status}.`,
      (errors ?? {}) as Record<string, string[]>,
      retryAfter(response),
    );
  }
}

/** The seconds of `Retry-After`. Kith never answers a date. */
export function retryAfter(response: Response): number | undefined {
  const seconds = Number.parseInt(response.headers.get('retry-after') ?? '', 10);
  return seconds >= 0 ? seconds : undefined;
}
