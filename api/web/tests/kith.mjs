// A Kith of a test's own: real processes on a free port, with a database that goes when the test ends.
//
//     const kith = await Kith.start();
//     after(() => kith.dispose());
//     const ann = await kith.person('ann');
//     const chats = await ann.get('/chats');
//
// KITH_TEST_BIN is the folder of `api` and `worker`. With KITH_TEST_DATABASE_URL and KITH_TEST_REDIS_URL it is
// `api serve` and `worker` on PostgreSQL and Redis, as two processes; without them `api serve` alone, embedded.
// However the test's process ends, the servers are killed and their data is removed; when it fails, their logs are shown.

import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const { KITH_TEST_BIN, KITH_TEST_DATABASE_URL, KITH_TEST_REDIS_URL } = process.env;
/** The folder of the programs. */
export const programs = resolve(root, KITH_TEST_BIN ?? 'target/debug');
/** Whether tests run on PostgreSQL and Redis. */
export const production = Boolean(KITH_TEST_DATABASE_URL && KITH_TEST_REDIS_URL);

/** How long a server may take to come up or to stop, in milliseconds. */
const PATIENCE = 30_000;
/** Lines of each log that are shown after a failure. */
const SHOWN = 80;

/** @type {Set<Kith>} */
const running = new Set();
/** Logs of all servers of this process. @type {{ name: string, lines: string[] }[]} */
const logs = [];

