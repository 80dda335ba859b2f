// What the processes tell of themselves: one trace from a decision to the socket, and log lines that name requests and
// jobs and hold no secret.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import WebSocket from 'ws';
import { eventually, Kith, PASSWORD, production } from './kith.mjs';

/** @typedef {{ traceId: string, spanId: string, parentSpanId?: string, name: string, kind: number, attributes: any[] }} Span */

/** A collector: takes spans as OTLP says (https://opentelemetry.io/docs/specs/otlp/#otlphttp), as JSON. */
async function collector() {
  /** @type {(Span & { service: string })[]} */
  const spans = [];
  const server = createServer(async (request, answer) => {
    let body = '';
    for await (const part of request) body += part;
    for (const { resource, scopeSpans } of JSON.parse(body).resourceSpans) {
      const named = resource.attributes.find((/** @type {any} */ one) => one.key === 'service.name');
      const service = named.value.stringValue;
      for (const scope of scopeSpans) spans.push(...scope.spans.map((/** @type {Span} */ span) => ({ ...span, service })));
    }
    answer.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { spans, url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

/** The environment of a Kith that hands its spans to a collector at once. @param {string} url */
function tracedTo(url) {
  return { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', OTEL_BSP_SCHEDULE_DELAY: '100' };
}

test('one trace follows a decision from its request through the queue and the worker to the socket', async () => {
  const { spans, url, close } = await collector();
  const kith = await Kith.start({
    env: { ...tracedTo(url), KITH_TRUSTED_PROXIES: '127.0.0.1' },
  });
  try {
    const [ann, bob] = [await kith.person('ann'), await kith.person('bob')];
    const { ticket } = await bob.post('/ws/tickets');
    const socket = new WebSocket(`${kith.url.replace('http', 'ws')}/api/v1/ws?ticket=${ticket}`);
    /** @type {any[]} */
    const frames = [];
    socket.on('message', (data) => frames.push(JSON.parse(String(data))));
    await eventually(() => frames.some(({ type }) => type === 'hello'), 'the socket is open');
    socket.send('{"type": "resume", "after": 0}');
    await eventually(() => frames.some(({ type }) => type === 'resumed'), 'the socket is live');

    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const caller = '00f067aa0ba902b7';
    const answer = await fetch(`${kith.url}/api/v1/connection-requests`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${ann.tokens.access_token}`,
        'content-type': 'application/json',
        traceparent: `00-${traceId}-${caller}-01`,
      },
      body: JSON.stringify({ to_user_id: bob.id }),
    });
    assert.equal(answer.status, 201);
    await eventually(() => frames.some(({ type }) => type === 'notification'), 'the socket hears of it');

    const names = ['POST /api/v1/connection-requests', 'push notifications', 'job request_sent', 'tell a socket'];
    const of = () => spans.filter((span) => span.traceId === traceId);
    await eventually(() => names.every((name) => of().some((span) => span.name === name)), 'every part of the trace');
    assert.deepEqual(of().map(({ name }) => name).sort(), [...names].sort());
    let parent = caller;
    for (const name of names) {
      const span = of().find((one) => one.name === name);
      assert.equal(span?.parentSpanId, parent, name);
      parent = /** @type {Span} */ (span).spanId;
    }
    const services = Object.fromEntries(of().map(({ name, service }) => [name, service]));
    assert.equal(services['job request_sent'], production ? 'kith-worker' : 'kith-api');
    assert.equal(services['tell a socket'], 'kith-api');
    // Nothing in a trace is a secret.
    const all = JSON.stringify(spans);
    for (const secret of [ann.tokens.access_token, ticket, PASSWORD]) assert.ok(!all.includes(secret));
    socket.close();
  } finally {
    await kith.dispose();
    close();
  }
});

test('a stranger has no say in traces: neither which, nor by what names, nor by asking how a process is', async () => {
  const { spans, url, close } = await collector();
  const kith = await Kith.start({ env: tracedTo(url) });
  try {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01` };
    for (const path of ['/healthz', '/readyz', '/api/v1/categories']) await fetch(`${kith.url}${path}`, { headers });
    await fetch(`${kith.url}/nowhere`, { method: 'BREW', headers });
    const names = ['GET /api/v1/categories', 'other unmatched'];
    await eventually(() => names.every((name) => spans.some((span) => span.name === name)), 'both are traced');
    assert.deepEqual(spans.filter((span) => span.traceId === traceId || /healthz|readyz/.test(span.name)), []);
  } finally {
    await kith.dispose();
    close();
  }
});

test('lines are JSON, name requests and jobs, and hold no token, password or mail', async () => {
  const data = mkdtempSync(join(tmpdir(), 'kith-telemetry-'));
  after(() => rmSync(data, { recursive: true, force: true }));
  const kith = await Kith.start({
    env: {
      KITH_LOG: 'json',
      RUST_LOG: 'debug',
      KITH_DATA: data,
      KITH_ACTIVATION: 'required',
      KITH_TRUSTED_PROXIES: '127.0.0.1',
    },
  });
  try {
    const secrets = [PASSWORD, 'wrong horse 17'];
    const ann = { username: 'ann', password: PASSWORD, email: 'ann@kith.example' };
    const made = await fetch(`${kith.url}/api/v1/accounts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': 'the-first' },
      body: JSON.stringify(ann),
    });
    assert.equal(made.headers.get('x-request-id'), 'the-first');
    const mails = () => {
      const folder = join(data, 'mail');
      const files = readdirSync(data).includes('mail') ? readdirSync(folder).filter((name) => name.endsWith('.eml')) : [];
      return files.map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('=\r\n', ''));
    };
    const mail = await eventually(() => mails()[0], 'the mail is written');
    const [, token] = /** @type {RegExpMatchArray} */ (mail.match(/\/activate\/([\w-]{20,})/));
    secrets.push(token);
    await fetch(`${kith.url}/activate/${token}`);
    await fetch(`${kith.url}/activate/${token}`, { method: 'POST' });
    const wrong = { login: 'ann', password: secrets[1] };
    await assert.rejects(kith.request('POST', '/sessions', wrong));
    const person = await kith.signIn('ann');
    const refreshed = await kith.request('POST', '/sessions/refresh', { refresh_token: person.tokens.refresh_token });
    const { ticket } = await kith.request('POST', '/ws/tickets', undefined, refreshed.access_token);
    const socket = new WebSocket(`${kith.url.replace('http', 'ws')}/api/v1/ws?ticket=${ticket}`);
    await new Promise((open) => socket.once('message', open));
    socket.send('{"type": "resume", "after": 0}');
    const legacy = await fetch(`${kith.url}/api/login/`, {
      method: 'POST',
      body: new URLSearchParams({ username: 'ann', password: PASSWORD }),
    }).then((answer) => /** @type {any} */ (answer.json()));
    secrets.push(ticket, legacy.token, legacy.refresh, legacy.access);
    secrets.push(person.tokens.access_token, person.tokens.refresh_token, refreshed.access_token, refreshed.refresh_token);
    socket.close();
    await kith.stop();

    const lines = kith.log.split('\n').filter((line) => line.startsWith('{'));
    const all = lines.map((line) => JSON.parse(line));
    assert.ok(all.length > 20 && all.every(({ timestamp, level, message }) => timestamp && level && message !== undefined));
    /** @param {any} line @param {string} name */
    const span = (line, name) => line.spans?.find((/** @type {any} */ one) => one.name === name);
    const first = all.find((line) => line.message === 'answered' && span(line, 'request')?.request_id === 'the-first');
    assert.equal(first?.status, 201);
    assert.equal(span(first, 'request').route, '/api/v1/accounts');
    const sent = all.find((line) => line.message === 'done' && span(line, 'job')?.kind === 'account_activation');
    assert.equal(typeof span(sent, 'job').job, 'number');
    const followed = all.filter((line) => span(line, 'request')?.route === '/activate/{token}');
    assert.ok(followed.length >= 2, 'a link is named by its route');
    for (const secret of secrets.filter(Boolean)) {
      assert.ok(!kith.log.includes(secret), 'a secret is in the log');
    }
    assert.ok(!kith.log.includes('Content-Transfer-Encoding'), 'a mail is in the log');
  } finally {
    await kith.dispose();
  }
});
