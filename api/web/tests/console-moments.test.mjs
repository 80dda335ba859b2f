// What happens to the console while it waits for something: answers that come late, frames that come early, a session that ends
// or is somebody else's by then, forms that are sent twice.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { launch, Window } from './browser.mjs';
import { eventually, Kith, PASSWORD } from './kith.mjs';

/** @typedef {import('./kith.mjs').Person} Person */

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Kith} */
let kith;
before(async () => {
  [browser, kith] = await Promise.all([launch(), Kith.start({ env: { KITH_RATE_LIMITS: 'off' } })]);
});
after(async () => {
  await browser?.close();
  await kith?.dispose();
});

/** @type {Window[]} */
const windows = [];
afterEach(async () => {
  for (const window of windows.splice(0)) await window.context.close();
});

let number = 0;
/** Somebody new, who has a window. */
async function somebody() {
  const person = await kith.person(`bob${(number += 1)}`);
  const window = await Window.open(browser, kith.url, { viewport: { width: 1280, height: 800 } });
  windows.push(window);
  await signIn(window, person.username);
  return { person, window, page: window.page };
}

/** @param {Window} window @param {string} username */
async function signIn(window, username) {
  await window.see('sign-in', 'Sign in');
  await window.page.getByLabel('Username or email').fill(username);
  await window.page.getByLabel('Password').fill(PASSWORD);
  await window.button('Sign in').click();
  await window.link('open');
}

/** Somebody new without one. */
const friend = () => kith.person(`ann${(number += 1)}`);

/** What the console itself has, by its modules. @param {import('playwright-core').Page} page @param {string} script */
const inConsole = (page, script) => page.evaluate(`import('/console/session.js').then(({ session }) => ${script})`);

/** What is kept of the session, changed. @param {import('playwright-core').Page} page @param {object} change */
const spoil = (page, change) =>
  page.evaluate((change) => localStorage.setItem('kith.session', JSON.stringify({ ...JSON.parse(localStorage.getItem('kith.session') ?? ''), ...change })), change);

/** A frame that no server sends now. @param {import('playwright-core').Page} page @param {object} frame */
const say = (page, frame) =>
  page.evaluate((data) => /** @type {any} */ (globalThis).sockets.at(-1).dispatchEvent(new MessageEvent('message', { data })), JSON.stringify(frame));

/** @param {Window} window @param {string} text */
const said = (window, text) => window.page.locator('.message .text', { hasText: text });

test('what is said while a conversation opens is there when it has', async () => {
  const { person: bob, window, page } = await somebody();
  const ann = await friend();
  const chat = await ann.connect(bob);
  const write = (/** @type {string} */ text) => ann.post(`/chats/${chat}/messages`, { text });
  const [first, second] = [await write('to be edited'), await write('to be removed')];
  await window.badge('chats').filter({ hasText: /^2$/ }).waitFor();
  // Both answers are as old as their questions.
  const [about, messages] = [await window.hold(`**/chats/${chat}`), await window.hold(`**/chats/${chat}/messages?*`)];
  await page.goto(`/#/chats/${chat}`);
  await Promise.all([about.asked, messages.asked]);
  await kith.request('PATCH', `/chats/${chat}/messages/${first.id}`, { text: 'edited' }, ann.tokens.access_token);
  await ann.delete(`/chats/${chat}/messages/${second.id}`);
  await write('said meanwhile');
  await write('and this');
  await window.badge('chats').filter({ hasText: /^3$/ }).waitFor();
  about.release();
  messages.release();
  await said(window, 'and this').waitFor();
  assert.deepEqual(await page.locator('.message .text').allTextContents(), ['edited', 'said meanwhile', 'and this']);
  await window.badge('chats').filter({ hasText: /^$/ }).waitFor({ state: 'attached' });
  window.assertSound('bob');
});

