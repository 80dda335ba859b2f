/** What a socket takes and what it tells. Types alone: `socket.js` stands by itself. */

import type { HelloFrame, InboxFrame, PresenceFrame, ResetFrame, TypingFrame } from './frames.js';
import type { SocketError } from './socket.js';

/** What is used of a `WebSocket`: a browser's, Node 22's and that of the package `ws` have it. */
export interface WebSocketLike {
  send(data: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'open' | 'message' | 'close' | 'error', listener: (event: any) => void): void;
  /** Ends it at once, where there is such a thing (`ws`). */
  terminate?(): void;
}

/** What opens one. */
export type WebSocketConstructor = new (url: string) => WebSocketLike;

/** Time. Tests turn one of their own. */
export interface Clock {
  /** Milliseconds since some moment. */
  now(): number;
  setTimeout(run: () => void, milliseconds: number): unknown;
  clearTimeout(timer: any): void;
}

/** What a socket is made with. */
export interface SocketOptions {
  /** Where Kith is, such as `https://kith.example.org`. */
  url: string;
  /**
   * Gets a ticket (`POST /api/v1/ws/tickets`). It rejects with a `status` of 401 when nobody is signed in any more, and may name
   * a pause of `retryAfter` seconds.
   */
  ticket: () => Promise<string>;
  /** The last version that was told here, if one was kept (see `seen`). Without one the first thing told is `reset`. */
  after?: number | null | undefined;
  /**
   * Called with each version when all listeners have been told: keep it where what they were told is kept. After `reset` not before the
   * promises that its listeners returned are fulfilled.
   */
  seen?: (version: number) => void;
  /** In place of the global `WebSocket`. */
  WebSocket?: WebSocketConstructor;
  /** Pauses before the next connection, in milliseconds: between `least` and a bound that doubles up to `most`. */
  backoff?: Partial<Backoff>;
  /** Frames that may wait to be sent or answered; 1,000 by default. */
  queue?: number;
  /** Calls back when it is worth trying at once; answers how to stop that. By default when a browser is online or looked at again. */
  wake?: (wake: () => void) => () => void;
  clock?: Clock;
  /** In place of `Math.random`. */
  random?: () => number;
}

/** How pauses grow. */
export interface Backoff {
  /** The shortest; 250 by default. */
  least: number;
  /** The longest; 30,000 by default. */
  most: number;
  /** How long a connection must have been open for pauses to begin anew; 10,000 by default. */
  stable: number;
}

/** Where a socket stands: `resuming` has a connection, `open` has told all that was missed. */
export type SocketState = 'closed' | 'connecting' | 'resuming' | 'open' | 'waiting';

/** What a socket tells. */
export type SocketEvent =
  | InboxFrame | TypingFrame | PresenceFrame | HelloFrame
  /**
   * Read everything anew, over HTTP; what comes after `version` is told. Also the first thing that a socket without `after` tells.
   * Return a promise of having read it.
   */
  | Pick<ResetFrame, 'type' | 'version' | 'unread'>
  /** All that was missed has been told. */
  | { type: 'resumed'; version: number; count: number }
  /** The state is another. `pause` says in how many milliseconds `waiting` ends, `code` how the connection was closed. */
  | { type: 'state'; state: SocketState; pause?: number; code?: number | undefined }
  /** Nobody is signed in any more. The socket is closed; `connect` opens it when somebody is. */
  | { type: 'signed_out' }
  /** Something failed that nobody waits for. */
  | { type: 'error'; error: SocketError };

/** Their names. */
export type EventType = SocketEvent['type'];
/** The event of a name. */
export type EventOf<T extends EventType> = Extract<SocketEvent, { type: T }>;
