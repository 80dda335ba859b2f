import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { Kith, KithSocket, SocketError } from '@kith/client';
import WebSocket from 'ws';

import { Cable } from './cable.mjs';
import { Kith as Server, PASSWORD, eventually } from './kith.mjs';

/** Short pauses, so that tests need not wait. */
const backoff = { least: 5, most: 100, stable: 1_000 };

/** What would else wait for ever, if something were lost. */
const patience = { timeout: 180_000 };

/** What ends with the tests. @type {(() => unknown)[]} */
const ends = [];
after(async () => {
  for (const end of ends.reverse()) await end();
});

/** @param {Parameters<typeof Server.start>[0]} [options] */
async function serve(options = {}) {
  const server = await Server.start({ ...options, env: { KITH_RATE_LIMITS: 'off', ...options.env } });
  ends.push(() => server.dispose());
  return server;
}

/** @param {Server} server */
async function cableTo(server) {
  const cable = await Cable.to(server.port);
  ends.push(() => cable.close());
  return cable;
}

/**
 * Somebody's socket, and all that it told. `url` is where it connects to, which may be a cable; tickets come the same way,
 * or another, `http.baseUrl`.
 * @param {import('./kith.mjs').Person} person
 * @param {Partial<import('@kith/client').SocketOptions> & { http?: import('@kith/client').KithOptions }} [options]
 */
async function socketOf(person, { http, url = person.kith.url, ...options } = {}) {
  const kith = new Kith({ baseUrl: url, ...http });
  const ticket = async () => (await kith.post('/api/v1/ws/tickets')).ticket;
  await kith.keep(/** @type {any} */ (person.tokens));
  /** What was sent on any connection. @type {any[]} */
  const said = [];
  /** Addresses that were dialled. @type {string[]} */
  const dialled = [];
  class Heard extends WebSocket {
    /** @param {string} address */
    constructor(address) {
      super(address);
      dialled.push(address);
    }

    /** @param {any} data */
    send(data) {
      said.push(JSON.parse(data));
      super.send(data);
    }
  }
  const socket = new KithSocket({ url, ticket, WebSocket: Heard, backoff, ...options });
  /** @type {import('@kith/client').SocketEvent[]} */
  const events = [];
  socket.listen((event) => events.push(event));
  ends.push(() => socket.close());
  /** @template {import('@kith/client').EventType} T @param {T} type */
  const told = (type) => /** @type {import('@kith/client').EventOf<T>[]} */ (events.filter((event) => event.type === type));
  const texts = () => told('message').map(({ message }) => message.text);
  /** @param {import('@kith/client').SocketState} state */
  const when = (state) => eventually(() => socket.state === state, `the socket is ${state}`);
  const versions = () => events.flatMap((event) => (INBOX.has(event.type) && 'version' in event ? [event.version] : []));
  return { socket, events, said, dialled, told, texts, when, versions };
}

const INBOX = new Set(['notification', 'message', 'changed', 'removed']);

/** @param {number[]} versions */
function rising(versions) {
  versions.reduce((before, version) => (assert.ok(version > before, `${version} after ${before}`), version), -1);
}

/** @param {number} count @param {string} [name] */
const texts = (count, name = 'text') => Array.from({ length: count }, (_, index) => `${name} ${index}`);

test('what happens is told at once, and what one does oneself too', async () => {
  const server = await serve();
  const [ann, bob] = [await server.person('ann'), await server.person('bob')];
  const { socket, told, when, events } = await socketOf(ann);
  socket.connect();
  await when('open');
  // Nothing was kept: the app reads everything anew.
  assert.deepEqual(told('reset'), [{ type: 'reset', version: 0, unread: { notifications: 0, messages: 0 } }]);

  const chat = await ann.connect(bob);
  const { notification } = await eventually(() => told('notification')[0], 'Ann is told');
  assert.deepEqual([notification.kind, notification.actor?.username], ['accepted', 'bob']);

  const his = await socketOf(bob);
  his.socket.connect();
  await his.when('open');
  const message = await socket.send(chat, 'Hello, Bob', 'first');
  assert.deepEqual([message.text, message.sender_id, message.client_id], ['Hello, Bob', ann.id, 'first']);
  await eventually(() => his.texts().length, 'Bob hears it');
  await eventually(() => told('message').length, 'Ann hears it too');
  assert.equal((await socket.send(chat, 'Hello, Bob', 'first')).id, message.id);

  his.socket.typing(chat);
  his.socket.typing(chat);
  await eventually(() => told('typing').length, 'Ann sees that he writes');
  assert.equal(his.said.filter(({ type }) => type === 'typing').length, 1);
  assert.deepEqual(told('typing'), [{ type: 'typing', chat_id: chat, account_id: bob.id }]);

  assert.equal((await his.socket.read(message.id, chat)).count, 1);
  const read = await eventually(() => told('changed').find(({ mark }) => mark), 'Ann sees that he has read');
  assert.deepEqual([read.mark?.account_id, read.mark?.through], [bob.id, message.id]);
  await socket.read(socket.version ?? 0);

  his.socket.close();
  await eventually(() => told('presence').some(({ online }) => !online), 'Ann sees that he goes');
  assert.equal(events.filter(({ type }) => type === 'error').length, 0);
});

