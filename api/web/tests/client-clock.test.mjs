// What a real server can't show: time is turned by hand here, and the server is a few lines.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { KithSocket, SocketError } from '@kith/client';

/** A clock that stands until it is turned. */
class HandClock {
  #now = 0;
  #timers = new Map();
  #last = 0;

  now() {
    return this.#now;
  }

  /** @param {() => void} run @param {number} milliseconds */
  setTimeout(run, milliseconds) {
    this.#timers.set((this.#last += 1), { run, at: this.#now + milliseconds });
    return this.#last;
  }

  /** @param {number} timer */
  clearTimeout(timer) {
    this.#timers.delete(timer);
  }

  get timers() {
    return this.#timers.size;
  }

  /** Turns it on, and lets everything that is due happen in its order. @param {number} milliseconds */
  async turn(milliseconds) {
    const until = this.#now + milliseconds;
    for (;;) {
      await settled();
      const [due] = [...this.#timers].sort(([, a], [, b]) => a.at - b.at);
      if (!due || due[1].at > until) break;
      this.#timers.delete(due[0]);
      this.#now = due[1].at;
      due[1].run();
    }
    this.#now = until;
  }
}

/** Lets promises come to rest. */
const settled = () => new Promise((rested) => setImmediate(rested));

/** @param {Partial<import('@kith/client').SocketOptions>} [options] */
function stage(options = {}) {
  const clock = new HandClock();
  /** Every connection that was tried. @type {Connection[]} */
  const connections = [];

  /** The server's end. */
  class Connection {
    /** @type {Record<string, (event: any) => void>} */
    listeners = {};
    /** @type {any[]} */
    said = [];
    closed = false;
    at = clock.now();

    constructor() {
      connections.push(this);
    }

    /** @param {string} type @param {(event: any) => void} listener */
    addEventListener(type, listener) {
      this.listeners[type] = listener;
    }

    /** @param {string} data */
    send(data) {
      this.said.push(JSON.parse(data));
    }

    close() {
      this.closed = true;
    }

    /** @param {object[]} frames */
    tell(...frames) {
      for (const frame of frames) this.listeners.message?.({ data: JSON.stringify(frame) });
    }

    /** Opens, and answers `resume`. @param {number} version */
    open(version) {
      this.tell({ type: 'hello', session: 1, version, unread, heartbeat: 25 });
      const { ref } = this.said.at(-1);
      this.tell({ type: 'resumed', count: 0, more: false, version, ref });
    }

    /** @param {number} [code] */
    end(code = 1006) {
      this.listeners.close?.({ code });
    }
  }

  const socket = new KithSocket({
    url: 'http://kith.example/', ticket: async () => 'a ticket', WebSocket: Connection, clock, random: () => 1, after: 0, wake: () => () => {}, ...options,
  });
  /** @type {import('@kith/client').SocketEvent[]} */
  const events = [];
  socket.listen((event) => events.push(event));
  const pauses = () => events.flatMap((event) => (event.type === 'state' && event.state === 'waiting' ? [event.pause] : []));
  const newest = () => connections[connections.length - 1] ?? assert.fail('no connection');
  const versions = () => events.flatMap((event) => (event.type === 'removed' ? [event.version] : []));
  return { clock, socket, connections, newest, events, pauses, versions };
}

const unread = { notifications: 0, messages: 0 };
/** @param {number} version */
const removed = (version) => ({ type: 'removed', version, unread, notifications: [version] });

/** What listeners throw, which nobody catches. @param {import('node:test').TestContext} t */
function uncaught(t) {
  /** @type {unknown[]} */
  const thrown = [];
  const { queueMicrotask } = globalThis;
  t.after(() => (globalThis.queueMicrotask = queueMicrotask));
  globalThis.queueMicrotask = (run) => {
    try {
      run();
    } catch (error) {
      thrown.push(error);
    }
  };
  return thrown;
}

test('pauses double up to a bound, and begin anew after a stable connection', async () => {
  const { clock, socket, newest, pauses, connections } = stage();
  socket.connect();
  for (let tries = 0; tries < 10; tries += 1) {
    await clock.turn(pauses().at(-1) ?? 0);
    newest().end();
  }
  assert.deepEqual(pauses(), [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000]);
  assert.equal(connections.length, 10);

  // A connection that ends soon is not yet a good one.
  await clock.turn(30_000);
  newest().open(0);
  await clock.turn(9_999);
  newest().end();
  assert.equal(pauses().at(-1), 30_000);
  await clock.turn(30_000);
  newest().open(0);
  await clock.turn(10_000);
  newest().end();
  assert.equal(pauses().at(-1), 500);
  socket.close();
});

test('a pause is anything up to its bound, and never nothing', async () => {
  let random = 0;
  const { clock, socket, newest, pauses } = stage({ random: () => random });
  socket.connect();
  for (random of [0, 0.5, 0, 0.25]) {
    await clock.turn(pauses().at(-1) ?? 0);
    newest().end();
  }
  assert.deepEqual(pauses(), [250, 625, 250, 1_187.5]);
  socket.close();
});

test('close codes have pauses of their own', async () => {
  let random = 0;
  const { clock, socket, newest, pauses } = stage({ random: () => random });
  socket.connect();
  for (const [code, at, pause] of [
    [1012, 0, 250], [1012, 1, 3_000], [4429, 0, 15_000], [4429, 1, 30_000], [4400, 0, 15_000], [4401, 0, 250], [1006, 0, 250],
  ]) {
    await clock.turn(30_000);
    newest().open(0);
    await clock.turn(10_000);
    random = at ?? 0;
    newest().end(code);
    assert.equal(pauses().at(-1), pause, `${code} at ${at}`);
  }
  socket.close();
});

test('what does not answer is given up in time', async () => {
  /** @type {(ticket: string) => void} */
  let give = () => {};
  const { clock, socket, connections, newest, pauses, events } = stage({ ticket: () => new Promise((given) => (give = given)) });
  socket.connect();
  await clock.turn(9_999);
  assert.deepEqual(pauses(), []);
  await clock.turn(1);
  assert.deepEqual(pauses(), [500]);
  // The ticket comes too late.
  give('late');
  await settled();
  assert.equal(connections.length, 0);
  await clock.turn(500);
  give('in time');
  await clock.turn(0);
  assert.equal(connections.length, 1);
  // No hello.
  await clock.turn(10_000);
  assert.deepEqual(pauses(), [500, 1_000]);
  assert.ok(newest().closed);
  // What the old connection says counts no more.
  newest().tell({ type: 'hello', session: 1, version: 7, unread, heartbeat: 25 });
  assert.equal(events.filter(({ type }) => type === 'hello').length, 0);
  socket.close();
});

test('silence is pinged after a heartbeat, and ends the connection when the ping is not answered', async () => {
  const { clock, socket, newest, connections, pauses } = stage();
  socket.connect();
  await clock.turn(0);
  newest().open(0);
  const pings = () => newest().said.filter(({ type }) => type === 'ping').length;
  await clock.turn(24_000);
  newest().tell(removed(1));
  await clock.turn(24_999);
  assert.equal(pings(), 0);
  await clock.turn(1);
  assert.equal(pings(), 1);
  await clock.turn(9_000);
  newest().tell({ type: 'pong' });
  await clock.turn(25_000);
  assert.equal(pings(), 2);
  const [connection] = connections;
  await clock.turn(10_000);
  assert.ok(connection?.closed);
  assert.equal(pauses().length, 1);
  socket.close();
});

test('after close nothing is left', async () => {
  for (const when of ['connecting', 'resuming', 'open', 'waiting']) {
    const { clock, socket, newest, connections } = stage();
    socket.connect();
    if (when !== 'connecting') await clock.turn(0);
    if (when === 'resuming') newest().tell({ type: 'hello', session: 1, version: 3, unread, heartbeat: 25 });
    if (when === 'open') newest().open(0);
    if (when === 'waiting') newest().end();
    assert.equal(socket.state, when);
    const waits = socket.send(1, 'hello');
    socket.close();
    await assert.rejects(waits, new SocketError('closed'));
    assert.equal(clock.timers, 0);
    const before = connections.length;
    await clock.turn(100_000);
    assert.deepEqual([connections.length, socket.state], [before, 'closed']);
    socket.close();
    socket.connect();
    await clock.turn(0);
    newest().open(0);
    assert.equal(socket.state, 'open');
    socket.close();
    assert.equal(clock.timers, 0);
  }
});

test('a change that comes twice is told once', async () => {
  const { clock, socket, newest, versions } = stage();
  socket.connect();
  await clock.turn(0);
  newest().open(0);
  newest().tell(removed(1), removed(2), removed(1), removed(2), removed(3));
  assert.deepEqual(versions(), [1, 2, 3]);
  socket.close();
});

test('a message that has to wait is sent again when the server said, and those behind it wait too', async () => {
  const { clock, socket, newest } = stage();
  socket.connect();
  await clock.turn(0);
  newest().open(0);
  const [first, second, other] = [socket.send(1, 'first'), socket.send(1, 'second'), socket.send(2, 'other')];
  const sent = () => newest().said.filter(({ type }) => type === 'send');
  assert.deepEqual(sent().map(({ text }) => text), ['first', 'other']);
  newest().tell({ type: 'error', code: 'too_many', retry_after: 7, ref: sent()[0].ref });
  newest().tell({ type: 'sent', message: { id: 1 }, ref: sent()[1].ref });
  assert.deepEqual(await other, { id: 1 });
  await clock.turn(6_999);
  assert.equal(sent().length, 2);
  await clock.turn(1);
  assert.deepEqual(sent().map(({ text }) => text), ['first', 'other', 'first']);
  assert.equal(sent()[2].client_id, sent()[0].client_id);
  newest().tell({ type: 'sent', message: { id: 2 }, ref: sent()[2].ref });
  newest().tell({ type: 'sent', message: { id: 3 }, ref: sent()[3].ref });
  assert.deepEqual(await Promise.all([first, second]), [{ id: 2 }, { id: 3 }]);
  socket.close();
});

test('a listener that throws, closes or goes away disturbs no other', async (t) => {
  const { clock, socket, newest, versions, events } = stage();
  const thrown = uncaught(t);
  const stop = socket.on('removed', ({ version }) => {
    if (version === 1) throw new Error('mine');
    if (version === 3) {
      socket.close();
      stop();
    }
  });
  socket.connect();
  await clock.turn(0);
  newest().open(0);
  newest().tell(removed(1));
  assert.deepEqual(versions(), [1]);
  await settled();
  assert.deepEqual(thrown.map(String), ['Error: mine']);

  // Closed in the middle of what was missed, the rest is left for the next connection.
  newest().end();
  await clock.turn(1_000);
  newest().tell({ type: 'hello', session: 1, version: 5, unread, heartbeat: 25 });
  assert.equal(newest().said[0].after, 1);
  const frames = [2, 3, 4, 5].map(removed);
  newest().tell(...frames, { type: 'resumed', count: 4, more: false, version: 5, ref: newest().said[0].ref });
  assert.equal(socket.state, 'closed');
  assert.deepEqual([versions(), socket.version, clock.timers], [[1, 2, 3], 3, 0]);
  assert.equal(events.at(-1)?.type, 'state');
  socket.connect();
  await clock.turn(0);
  newest().tell({ type: 'hello', session: 1, version: 5, unread, heartbeat: 25 });
  assert.equal(newest().said[0].after, 3);
  socket.close();
});

test('what came before the server heard of the resume is told in its place', async () => {
  const { clock, socket, newest, versions } = stage({ after: 2 });
  socket.connect();
  await clock.turn(0);
  newest().tell({ type: 'hello', session: 1, version: 5, unread, heartbeat: 25 }, removed(6));
  const { ref } = newest().said[0];
  // An answer to an earlier connection's question is none.
  newest().tell({ type: 'resumed', count: 0, more: false, version: 9, ref: 'other' });
  newest().tell(...[3, 4, 5, 6].map(removed), { type: 'resumed', count: 4, more: false, version: 6, ref }, removed(7));
  assert.deepEqual(versions(), [3, 4, 5, 6, 7]);
  socket.close();
});

test('a frame that nobody knows yet is passed over, and what is missed is still told', async () => {
  /** @type {number[]} */
  const seen = [];
  const { clock, socket, newest, versions } = stage({ after: 2, seen: (version) => seen.push(version) });
  socket.connect();
  await clock.turn(0);
  newest().tell({ type: 'hello', session: 1, version: 4, unread, heartbeat: 25 });
  const { ref } = newest().said[0];
  newest().tell({ type: 'weather' }, removed(3), { type: 'weather' }, { type: 'tide', version: 4, unread });
  newest().tell({ type: 'resumed', count: 2, more: false, version: 4, ref });
  newest().tell({ type: 'weather' }, removed(5), { type: 'weather' });
  assert.deepEqual([versions(), seen, socket.version], [[3, 5], [3, 4, 5], 5]);
  newest().end();
  await clock.turn(500);
  newest().tell({ type: 'hello', session: 2, version: 5, unread, heartbeat: 25 });
  assert.equal(newest().said[0].after, 5);
  socket.close();
});

test('after a reset nothing counts as seen before everything was read anew', async (t) => {
  const thrown = uncaught(t);
  /** @type {number[]} */
  const seen = [];
  const { clock, socket, newest, events } = stage({ after: 2, seen: (version) => seen.push(version) });
  /** @type {((read?: unknown) => void)[]} */
  const reads = [];
  /** @type {((error: Error) => void)[]} */
  const fails = [];
  socket.on('reset', () => new Promise((resolve, reject) => (reads.push(resolve), fails.push(reject))));
  const reset = (/** @type {number} */ version) => newest().tell({ type: 'reset', version, unread });
  socket.connect();
  await clock.turn(0);
  newest().tell({ type: 'hello', session: 1, version: 9, unread, heartbeat: 25 });
  newest().tell({ type: 'reset', version: 9, unread, ref: newest().said[0].ref }, removed(10));
  await settled();
  assert.deepEqual([seen, socket.version], [[], 10], 'what comes behind a gap is told, and not yet seen');
  reads[0]?.();
  await settled();
  newest().tell(removed(11));
  assert.deepEqual(seen, [10, 11]);

  // One that fails is a gap; the next one closes it. Of two at once the later counts.
  reset(20);
  fails[1]?.(new Error('not read'));
  await settled();
  assert.deepEqual(thrown.map(String), ['Error: not read']);
  newest().tell(removed(21));
  reset(30);
  reset(40);
  reads[2]?.();
  await settled();
  assert.deepEqual(seen, [10, 11]);
  reads[3]?.();
  await settled();
  assert.deepEqual(seen, [10, 11, 40]);
  assert.equal(events.filter(({ type }) => type === 'error').length, 0);
  socket.close();
});

test('a browser that is online, or looked at again, is connected at once', async (t) => {
  const page = Object.assign(new EventTarget(), { visibilityState: 'hidden' });
  const window = new EventTarget();
  const global = /** @type {any} */ (globalThis);
  const own = ['document', 'addEventListener', 'removeEventListener'];
  t.after(() => own.forEach((name) => delete global[name]));
  Object.assign(global, {
    document: page,
    addEventListener: window.addEventListener.bind(window),
    removeEventListener: window.removeEventListener.bind(window),
  });
  const { clock, socket, newest, connections } = stage({ wake: undefined });
  const looked = () => page.dispatchEvent(new Event('visibilitychange'));
  const online = () => window.dispatchEvent(new Event('online'));
  socket.connect();
  await clock.turn(0);
  for (const wake of [online, () => ((page.visibilityState = 'visible'), looked())]) {
    const before = connections.length;
    newest().end();
    page.visibilityState = 'hidden';
    looked();
    await clock.turn(0);
    assert.equal(connections.length, before);
    wake();
    await clock.turn(0);
    assert.equal(connections.length, before + 1);
  }

  // An open one asks whether the other end is still there: it may have slept.
  newest().open(0);
  online();
  online();
  assert.deepEqual(newest().said.map(({ type }) => type), ['resume', 'ping']);
  socket.close();
  online();
  looked();
  await clock.turn(100_000);
  assert.equal(socket.state, 'closed');
});
