/** What a socket takes and what it tells. Types alone: `socket.js` stands by itself. */
export {};