test('a list that comes late takes back nothing of what was told', async () => {
  const { person: bob, window, page } = await somebody();
  const [ann, carol] = [await friend(), await friend()];
  const asked = await ann.post('/connection-requests', { to_user_id: bob.id });
  await window.badge('requests').filter({ hasText: /^1$/ }).waitFor();

  // Requests: one comes, another is taken back.
  const requests = await window.hold('**/connection-requests?direction=incoming*');
  await page.goto('/#/requests');
  await requests.asked;
  await carol.post('/connection-requests', { to_user_id: bob.id });
  await window.badge('requests').filter({ hasText: /^2$/ }).waitFor();
  await ann.post(`/connection-requests/${asked.id}/cancel`);
  await window.badge('requests').filter({ hasText: /^1$/ }).waitFor();
  requests.release();
  await window.heading('Requests').waitFor();
  await window.button(`Accept ${carol.username}`).waitFor();
  await window.button(`Accept ${ann.username}`).waitFor({ state: 'detached' });

  // Notifications, and how many are unread.
  await window.badge('notifications').filter({ hasText: /^1$/ }).waitFor();
  const notifications = await window.hold('**/notifications?*');
  await page.goto('/#/notifications');
  await notifications.asked;
  await ann.post('/connection-requests', { to_user_id: bob.id });
  await window.badge('notifications').filter({ hasText: /^2$/ }).waitFor();
  notifications.release();
  await page.locator('li.unread', { hasText: ann.username }).waitFor();
  assert.equal(await window.badge('notifications').textContent(), '2');

  // What comes while all are marked as read is not.
  const dora = await friend();
  const marks = await window.hold('**/notifications/read');
  await window.button('Mark all as read').click();
  await marks.asked;
  await dora.post('/connection-requests', { to_user_id: bob.id });
  await page.locator('li.unread', { hasText: dora.username }).waitFor();
  marks.release();
  await page.locator('li.read', { hasText: ann.username }).waitFor();
  await page.getByRole('button', { name: 'Mark all as read', disabled: false }).and(page.locator(':not([aria-busy])')).waitFor();
  assert.equal(await page.locator('li.unread').count(), 1);
  assert.equal(await window.badge('notifications').textContent(), '1');

  // Chats, and what was said last.
  const chat = await ann.post('/chats', { account_id: bob.id }).then(({ id }) => id);
  await ann.post(`/chats/${chat}/messages`, { text: 'the first' });
  await window.badge('chats').filter({ hasText: /^1$/ }).waitFor();
  const chats = await window.hold('**/chats?*');
  await page.goto('/#/chats');
  await chats.asked;
  await ann.post(`/chats/${chat}/messages`, { text: 'the second' });
  await window.badge('chats').filter({ hasText: /^2$/ }).waitFor();
  chats.release();
  await page.locator('[data-chat] .line', { hasText: 'the second' }).waitFor();
  assert.match((await page.locator('[data-chat] .badge').textContent()) ?? '', /^2 /);
  window.assertSound('bob');
});

test('a view that was left before it came does not cover the next one', async () => {
  const { window, page } = await somebody();
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000); // no timer runs now
  const listings = await window.hold('**/categories?*');
  await page.evaluate(() => (location.hash = '/listings'));
  await listings.asked;
  await page.evaluate(() => (location.hash = '/account'));
  await window.heading('Your account').waitFor();
  await page.clock.runFor(1_000);
  assert.equal(await page.locator('main .loading').count(), 0);
  await window.heading('Your account').waitFor();
  listings.release();
  window.assertSound('bob');
});

