/** The frames of the socket, by names. Their fields come from the server's own types, by way of its AsyncAPI document. */
export {};