test('what is refused is told to whoever sent it, and stops nobody else', async () => {
  const server = await serve();
  const [ann, bob] = [await server.person('ann'), await server.person('bob')];
  const chat = await ann.connect(bob);
  const { socket, told, when, texts } = await socketOf(ann, { queue: 4 });
  socket.connect();
  await when('open');
  /** @param {Promise<unknown>} sending */
  const refused = async (sending) => {
    const error = await sending.then(() => assert.fail('it is sent'), (error) => error);
    assert.ok(error instanceof SocketError, String(error));
    return [error.code, Object.keys(error.errors)];
  };
  assert.deepEqual(await refused(socket.send(999, 'hello')), ['not_found', []]);
  assert.deepEqual(await refused(socket.send(chat, '')), ['invalid', ['text']]);
  assert.deepEqual(await refused(socket.send(chat, 'x'.repeat(4_001))), ['invalid', ['text']]);
  assert.deepEqual(await refused(socket.send(chat, 'half a \ud83d')), ['invalid', ['text']]);

  // Frames that end the connection end only themselves.
  assert.deepEqual(await refused(socket.send(Number.NaN, 'hello')), ['bad_frame', []]);
  assert.equal(told('error').length, 1);
  await when('open');
  assert.deepEqual(await refused(socket.send(chat, 'x'.repeat(70_000))), ['bad_frame', []]);
  await socket.send(chat, 'still there');
  await eventually(() => texts().includes('still there'), 'it is told');

  const many = await Promise.allSettled(Array.from({ length: 6 }, (_, index) => socket.send(chat, `many ${index}`)));
  assert.deepEqual(many.map(({ status }) => status).sort(), [...Array(4).fill('fulfilled'), ...Array(2).fill('rejected')]);
  const waits = socket.send(chat, 'too late');
  socket.close();
  assert.deepEqual(await refused(waits), ['closed', []]);
});

test('over kills of the server each change comes once and in order', patience, async () => {
  const server = await serve();
  const [ann, bob] = [await server.person('ann'), await server.person('bob')];
  const chat = await ann.connect(bob);
  /** What the app keeps. @type {number[]} */
  const seen = [];
  const hers = await socketOf(ann, { seen: (version) => seen.push(version) });
  hers.socket.connect();
  await hers.when('open');

  const all = texts(120);
  const talks = (async () => {
    for (const text of all) {
      // As any client does that gets no answer: again, under the same name.
      await eventually(() => bob.post(`/chats/${chat}/messages`, { text, client_id: text.replace(' ', '-') }).catch(() => undefined), text);
    }
  })();
  for (const least of [30, 60, 90]) {
    await eventually(() => hers.texts().length >= least, `${least} are told`);
    await server.kill();
    await sleep(20);
    await server.start();
  }
  await talks;
  await eventually(() => hers.texts().length >= all.length, 'all are told');
  assert.deepEqual(hers.texts(), all);
  rising(hers.versions());
  assert.deepEqual(seen.filter((version) => hers.versions().includes(version)), hers.versions());
  assert.ok(hers.dialled.length >= 4);

  // Asked to stop, the server says so, and its clients come back.
  await server.stop();
  await eventually(() => hers.told('state').some(({ code }) => code === 1012), 'the server says that it restarts');
  await server.start();
  await hers.when('open');
});