test('whoever signs out is out at once, and on the server too', async () => {
  const { person: bob, window, page } = await somebody();
  const sessions = async () => (await bob.get('/sessions')).items.length;
  assert.equal(await sessions(), 2);

  // With a token that is too old, and a message that was not sent.
  window.refusals = [401];
  const ann = await friend();
  const chat = await ann.connect(bob);
  await window.see(`chats/${chat}`, ann.username);
  await page.evaluate(() => /** @type {any} */ (globalThis).sockets.at(-1).close());
  await page.route('**/ws/tickets', (route) => route.fulfill({ status: 503, body: '{}' }));
  window.refusals = [401, 503];
  await page.getByLabel('Message to').fill('never mind');
  await page.keyboard.press('Enter');
  await page.locator('.message.waiting').waitFor();
  await spoil(page, { access_token: 'spoiled' });
  const end = await window.hold('**/sessions/current');
  await inConsole(page, 'void session.signOut()');
  await end.asked;
  await window.heading('Sign in').waitFor();
  assert.deepEqual(await page.evaluate(() => [localStorage.getItem('kith.session'), sessionStorage.getItem('kith.outbox')]), [null, '[]']);
  assert.equal(await sessions(), 2);
  end.release();
  await eventually(async () => (await sessions()) === 1, 'the session has ended');
  await page.unroute('**/ws/tickets');

  // While it is renewed.
  await signIn(window, bob.username);
  assert.equal(await sessions(), 2);
  await spoil(page, { renew_at: 0 });
  const renewal = await window.hold('**/sessions/refresh');
  await page.goto('/#/account');
  await renewal.asked;
  await inConsole(page, 'session.signOut()');
  renewal.release();
  await window.heading('Sign in').waitFor();
  await eventually(async () => (await sessions()) === 1, 'the session has ended');
  assert.equal(await page.evaluate(() => localStorage.getItem('kith.session')), null);
  window.assertSound('bob');
});

test('what one has asked is not asked again in the name of another', async () => {
  const { window, page } = await somebody();
  const ann = await friend();
  window.refusals = [401];
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => request.url().endsWith('/me/preferences') && asked.push(request.headers().authorization ?? ''));
  await spoil(page, { access_token: 'spoiled' });
  const preferences = await window.hold('**/me/preferences');
  await page.goto('/#/account');
  await preferences.asked;
  await inConsole(page, 'session.signOut()');
  await signIn(window, ann.username);
  preferences.release();
  await window.see('people', 'People');
  await window.see('account', 'Your account');
  assert.equal(asked.length, 2, 'once by either');
  assert.equal(await page.getByLabel('Username').inputValue(), ann.username);
  window.assertSound('bob');
});

test('whoever did not mean to leave comes back to where they were', async () => {
  const { person: bob, window, page } = await somebody();
  const chat = await (await friend()).connect(bob);
  await window.see(`chats/${chat}`, /ann/);
  // In another tab something waits to be sent.
  window.refusals = [401, 503];
  const other = await window.tab();
  await other.route('**/ws/tickets', (route) => route.fulfill({ status: 503, body: '{}' }));
  await other.goto(`/#/chats/${chat}`);
  await other.getByLabel('Message to').fill('for later');
  await other.keyboard.press('Enter');
  await other.locator('.message.waiting').waitFor();
  await bob.post('/sessions/revoke-others');
  for (const tab of [page, other]) {
    await tab.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    await tab.locator('.notice', { hasText: 'Your session has ended' }).waitFor();
  }
  await other.unroute('**/ws/tickets');
  await signIn(window, bob.username);
  await window.heading(/ann/).waitFor();
  assert.equal(new URL(page.url()).hash, `#/chats/${chat}`);
  await said(window, 'for later').waitFor(); // the other tab is signed in with it
  await inConsole(page, 'session.signOut()');
  await signIn(window, bob.username);
  await window.heading('People').waitFor();
  window.assertSound('bob');
});

