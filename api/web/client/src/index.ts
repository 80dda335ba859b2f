/** `@kith/client`: Kith's HTTP API and socket. See the README. */

export type * from './frames.js';
export { Kith, idempotencyKey } from './http.js';
export type { Data, Init, Item, KithOptions, ListPath } from './http.js';
export { Problem } from './problem.js';
export type { components, operations, paths } from './schema.js';
export { KithSocket, SocketError } from './socket.js';
export type {
  Backoff, Clock, EventOf, EventType, SocketEvent, SocketOptions, SocketState, WebSocketConstructor, WebSocketLike,
} from './socket.js';
export { MemoryTokens } from './tokens.js';
export type { Tokens, TokenStore } from './tokens.js';