process.on('exit', (code) => {
  for (const kith of running) kith.disposeNow();
  if (code === 0) return;
  for (const { name, lines } of logs) {
    process.stderr.write(`--- ${name}, last lines\n${lines.slice(-SHOWN).join('\n')}\n`);
  }
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/**
 * @typedef {object} Options
 * @property {Record<string, string>} [env] Environment variables besides those that a test's server has.
 * @property {string} [config] What `kith.toml` says.
 */

/** One Kith: an API, and on PostgreSQL and Redis a worker. */
export class Kith {
  /** The port of the API; it stays the same after a new start. */
  port = 0;
  #name = `kith_web_${randomBytes(6).toString('hex')}`;
  #folder = mkdtempSync(join(tmpdir(), 'kith-web-'));
  /** @type {Map<string, ChildProcess>} */
  #children = new Map();
  /** @type {Record<string, string>} */
  #env;

  /**
   * Makes the data and starts the processes; comes back when the API answers.
   * @param {Options} [options]
   */
  static async start(options = {}) {
    const kith = new Kith(options);
    running.add(kith);
    try {
      if (production) psql(`CREATE DATABASE ${kith.#name}`);
      await kith.start();
      return kith;
    } catch (error) {
      await kith.dispose();
      throw error;
    }
  }

  /** @param {Options} options */
  constructor({ env = {}, config = '' }) {
    const file = join(this.#folder, 'kith.toml');
    writeFileSync(file, config);
    const { PATH = '', HOME = '' } = process.env;
    this.#env = {
      PATH, HOME,
      KITH_DATA: join(this.#folder, 'data'),
      KITH_CONFIG: file,
      KITH_METRICS_BIND: '127.0.0.1:0',
      KITH_WORKER_BIND: '127.0.0.1:0',
      KITH_SECRET: randomBytes(32).toString('hex'),
      ...(production && {
        DATABASE_URL: databaseUrl(this.#name),
        KITH_DATABASE_CONNECTIONS: '5',
        REDIS_URL: KITH_TEST_REDIS_URL,
        REDIS_PREFIX: this.#name,
      }),
      ...env,
    };
  }

  /** Where pages are, without a slash at the end. */
  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts what does not run, on the same port and data, and waits until the API answers. */
  async start() {
    // Another process may take a port between the look and the start: then another is found, the first time.
    for (let tries = this.port ? 1 : 3; ; tries -= 1) {
      const port = this.port || (await freePort());
      if (await this.#ready(this.#spawn('api', ['serve'], port), port)) {
        this.port = port;
        break;
      }
      if (tries === 1) throw new Error(`${join(programs, 'api')} does not start`);
    }
    // Later, so that of two on an empty database only one makes the schema.
    if (production) this.#spawn('worker', []);
  }

  /** @param {ChildProcess} api @param {number} port */
  async #ready(api, port) {
    for (const until = Date.now() + PATIENCE; Date.now() < until; await sleep(25)) {
      if (!alive(api)) return false;
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
      await answer?.arrayBuffer();
      if (answer?.ok) return true;
    }
    throw new Error(`http://127.0.0.1:${port}/readyz does not answer`);
  }

  /** @param {string} program @param {string[]} args @param {number} [port] */
  #spawn(program, args, port) {
    const running = this.#children.get(program);
    if (running && alive(running)) return running;
    const env = { ...this.#env, ...(port && { KITH_BIND: `127.0.0.1:${port}` }) };
    const child = spawn(join(programs, program), args, { env, cwd: this.#folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const log = { name: `${program} ${args.join(' ')} (${child.pid})`, lines: /** @type {string[]} */ ([]) };
    logs.push(log);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => log.lines.push(...text.trimEnd().split('\n')));
    }
    child.on('error', (error) => log.lines.push(String(error)));
    this.#children.set(program, child);
    return child;
  }

  /** Kills the processes, as a failing machine does. */
  async kill() {
    await this.#end('SIGKILL');
  }

  /** Asks the processes to stop, and waits until they have. */
  async stop() {
    await this.#end('SIGTERM');
  }

  /** @param {NodeJS.Signals} signal */
  async #end(signal) {
    const ending = [...this.#children.values()].filter(alive);
    const ended = Promise.all(ending.map((child) => once(child, 'exit')));
    for (const child of ending) child.kill(signal);
    const late = setTimeout(() => ending.forEach((child) => child.kill('SIGKILL')), PATIENCE);
    await ended;
    clearTimeout(late);
    this.#children.clear();
  }

  /**
   * Runs a command of `api` on the same data, such as `create-admin`, and answers what it prints.
   * @param {string[]} args
   * @param {Record<string, string>} [env]
   */
  run(args, env = {}) {
    return command(join(programs, 'api'), args, { env: { ...this.#env, ...env }, cwd: this.#folder });
  }

  /** What the processes have printed so far. */
  get log() {
    return logs.flatMap(({ lines }) => lines).join('\n');
  }

  /** Kills the processes and removes all that they left. */
  async dispose() {
    await this.#end('SIGKILL');
    this.disposeNow();
  }

  /** The same at once, for the end of the process. */
  disposeNow() {
    if (!running.delete(this)) return;
    for (const child of this.#children.values()) child.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
    if (!production) return;
    try {
      psql(`DROP DATABASE IF EXISTS ${this.#name} WITH (FORCE)`);
      const keys = redis('--scan', '--pattern', `*${this.#name}*`).split('\n').filter(Boolean);
      if (keys.length) redis('unlink', ...keys);
    } catch (error) {
      process.stderr.write(`${this.#name} is not removed: ${error}\n`);
    }
  }

  /**
   * A request to `/api/v1`, which must succeed; answers the body.
   * @param {string} method @param {string} path @param {unknown} [body] @param {string} [token]
   * @returns {Promise<any>}
   */
  async request(method, path, body, token) {
    const headers = {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
    };
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const answer = await fetch(`${this.url}/api/v1${path}`, init);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  /**
   * Signs somebody up and in.
   * @param {string} username
   */
  async person(username) {
    const { id } = await this.request('POST', '/accounts', { username, password: PASSWORD });
    return this.signIn(username, id);
  }

  /** One of the staff, signed in. @param {string} username */
  async staff(username) {
    this.run(['create-admin', '--username', username], { KITH_ADMIN_PASSWORD: PASSWORD });
    return this.signIn(username);
  }

  /**
   * Signs somebody in who is there.
   * @param {string} username @param {number} [id]
   */
  async signIn(username, id) {
    const tokens = await this.request('POST', '/sessions', { login: username, password: PASSWORD });
    id ??= /** @type {number} */ ((await this.request('GET', '/me', undefined, tokens.access_token)).id);
    return new Person(this, id, username, tokens);
  }
}

/** The password of everybody in tests. */
export const PASSWORD = 'correct horse';

/** Somebody who is signed in. */
export class Person {
  /** @param {Kith} kith @param {number} id @param {string} username @param {any} tokens */
  constructor(kith, id, username, tokens) {
    this.kith = kith;
    this.id = id;
    this.username = username;
    /** @type {{ access_token: string, refresh_token: string, expires_in: number, session_id: number }} */
    this.tokens = tokens;
  }

  /** @param {string} path */
  get(path) {
    return this.kith.request('GET', path, undefined, this.tokens.access_token);
  }

  /** @param {string} path @param {unknown} [body] */
  post(path, body) {
    return this.kith.request('POST', path, body, this.tokens.access_token);
  }

  /** @param {string} path */
  delete(path) {
    return this.kith.request('DELETE', path, undefined, this.tokens.access_token);
  }

  /** Asks somebody to connect, who accepts; answers the number of their chat. @param {Person} other */
  async connect(other) {
    const request = await this.post('/connection-requests', { to_user_id: other.id });
    await other.post(`/connection-requests/${request.id}/accept`);
    const chat = await this.post('/chats', { account_id: other.id });
    return /** @type {number} */ (chat.id);
  }
}

/**
 * Waits until something holds, and answers it.
 * @template T
 * @param {() => T | Promise<T>} look
 * @param {string} what
 * @param {number} [patience] in milliseconds
 * @returns {Promise<NonNullable<T>>}
 */
export async function eventually(look, what, patience = PATIENCE) {
  for (const until = Date.now() + patience; ; await sleep(20)) {
    const found = await look();
    if (found) return found;
    if (Date.now() > until) throw new Error(`not in time: ${what}`);
  }
}

/** @param {ChildProcess} child */
function alive(child) {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/** @param {string} statement */
function psql(statement) {
  command('psql', ['-qX', '-v', 'ON_ERROR_STOP=1', '-c', statement, KITH_TEST_DATABASE_URL ?? '']);
}

/** @param {string[]} args */
function redis(...args) {
  return command('redis-cli', ['-u', KITH_TEST_REDIS_URL ?? '', ...args]);
}

/** @param {string} name */
function databaseUrl(name) {
  const url = new URL(KITH_TEST_DATABASE_URL ?? '');
  url.pathname = name;
  return url.href;
}

/** @param {string} program @param {string[]} args @param {import('node:child_process').SpawnSyncOptions} [options] */
function command(program, args, options) {
  const done = spawnSync(program, args, { ...options, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (done.error) throw done.error;
  if (done.status !== 0) throw new Error(`${program} ${args[0]}: ${done.stderr}${done.stdout}`);
  return String(done.stdout);
}

/** A port that nobody has, below those that the system gives to whoever asks for any: it must still be free after a restart. */
export async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer();
    const free = await new Promise((answer) => {
      server.once('error', () => answer(false));
      server.listen(port, '127.0.0.1', () => answer(true));
    });
    if (!free) continue;
    await new Promise((closed) => server.close(closed));
    return port;
  }
}