test('when all is read anew, what was being written stays, and where one was', async () => {
  const { person: bob, window, page } = await somebody();
  const ann = await friend();
  const chat = await ann.connect(bob);
  for (let at = 0; at < 30; at += 1) await ann.post(`/chats/${chat}/messages`, { text: `line ${at}` });
  await window.see(`chats/${chat}`, ann.username);
  const text = page.getByLabel('Message to');
  await text.pressSequentially('half a senten');
  const { version, ...unread } = await bob.get('/notifications/unread-count');
  const reset = async () => {
    await page.locator('.log').evaluate((node) => (node.id = 'old'));
    await say(page, { type: 'reset', version, unread });
    await page.locator('#old').waitFor({ state: 'detached' });
    await page.locator('.log').waitFor();
  };
  await reset();
  await page.keyboard.type('ce');
  assert.equal(await text.inputValue(), 'half a sentence');
  const below = () => page.locator('.log').evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight);
  assert.ok((await below()) < 2, 'the newest is in sight');

  // Where there is no network, it is tried again, and nothing is taken away meanwhile.
  window.alone = true;
  await page.route(`**/chats/${chat}`, (route) => route.abort('connectionreset'), { times: 1 });
  await reset();
  assert.equal(await text.inputValue(), 'half a sentence');
  // Nor where a proxy's server is just starting.
  window.refusals = [502];
  await page.route(`**/chats/${chat}`, (route) => route.fulfill({ status: 502, body: 'Bad Gateway' }), { times: 1 });
  await reset();
  assert.equal(await text.inputValue(), 'half a sentence');
  window.alone = false;

  // What has the focus and is gone gives it to the heading.
  await page.locator('.log').evaluate((log) => log.setAttribute('aria-label', 'gone'));
  await page.locator('.log').focus();
  await reset();
  assert.equal(await window.focused(), ann.username);
  await page.keyboard.press('Tab');
  assert.notEqual(await window.focused(), null);
  await text.press('Enter');
  await said(window, 'half a sentence').waitFor();
  await reset();
  assert.equal(await text.inputValue(), '');
  window.assertSound('bob');
});

test('what was saved is not put back by reading anew, and of two buttons alike the same keeps the focus', async () => {
  const { person: bob, window, page } = await somebody();
  await window.see('account', 'Your account');
  const company = page.getByLabel('Company');
  await company.fill('One of old');
  await company.press('Enter');
  await page.getByText('Saved.').first().waitFor();
  await bob.kith.request('PATCH', '/me', { company_name: 'Another' }, bob.tokens.access_token);
  const preferences = page.locator('form', { hasText: 'Suggest me' });
  await preferences.getByRole('button', { name: 'Save' }).focus();
  const { version, ...unread } = await bob.get('/notifications/unread-count');
  await page.locator('main > *').evaluate((node) => (node.id = 'old'));
  await say(page, { type: 'reset', version, unread });
  await page.locator('#old').waitFor({ state: 'detached' });
  await company.waitFor();
  assert.equal(await company.inputValue(), 'Another');
  assert.ok(await preferences.evaluate((form) => form.contains(document.activeElement)));
  window.assertSound('bob');
});

test('what is further down or back is fetched without losing the focus', async () => {
  const { person: bob, window, page } = await somebody();
  const ann = await friend();
  const chat = await ann.connect(bob);
  for (let at = 0; at < 45; at += 1) await ann.post(`/chats/${chat}/messages`, { text: `line ${at}` });
  await window.see(`chats/${chat}`, ann.username);
  const hasFocus = (/** @type {import('playwright-core').Locator} */ locator) => locator.evaluate((node) => node === document.activeElement);
  const earlier = window.button('Earlier messages');
  await earlier.focus();
  await ann.post(`/chats/${chat}/messages`, { text: 'said meanwhile' });
  await said(window, 'said meanwhile').waitFor();
  assert.ok(await hasFocus(earlier));
  const page2 = await window.hold('**/messages?*cursor=*');
  await page.keyboard.press('Enter');
  await page2.asked;
  assert.equal(await page.locator('.log').getAttribute('aria-busy'), 'true');
  page2.release();
  await said(window, 'line 0').waitFor();
  assert.ok(await hasFocus(page.locator('.log')));
  assert.equal(await page.locator('.log').getAttribute('aria-busy'), null);

  // A list of which there is more, as the first answer says.
  await ann.post('/connection-requests', { to_user_id: (await friend()).id });
  await page.route('**/notifications?limit=20', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), next: 'more' } });
  });
  const carol = await friend();
  await page.route('**/notifications?cursor=more*', async (route) => {
    const answer = await (await route.fetch({ url: route.request().url().replace('cursor=more&', '') })).json();
    await route.fulfill({ json: { ...answer, items: answer.items.map((/** @type {any} */ item) => ({ ...item, id: item.id - 1_000 })) } });
  });
  await window.see('notifications', 'Notifications');
  const more = window.button('Show more');
  await more.focus();
  await carol.post('/connection-requests', { to_user_id: bob.id });
  await page.locator('li', { hasText: carol.username }).waitFor();
  assert.ok(await hasFocus(more));
  const before = await page.locator('[data-notification]').count();
  await page.keyboard.press('Enter');
  await more.waitFor({ state: 'hidden' });
  assert.ok(await page.locator('[data-notification]').nth(before).evaluate((node) => node.contains(document.activeElement)));
  window.assertSound('bob');
});