test('a connection that is cut again and again loses nothing, both ways', patience, async () => {
  const server = await serve();
  const cable = await cableTo(server);
  const [ann, bob] = [await server.person('ann'), await server.person('bob')];
  const chat = await ann.connect(bob);
  const hers = await socketOf(ann, { url: cable.url });
  const his = await socketOf(bob, { url: cable.url });
  hers.socket.connect();
  his.socket.connect();
  await hers.when('open');
  await his.when('open');
  cable.delay = 3;
  const [herTexts, hisTexts] = [texts(150, 'ann'), texts(150, 'bob')];
  let done = false;
  const cuts = (async () => {
    while (!done) {
      await sleep(40 + Math.random() * 160);
      cable.cut();
    }
  })();
  const sent = await Promise.all([
    ...herTexts.map((text) => hers.socket.send(chat, text)),
    ...hisTexts.map((text) => his.socket.send(chat, text)),
  ]).finally(() => (done = true));
  await cuts;
  const ids = sent.map(({ id }) => id);
  assert.equal(new Set(ids).size, 300);
  for (const { told, versions, socket, dialled } of [hers, his]) {
    await eventually(() => told('message').length >= 300, 'all are told');
    const messages = told('message').map(({ message }) => message);
    assert.deepEqual(messages.filter(({ sender_id }) => sender_id === ann.id).map(({ text }) => text), herTexts);
    assert.deepEqual(messages.filter(({ sender_id }) => sender_id === bob.id).map(({ text }) => text), hisTexts);
    rising(messages.map(({ id }) => id));
    rising(versions());
    assert.ok(dialled.length > 5, `${dialled.length} connections`);
    socket.close();
  }
});

test('more than a thousand missed changes come in parts, before what happens meanwhile', patience, async () => {
  // The server waits for `resume` for a moment only, and the way is long: it goes live before it hears it.
  const server = await serve({ config: '[gateway]\nhold = 1\n' });
  const cable = await cableTo(server);
  const [ann, bob] = [await server.person('ann'), await server.person('bob')];
  const chat = await ann.connect(bob);
  const { version } = await ann.get('/notifications');
  const all = texts(1_300);
  /** Several at a time: it is their numbers that say in which order they came. @param {string[]} some */
  const post = async (some) => {
    const left = [...some];
    const take = async () => {
      for (let text = left.shift(); text; text = left.shift()) await bob.post(`/chats/${chat}/messages`, { text });
    };
    await Promise.all(Array.from({ length: 8 }, take));
  };
  await post(all.slice(0, 1_100));

  cable.delay = 30;
  const hers = await socketOf(ann, { url: cable.url, after: version });
  hers.socket.connect();
  await Promise.all([hers.when('open'), post(all.slice(1_100))]);
  await eventually(() => hers.texts().length >= all.length, 'all are told');
  assert.deepEqual(hers.texts().sort(), [...all].sort());
  rising(hers.told('message').map(({ message }) => message.id));
  rising(hers.versions());
  const resumes = hers.said.filter(({ type }) => type === 'resume').map(({ after }) => after);
  assert.equal(resumes[0], version);
  assert.ok(resumes.length > 1, `${resumes}`);
  rising(resumes);
  assert.equal(hers.told('resumed').length, 1);
  assert.ok((hers.told('resumed')[0]?.count ?? 0) >= 1_100);
  assert.equal(hers.told('reset').length, 0);
});

test('who can not resume is told to read anew', async () => {
  const server = await serve();
  const ann = await server.person('ann');
  const { socket, told, when } = await socketOf(ann, { after: 999 });
  socket.connect();
  await when('open');
  assert.deepEqual([told('reset').map(({ version }) => version), socket.version], [[0], 0]);
});

test('a connection that goes silent is dropped, and the next one has what was missed', async () => {
  const server = await serve({ env: { KITH_GATEWAY_HEARTBEAT: '1' } });
  const cable = await cableTo(server);
  const [ann, bob] = [await server.person('ann'), await server.person('bob')];
  const chat = await ann.connect(bob);
  const hers = await socketOf(ann, { url: cable.url, http: { baseUrl: server.url } });
  hers.socket.connect();
  await hers.when('open');
  // A connection that is only quiet stays.
  await eventually(() => hers.said.filter(({ type }) => type === 'ping').length >= 2, 'pings');
  assert.equal(hers.dialled.length, 1);

  cable.silence();
  await bob.post(`/chats/${chat}/messages`, { text: 'are you there?' });
  await eventually(() => hers.told('state').some(({ state }) => state === 'waiting'), 'the connection is given up');
  await eventually(() => hers.texts().length, 'Ann is told');
  assert.deepEqual(hers.texts(), ['are you there?']);
  assert.ok(hers.dialled.length >= 2);
});

