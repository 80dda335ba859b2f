import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Kith, MemoryTokens, Problem, idempotencyKey } from '@kith/client';

import { Kith as Server, PASSWORD, eventually } from './kith.mjs';

/** @type {Server} */
let server;
before(async () => {
  server = await Server.start({ env: { KITH_RATE_LIMITS: 'off' } });
});
after(() => server?.dispose());

/**
 * A client that notes what it asks; `answer` may answer in the server's place.
 * @param {import('@kith/client').KithOptions & { answer?: (request: Request) => Response | undefined }} [options]
 */
function client({ answer, ...options } = {}) {
  /** @type {string[]} */
  const asked = [];
  const tokens = new MemoryTokens();
  const kith = new Kith({
    baseUrl: server.url,
    tokens,
    // Time stands, so that tokens are renewed when a test says so.
    now: () => 0,
    fetch: async (request) => {
      asked.push(`${request.method} ${new URL(request.url).pathname.replace('/api/v1', '')}`);
      return answer?.(request) ?? fetch(request);
    },
    ...options,
  });
  /** @param {string} what */
  const times = (what) => asked.filter((one) => one === what).length;
  return { kith, tokens, asked, times };
}

/** @param {string} username @param {Parameters<typeof client>[0]} [options] */
async function signedIn(username, options) {
  await server.request('POST', '/accounts', { username, password: PASSWORD });
  const made = client(options);
  await made.kith.signIn(username, PASSWORD);
  made.asked.length = 0;
  return made;
}

/** @param {Promise<unknown>} call */
async function problem(call) {
  const error = await call.then(() => assert.fail('it succeeds'), (error) => error);
  assert.ok(error instanceof Problem, String(error));
  return error;
}

const busy = () => new Response('{"code":"busy","detail":"Later."}', { status: 503, headers: { 'retry-after': '0' } });

test('somebody signs up, signs in, changes their profile and signs out', async () => {
  const { kith, tokens } = client();
  const account = await kith.post('/api/v1/accounts', { body: { username: 'ann', password: PASSWORD } });
  assert.equal((await problem(kith.get('/api/v1/me'))).code, 'not_authenticated');
  const { session_id } = await kith.signIn('ann', PASSWORD);
  assert.equal(tokens.load()?.session, session_id);
  assert.equal((await kith.get('/api/v1/me')).id, account.id);
  const changed = await kith.patch('/api/v1/me', { body: { full_name: 'Ann Lee' } });
  assert.equal(changed.full_name, 'Ann Lee');
  await kith.signOut();
  assert.equal(tokens.load(), null);
  assert.equal((await problem(kith.get('/api/v1/me'))).status, 401);
});

