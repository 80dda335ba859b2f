/** `@kith/client`: Kith's HTTP API and socket. See the README. */
export { Kith, idempotencyKey } from './http.js';
export { Problem } from './problem.js';
export { KithSocket, SocketError } from './socket.js';
export { MemoryTokens } from './tokens.js';
