// A TCP connection to a server that can be cut, slowed down, and go silent without being closed, as networks do.

import { connect, createServer } from 'node:net';

/** Between clients and a port. */
export class Cable {
  /** How long everything is on its way, each way, in milliseconds. */
  delay = 0;
  #connections = new Set();
  #server;

  /** @param {number} port */
  static async to(port) {
    const cable = new Cable(port);
    await new Promise((listening) => cable.#server.listen(0, '127.0.0.1', () => listening(undefined)));
    return cable;
  }

  /** @param {number} port */
  constructor(port) {
    this.#server = createServer((near) => {
      const far = connect(port, '127.0.0.1');
      const connection = { near, far, silent: false };
      this.#connections.add(connection);
      for (const [from, to] of [[near, far], [far, near]]) {
        from.setNoDelay(true);
        from.on('data', (data) => {
          if (connection.silent) return;
          if (this.delay) setTimeout(() => to.destroyed || to.write(data), this.delay);
          else to.write(data);
        });
        from.on('error', () => {});
        from.on('close', () => {
          this.#connections.delete(connection);
          if (!connection.silent) to.destroy();
        });
      }
    });
  }

  /** Where clients find it. */
  get url() {
    const address = /** @type {import('node:net').AddressInfo} */ (this.#server.address());
    return `http://127.0.0.1:${address.port}`;
  }

  /** How many connections go through it. */
  get connections() {
    return this.#connections.size;
  }

  /** Ends every connection at once; what was on its way is lost. */
  cut() {
    for (const { near, far } of this.#connections) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
    this.#connections.clear();
  }

  /** Lets nothing through any more on the connections that are there; neither end is told. */
  silence() {
    for (const connection of this.#connections) connection.silent = true;
  }

  /** Cuts, and lets nobody in any more. */
  close() {
    this.#server.close();
    this.cut();
  }
}