test('a session that is revoked signs out, and nobody knocks any more', async () => {
  const server = await serve();
  await server.person('ann');
  const ann = await server.signIn('ann');
  let asked = 0;
  let signedOut = 0;
  const http = {
    fetch: (/** @type {Request} */ request) => ((asked += 1), fetch(request)),
    onSignedOut: () => void (signedOut += 1),
  };
  const { socket, told, when, dialled, events } = await socketOf(ann, { http });
  socket.connect();
  await when('open');
  asked = 0;
  const elsewhere = await server.signIn('ann');
  await elsewhere.post('/sessions/revoke-others');
  await when('closed');
  await sleep(300);
  assert.deepEqual(told('state').map(({ code }) => code).filter(Boolean), [4401]);
  assert.equal(told('signed_out').length, 1);
  assert.equal(events.at(-1)?.type, 'signed_out');
  // A ticket, and a new token for it; neither is tried again.
  assert.deepEqual([asked, signedOut, dialled.length], [2, 1, 1]);
});

test('an access token that expires ends a connection, not the socket', async () => {
  const server = await serve({ config: '[secrets.lifetimes]\naccess = 1\n' });
  const ann = await server.person('ann');
  const hers = await socketOf(ann);
  hers.socket.connect();
  await eventually(() => hers.told('state').filter(({ code }) => code === 4401).length >= 2, 'two tokens expire');
  await server.request('POST', '/accounts', { username: 'bob', password: PASSWORD });
  const his = new Kith({ baseUrl: server.url });
  await his.signIn('bob', PASSWORD);
  await his.post('/api/v1/connection-requests', { body: { to_user_id: ann.id } });
  await eventually(() => hers.told('notification').length, 'Ann is told');
  assert.equal(hers.told('signed_out').length, 0);
});

test('who has too many sockets waits long, also when woken', async () => {
  const server = await serve({ config: '[gateway]\nsockets_an_account = 1\n' });
  const ann = await server.person('ann');
  const first = await socketOf(ann);
  first.socket.connect();
  await first.when('open');
  let wake = () => {};
  const second = await socketOf(ann, {
    backoff: { ...backoff, most: 60_000 },
    wake: (run) => ((wake = run), () => {}),
  });
  second.socket.connect();
  const waiting = await eventually(() => second.told('state').find(({ state }) => state === 'waiting'), 'it waits');
  assert.equal(waiting.code, 4429);
  assert.ok((waiting.pause ?? 0) >= 30_000);
  wake();
  assert.equal(second.socket.state, 'waiting');
});

test('whoever looks again is connected at once', async () => {
  const server = await serve();
  const cable = await cableTo(server);
  const ann = await server.person('ann');
  let wake = () => {};
  const { socket, when } = await socketOf(ann, {
    url: cable.url,
    backoff: { least: 60_000, most: 60_000 },
    wake: (run) => ((wake = run), () => {}),
  });
  socket.connect();
  await when('open');
  cable.cut();
  await when('waiting');
  wake();
  await when('open');
});

test('a client of the HTTP API opens its socket; a ticket that can not be had now is asked for again', async () => {
  const server = await serve();
  const ann = await server.person('ann');
  const answers = [() => new Response('{}', { status: 503, headers: { 'retry-after': '0' } }), () => Promise.reject(new TypeError('fetch failed'))];
  const kith = new Kith({
    baseUrl: server.url,
    fetch: async (request) => (request.url.endsWith('/tickets') && (await answers.pop()?.())) || fetch(request),
  });
  await kith.signIn(ann.username, PASSWORD);
  const socket = kith.socket({ WebSocket, backoff });
  ends.push(() => socket.close());
  socket.connect();
  await eventually(() => socket.state === 'open', 'it opens');
  assert.equal(answers.length, 0);
});
