/**
 * The frames of the socket, as `api/src/gateway/protocol.rs` has them.
 *
 * Bodies are those of the HTTP API, so their types come from its document.
 */
export {};