test('a picture is sent as it is', async () => {
  const { kith } = await signedIn('painter');
  const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const picture = new Blob([Buffer.from(pixel, 'base64')], { type: 'image/png' });
  const { avatar } = await kith.put('/api/v1/me/avatar', { body: picture });
  assert.match(avatar ?? '', /^\/media\/avatars\//);
  assert.equal(await kith.delete('/api/v1/me/avatar'), undefined);
});

test('a problem says what went wrong, by field', async () => {
  const { kith } = await signedIn('bob');
  const taken = await problem(kith.post('/api/v1/accounts', { body: { username: 'bob', password: PASSWORD } }));
  assert.deepEqual([taken.status, taken.code, Object.keys(taken.errors)], [409, 'username_taken', ['username']]);
  const invalid = await problem(kith.post('/api/v1/accounts', { body: { username: '', password: 'x' } }));
  assert.deepEqual([invalid.status, invalid.code], [422, 'invalid']);
  assert.deepEqual(Object.keys(invalid.errors).sort(), ['password', 'username']);
  const missing = await problem(kith.get('/api/v1/chats/{id}', { params: { path: { id: 999 } } }));
  assert.deepEqual([missing.status, missing.code, missing.message], [404, 'not_found', 'There is no such thing.']);
  const other = client({ answer: () => new Response('<html>', { status: 502 }) });
  const gateway = await problem(other.kith.get('/api/v1/provinces'));
  assert.deepEqual([gateway.status, gateway.code], [502, 'unknown']);
});

test('of ten requests with an access token that has expired one renews it, and all are answered', async () => {
  const short = await Server.start({ config: '[secrets.lifetimes]\naccess = 1\n' });
  try {
    await short.person('carl');
    const { kith, tokens, times } = client({ baseUrl: short.url });
    await kith.signIn('carl', PASSWORD);
    const { access } = tokens.load() ?? assert.fail();
    await eventually(async () => {
      const answer = await fetch(`${short.url}/api/v1/me`, { headers: { authorization: `Bearer ${access}` } });
      return answer.status === 401;
    }, 'the access token expires');
    const answers = await Promise.all(Array.from({ length: 10 }, () => kith.get('/api/v1/me')));
    assert.deepEqual(new Set(answers.map(({ username }) => username)), new Set(['carl']));
    assert.equal(times('POST /sessions/refresh'), 1);
    assert.notEqual(tokens.load()?.access, access);
  } finally {
    await short.dispose();
  }
});

test('an access token is renewed before it expires, once', async () => {
  let now = 0;
  const { kith, asked, times } = await signedIn('dora', { now: () => now });
  await kith.get('/api/v1/me');
  assert.deepEqual(asked, ['GET /me']);
  now = 880_000;
  await Promise.all(Array.from({ length: 10 }, () => kith.get('/api/v1/me')));
  assert.equal(times('POST /sessions/refresh'), 1);
  assert.equal(times('GET /me'), 11);
});

test('two clients on one store, as two tabs, do not end the session', async () => {
  const { kith, tokens, times } = await signedIn('emil');
  const other = client({ tokens });
  tokens.save({ ...(tokens.load() ?? assert.fail()), access: 'spoiled' });
  await Promise.all([kith.get('/api/v1/me'), other.kith.get('/api/v1/me'), kith.get('/api/v1/me')]);
  await Promise.all([kith.get('/api/v1/me'), other.kith.get('/api/v1/me')]);
  assert.ok(times('POST /sessions/refresh') + other.times('POST /sessions/refresh') <= 2);
});

test('a session that was revoked is told once, and its tokens are forgotten', async () => {
  let told = 0;
  const { kith, tokens, times } = await signedIn('fay', { onSignedOut: () => (told += 1) });
  const elsewhere = await server.signIn('fay');
  await elsewhere.post('/sessions/revoke-others');
  const problems = await Promise.all(Array.from({ length: 10 }, () => problem(kith.get('/api/v1/me'))));
  assert.deepEqual(new Set(problems.map(({ status }) => status)), new Set([401]));
  assert.deepEqual([told, times('POST /sessions/refresh'), tokens.load()], [1, 1, null]);
});

test('tokens outlive a server that can not renew them now', async () => {
  let away = true;
  const { kith, tokens } = await signedIn('gus', {
    answer: (request) => (away && request.url.endsWith('/refresh') ? busy() : undefined),
  });
  tokens.save({ ...(tokens.load() ?? assert.fail()), access: 'spoiled' });
  assert.equal((await problem(kith.get('/api/v1/me'))).code, 'busy');
  away = false;
  assert.equal((await kith.get('/api/v1/me')).username, 'gus');
});

for (const outcome of ['succeeds', 'is refused']) {
  test(`a renewal that ${outcome} leaves alone whoever has signed in meanwhile`, async () => {
    const [name, other] = [`anna-${outcome.at(-1)}`, `bert-${outcome.at(-1)}`];
    let told = 0;
    let held = Promise.resolve();
    let asked = 0;
    const { kith, tokens } = await signedIn(name, {
      onSignedOut: () => (told += 1),
      fetch: async (request) => {
        if (!request.url.endsWith('/refresh')) return fetch(request);
        asked += 1;
        await held;
        return outcome === 'succeeds' ? fetch(request) : new Response('{"code":"invalid_token"}', { status: 401 });
      },
    });
    let release = () => {};
    held = new Promise((resolve) => (release = () => resolve()));
    tokens.save({ ...(tokens.load() ?? assert.fail()), access: 'spoiled' });
    const asks = problem(kith.get('/api/v1/me'));
    await eventually(() => asked, 'the session is renewed');
    await server.person(other);
    tokens.save(null); // as another tab does
    await kith.signIn(other, PASSWORD);
    const theirs = tokens.load();
    release();
    // What was asked in the name of one is not asked in the name of the other.
    assert.equal((await asks).status, 401);
    assert.deepEqual([tokens.load(), told], [theirs, 0]);
    assert.equal((await kith.get('/api/v1/me')).username, other);
  });
}

test('what is asked again after a pause is asked in the name of whoever asked', async () => {
  await server.person('bo');
  const { tokens: bos, kith: bo } = client();
  await bo.signIn('bo', PASSWORD);
  let busyOnce = true;
  const { kith, tokens } = await signedIn('ada', {
    answer: (request) => {
      if (!busyOnce || !request.url.endsWith('/me')) return undefined;
      busyOnce = false;
      tokens.save(bos.load());
      return busy();
    },
  });
  assert.equal((await kith.get('/api/v1/me')).username, 'ada');
  await kith.signOut();
  assert.equal(tokens.load(), null);
});

test('a wrong password renews nothing', async () => {
  const { kith, tokens, asked } = await signedIn('hal');
  const before = tokens.load();
  assert.equal((await problem(kith.signIn('hal', 'wrong horse'))).status, 401);
  assert.deepEqual([asked, tokens.load()], [['POST /sessions'], before]);
});

test('a list is read part by part, as far as it is taken', async () => {
  const { kith, times } = await signedIn('ida');
  const names = ['paged0', 'paged1', 'paged2', 'paged3', 'paged4'];
  for (const username of names) await server.request('POST', '/accounts', { username, password: PASSWORD });
  const init = { params: { query: { q: 'paged', limit: 2 } } };
  const found = [];
  for await (const person of kith.all('/api/v1/users', init)) found.push(person.username);
  assert.deepEqual(found.sort(), names);
  assert.equal(times('GET /users'), 3);
  for await (const person of kith.all('/api/v1/users', init)) {
    assert.ok(person.id);
    break;
  }
  assert.equal(times('GET /users'), 4);
});

test('under one key a request happens once, also when its answer is lost', async () => {
  const { kith } = await signedIn('jan');
  const { id } = await server.request('POST', '/accounts', { username: 'kay', password: PASSWORD });
  const init = { params: { header: idempotencyKey() }, body: { to_user_id: id } };
  const first = await kith.post('/api/v1/connection-requests', init);
  const again = await kith.post('/api/v1/connection-requests', init);
  assert.equal(again.id, first.id);

  // What stands between lost the answer, and says that the server is away.
  const { id: other } = await server.request('POST', '/accounts', { username: 'lea', password: PASSWORD });
  let lost = 2;
  const flaky = await signedIn('mia', {
    fetch: async (request) => {
      const answer = await fetch(request);
      if (!request.url.endsWith('/connection-requests') || (lost -= 1) < 0) return answer;
      return busy();
    },
  });
  const made = await flaky.kith.post('/api/v1/connection-requests', { params: { header: idempotencyKey() }, body: { to_user_id: other } });
  const mine = await flaky.kith.get('/api/v1/connection-requests', { params: { query: { direction: 'outgoing' } } });
  assert.deepEqual(mine.items.map((request) => request.id), [made.id]);
});

test('what the server had no time for is tried again where that is safe, and not for ever', async () => {
  let left = 0;
  const { kith, asked } = await signedIn('ned', { answer: () => ((left -= 1) < 0 ? undefined : busy()) });
  left = 3;
  assert.equal((await kith.get('/api/v1/me')).username, 'ned');
  assert.equal(asked.length, 4);

  left = Infinity;
  asked.length = 0;
  assert.equal((await problem(kith.get('/api/v1/me'))).code, 'busy');
  assert.equal(asked.length, 4);

  asked.length = 0;
  assert.equal((await problem(kith.post('/api/v1/chats', { body: { account_id: 1 } }))).retryAfter, 0);
  assert.equal(asked.length, 1);

  const stop = new AbortController();
  const late = client({ answer: () => new Response(null, { status: 429, headers: { 'retry-after': '20' } }) });
  const waits = late.kith.get('/api/v1/provinces', { signal: stop.signal });
  await eventually(() => late.asked.length, 'it asks');
  stop.abort();
  await assert.rejects(waits, { name: 'AbortError' });
});

test('a limit of the server says when to come back', async () => {
  const strict = await Server.start({ config: '[limits]\nchanges_a_minute = 1\n' });
  try {
    await strict.person('ann');
    const kith = new Kith({ baseUrl: strict.url, longestPause: 0 });
    await kith.signIn('ann', PASSWORD);
    const change = () => kith.patch('/api/v1/me', { body: { full_name: 'Ann Lee' } });
    const limited = await problem(change().then(change));
    assert.equal(limited.status, 429);
    assert.ok((limited.retryAfter ?? 0) > 0 && (limited.retryAfter ?? 0) <= 60);
  } finally {
    await strict.dispose();
  }
});
