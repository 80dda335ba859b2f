// A mail server of a test's own, which takes mails or refuses them, as it is told.

import { once } from 'node:events';
import { createServer } from 'node:net';

/** A server of SMTP on a port of its own. */
export class MailServer {
  /** What it answers to each receiver; a mail is taken when it begins with 2. */
  answer = '250 OK';
  /** The mails that it took. @type {string[]} */
  mails = [];
  /** @type {Set<import('node:net').Socket>} */
  #sockets = new Set();
  #server = createServer((socket) => this.#talk(socket));

  static async start() {
    const server = new MailServer();
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  /** For `SMTP_URL`. */
  get url() {
    const address = /** @type {import('node:net').AddressInfo} */ (this.#server.address());
    return `smtp://127.0.0.1:${address.port}`;
  }

  /** @param {import('node:net').Socket} socket */
  #talk(socket) {
    this.#sockets.add(socket);
    socket.on('error', () => {}).on('close', () => this.#sockets.delete(socket));
    let rest = '';
    /** The lines of the mail that is coming. @type {string[] | undefined} */
    let mail;
    const say = (/** @type {string} */ text) => socket.write(`${text}\r\n`);
    say('220 test');
    socket.setEncoding('utf8').on('data', (text) => {
      const lines = (rest + text).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (mail && line !== '.') {
          mail.push(line);
          continue;
        }
        const word = mail ? '.' : line.slice(0, 4).toUpperCase();
        if (mail) this.mails.push(mail.join('\n'));
        mail = word === 'DATA' ? [] : undefined;
        say({ 'RCPT': this.answer, 'DATA': '354 Go on', 'QUIT': '221 Bye', 'EHLO': '250 test' }[word] ?? '250 OK');
        if (word === 'QUIT') socket.end();
      }
    });
  }

  stop() {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }
}