test('a form that is sent again because no answer came does its work once', async () => {
  const { person: bob, window, page } = await somebody();
  const ann = await friend();
  window.alone = true;
  /** @type {(string | undefined)[]} */
  const keys = [];
  let lost = true;
  await page.route('**/connection-requests', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    if (!lost) return route.continue();
    lost = false;
    await route.fetch();
    await route.abort('connectionreset');
  });
  await window.see(`people/${ann.id}`, ann.username);
  const send = async () => {
    await window.button(`Connect with ${ann.username}`).click();
    await page.getByRole('dialog').getByLabel('Message').fill('We met');
    await window.button('Send the request').click();
  };
  await send();
  await page.getByRole('alert').filter({ hasText: 'does not answer' }).waitFor();
  await window.button('Send the request').click();
  await window.button('Take back').click();
  await send();
  await window.button('Take back').waitFor();
  const sent = (await bob.get('/connection-requests?direction=outgoing')).items;
  assert.equal(sent.length, 1);
  assert.equal(keys[0], keys[1], 'the same form');
  assert.notEqual(keys[1], keys[2], 'another');
  window.assertSound('bob');
});

test('what one has decided on another device is seen', async () => {
  const { person: bob, window, page } = await somebody();
  const [ann, carol] = [await friend(), await friend()];
  const [first, second] = [await ann.post('/connection-requests', { to_user_id: bob.id }), await carol.post('/connection-requests', { to_user_id: bob.id })];
  await window.badge('requests').filter({ hasText: /^2$/ }).waitFor();
  await window.see('requests', 'Requests');
  window.refusals = [409];
  await bob.post(`/connection-requests/${first.id}/reject`);
  await window.button(`Accept ${ann.username}`).click();
  await page.locator('.notice.fault').waitFor();
  await window.button(`Accept ${ann.username}`).waitFor({ state: 'detached' });
  await bob.post(`/connection-requests/${second.id}/accept`);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await window.button(`Accept ${carol.username}`).waitFor({ state: 'detached' });
  await window.see('people', 'People');
  await window.button(`Message ${carol.username}`).waitFor();
  window.assertSound('bob');
});

test('lists that are no longer shown listen to nothing', async () => {
  const { window, page } = await somebody();
  const ann = await friend();
  await page.addInitScript(() => {
    const { addEventListener } = EventTarget.prototype;
    /** @type {any} */ (globalThis).heard = 0;
    EventTarget.prototype.addEventListener = function (type, ...rest) {
      if (type === 'ties') /** @type {any} */ (globalThis).heard += 1;
      return Reflect.apply(addEventListener, this, [type, ...rest]);
    };
  });
  await page.reload();
  const search = page.getByLabel('Name, username or company');
  await search.waitFor();
  const heard = () => page.evaluate(() => /** @type {any} */ (globalThis).heard);
  const before = await heard();
  assert.ok(before > 0);
  for (const words of [ann.username, '', ann.username.slice(0, 3), '']) {
    const answer = page.waitForResponse((response) => response.url().includes(words ? '/users?' : '/suggestions'));
    await search.fill(words);
    await answer;
  }
  await page.getByText('Your connections').waitFor();
  assert.equal(await heard(), before);
  window.assertSound('bob');
});
