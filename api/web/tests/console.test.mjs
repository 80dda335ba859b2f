// The console, driven through the whole of it in two windows of a real browser: one on a desk in light, the other a phone in
// the dark. What one does, the other sees without a reload; the server is killed in between, and nothing is missed.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch, Window } from './browser.mjs';
import { eventually, Kith, PASSWORD, production } from './kith.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const DESK = { viewport: { width: 1280, height: 800 }, colorScheme: /** @type {const} */ ('light') };
const PHONE = { viewport: { width: 360, height: 740 }, colorScheme: /** @type {const} */ ('dark'), hasTouch: true };

test('every file of the console is served, with a policy that lets nothing in from elsewhere', async () => {
  const kith = await Kith.start();
  try {
    const folder = fileURLToPath(new URL('..', import.meta.url));
    const all = ['base', 'console'].flatMap((name) => readdirSync(folder + name, { recursive: true, encoding: 'utf8' }).map((file) => `${name}/${file}`));
    const files = all.filter((file) => /\.(js|css|svg)$/.test(file));
    assert.ok(files.length > 20);
    const types = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', svg: 'image/svg+xml' };
    for (const file of files) {
      const answer = await fetch(`${kith.url}/${file}`);
      assert.equal(await answer.text(), readFileSync(folder + file, 'utf8'), file);
      assert.equal(answer.headers.get('content-type'), types[/** @type {'js'} */ (file.split('.').at(-1))], file);
    }
    const page = await fetch(kith.url);
    assert.equal(page.status, 200);
    assert.match(page.headers.get('content-security-policy') ?? '', /^default-src 'none'; script-src 'self'; style-src 'self'/);
    assert.equal(page.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
    const known = { 'if-none-match': page.headers.get('etag') ?? '' };
    assert.equal((await fetch(kith.url, { headers: known })).status, 304);
  } finally {
    await kith.dispose();
  }
});

// Without the embedded adapters mails are not to be seen in a browser.
test('an account is made, activated by mail, and signed in to', { skip: production }, async () => {
  const kith = await Kith.start({ env: { KITH_ACTIVATION: 'required' } });
  const ann = await Window.open(browser, kith.url, PHONE);
  try {
    const { page } = ann;
    ann.refusals = [422, 403];
    await ann.go('/');
    await page.getByRole('link', { name: 'Make an account' }).click();
    await page.getByLabel('Your name').fill('Ann Lee');
    await page.getByLabel('Username').fill('ann');
    await page.getByLabel('Email').fill('ann@example.com');
    await page.getByLabel('Password').fill('12345678');
    await ann.button('Make an account').click();
    await page.getByText('too common').waitFor();
    assert.equal(await page.getByLabel('Password').getAttribute('aria-invalid'), 'true');
    await ann.look('a refused sign-up');
    await page.getByLabel('Password').fill(PASSWORD);
    await ann.button('Make an account').click();
    await ann.heading('Look into your mail').waitFor();
    await ann.look('the word about the mail');

    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('Username or email').fill('ann');
    await page.getByLabel('Password').fill(PASSWORD);
    await ann.button('Sign in').click();
    await ann.heading('Look into your mail').waitFor(); // not active: told where to look again

    const arrival = ann.context.waitForEvent('page');
    await page.getByRole('link', { name: 'its mailbox' }).click();
    const mailbox = await arrival;
    await eventually(async () => {
      await mailbox.reload();
      return mailbox.locator('.card a').count();
    }, 'the mail');
    await mailbox.locator('.card a').first().click();
    await mailbox.locator('.card a', { hasText: '/activate/' }).click();
    await mailbox.getByRole('button', { name: 'Activate' }).click();
    await mailbox.getByRole('link', { name: 'Sign in' }).click();
    await mailbox.getByLabel('Username or email').fill('ann@example.com');
    await mailbox.getByLabel('Password').fill(PASSWORD);
    await mailbox.getByRole('button', { name: 'Sign in' }).click();
    await mailbox.getByRole('heading', { level: 1, name: 'People' }).waitFor();
    await ann.heading('People').waitFor(); // the tab that waited is signed in with it
    ann.assertSound('ann');
  } finally {
    await ann.context.close();
    await kith.dispose();
  }
});

describe('two windows', () => {
  /** @type {Kith} */ let kith;
  /** @type {Window} */ let ann;
  /** @type {Window} */ let bob;
  /** Somebody without a window. @type {import('./kith.mjs').Person} */ let carol;
  /** The chat's number. */
  let chat = 0;

  before(async () => {
    kith = await Kith.start();
    if (production) kith.run(['generate-city']);
    carol = await kith.person('carol');
    ann = await Window.open(browser, kith.url, DESK);
    bob = await Window.open(browser, kith.url, PHONE);
  });
  after(async () => {
    await ann?.context.close();
    await bob?.context.close();
    await kith?.dispose();
  });

  let broken = false;
  /** One after another, in the same windows: after one that fails the others say nothing. @param {string} name @param {() => Promise<void> | void} walk */
  const step = (name, walk) =>
    test(name, async (context) => {
      if (broken) return context.skip('an earlier step has failed');
      broken = true;
      await walk();
      broken = false;
    });
  /** @param {Window} window @param {string} text */
  const said = (window, text) => window.page.locator('.message .text', { hasText: text });
  /** @param {Window} window @param {string} username */
  const signIn = async (window, username) => {
    await window.see('sign-in', 'Sign in');
    await window.page.getByLabel('Username or email').fill(username);
    await window.page.getByLabel('Password').fill(PASSWORD);
    await window.button('Sign in').click();
    await window.link('open');
  };
  /** The words and numbers of a window about what is unread, as the server has it. @param {Window} window @param {string} username */
  const assertCounted = async (window, username) => {
    const { notifications, messages } = await (await kith.signIn(username)).get('/notifications/unread-count');
    const all = notifications + messages;
    await window.page.waitForFunction((all) => document.title.startsWith(all ? `(${all}) ` : '') && (all > 0 || !document.title.startsWith('(')), all);
    assert.equal(await window.badge('notifications').textContent(), notifications ? `${notifications}` : '');
    assert.equal(await window.badge('chats').textContent(), messages ? `${messages}` : '');
    return { notifications, messages };
  };

  step('ann signs up with nothing but a keyboard', async () => {
    const { keyboard } = ann.page;
    await ann.go('/');
    await ann.heading('Sign in').waitFor();
    await ann.look('the sign-in');
    await ann.tabTo(ann.page.getByRole('link', { name: 'Make an account' }));
    await keyboard.press('Enter');
    await ann.heading('Make an account').waitFor();
    await ann.page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'full_name');
    await keyboard.type('Ann Lee');
    await keyboard.press('Tab');
    await keyboard.type('ann');
    await keyboard.press('Tab'); // the email may be left out
    await keyboard.press('Tab');
    await keyboard.type(PASSWORD);
    await keyboard.press('Enter');
    await ann.heading('People').waitFor();
    assert.equal(await ann.focused(), 'People', 'the focus is at the heading of what is new');
    await ann.link('open');
    assert.equal(await ann.page.title(), 'People · Kith');
  });

  step('bob signs up, out, and in again', async () => {
    const { page } = bob;
    bob.refusals = [401];
    await bob.see('sign-up', 'Make an account');
    await page.getByLabel('Your name').fill('Bob Ross');
    await page.getByLabel('Username').fill('bob');
    await page.getByLabel('Password').fill(PASSWORD);
    await bob.button('Make an account').click();
    await bob.heading('People').waitFor();
    await bob.see('account', 'Your account');
    await bob.button('Sign out').click();
    await bob.heading('Sign in').waitFor();
    await page.getByLabel('Username or email').fill('bob');
    await page.getByLabel('Password').fill('not this one');
    await bob.button('Sign in').click();
    await page.getByRole('alert').getByText('password').waitFor();
    bob.refusals = [];
    await signIn(bob, 'bob');
  });

  step('ann finds bob and asks, by keyboard; bob sees it come', async () => {
    const { page } = ann;
    await ann.tabTo(page.getByLabel('Name, username or company'));
    await page.keyboard.type('ross');
    const connect = ann.button('Connect with Bob Ross');
    await ann.tabTo(connect);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Connect with Bob Ross' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'message');
    await ann.look('a dialog');
    await page.keyboard.type('We met in Muncie');
    await ann.tabTo(ann.button('Send the request'));
    await page.keyboard.press('Enter');
    await ann.button('Take back the request to Bob Ross').waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await ann.focused(), 'Take back', 'the focus is where it was, at what comes next');

    await bob.page.locator('.notice', { hasText: 'Ann Lee' }).waitFor();
    await bob.badge('notifications').filter({ hasText: /^1$/ }).waitFor();
    await bob.badge('requests').filter({ hasText: /^1$/ }).waitFor();
    await bob.page.waitForFunction(() => document.title === '(1) People · Kith');
    await bob.see('requests', 'Requests');
    await bob.page.getByText('We met in Muncie').waitFor();
  });

  step('bob accepts; ann sees it, and that he is there', async () => {
    await ann.page.locator('.person .dot').waitFor({ state: 'attached' });
    await bob.button('Accept Ann Lee').click();
    await bob.page.getByText('Nobody waits for an answer').waitFor();
    assert.equal(await bob.focused(), 'Requests', 'the row is gone, the focus is not');
    await ann.page.locator('.notice', { hasText: 'accepted your request' }).waitFor();
    await ann.button('Message Bob Ross').waitFor();
    await ann.page.locator('.person .dot.online').waitFor();
    assert.deepEqual(await assertCounted(ann, 'ann'), { notifications: 1, messages: 0 });
  });

  step('they write to each other, and see each other writing and reading', async () => {
    await ann.tabTo(ann.button('Message Bob Ross'));
    await ann.page.keyboard.press('Enter');
    await ann.heading('Bob Ross').waitFor();
    await ann.tabTo(ann.page.getByLabel('Message to Bob Ross'));
    await ann.page.keyboard.type('Hello, Bob');
    await ann.page.keyboard.press('Enter');
    await said(ann, 'Hello, Bob').waitFor();
    chat = Number(new URL(ann.page.url()).hash.split('/').at(-1));

    await bob.badge('chats').filter({ hasText: /^1$/ }).waitFor();
    await bob.page.locator('.notice', { hasText: 'Hello, Bob' }).waitFor();
    await bob.page.getByRole('link', { name: /^Chats/ }).click();
    await bob.page.locator('[data-chat] .badge').waitFor();
    await bob.page.getByRole('link', { name: 'Ann Lee', exact: true }).click();
    await said(bob, 'Hello, Bob').waitFor();
    await ann.page.locator('.mine .foot', { hasText: 'read' }).waitFor();
    await bob.badge('chats').filter({ hasText: /^$/ }).waitFor({ state: 'attached' });
    await bob.page.locator('.presence', { hasText: 'online' }).waitFor();

    await bob.page.getByLabel('Message to Ann Lee').pressSequentially('Hello to you, Ann');
    await ann.page.getByText('Bob Ross is writing').waitFor();
    await bob.button('Send').click();
    await said(ann, 'Hello to you, Ann').waitFor();
    await ann.page.getByText('Bob Ross is writing').waitFor({ state: 'detached' });
  });

  step('the server is killed; what is written meanwhile arrives once', async () => {
    ann.alone = bob.alone = true;
    await kith.kill();
    await ann.link('waiting');
    await bob.link('waiting');
    await ann.page.getByLabel('Message to Bob Ross').fill('Are you still there?');
    await ann.page.keyboard.press('Enter');
    await ann.page.locator('.message.waiting', { hasText: 'Are you still there?' }).waitFor();
    await ann.page.getByText('waiting to be sent').waitFor();

    await kith.start();
    await Promise.all([ann.link('open'), bob.link('open')]);
    ann.alone = bob.alone = false;
    await said(bob, 'Are you still there?').waitFor();
    await ann.page.locator('.message.waiting').waitFor({ state: 'detached' });
    await bob.page.getByLabel('Message to Ann Lee').fill('I am');
    await bob.button('Send').click();
    await said(ann, 'I am').waitFor(); // behind it in the socket: what comes twice has come by now
    for (const window of [ann, bob]) {
      assert.deepEqual(await window.page.locator('.message .text').allTextContents(), ['Hello, Bob', 'Hello to you, Ann', 'Are you still there?', 'I am']);
      assert.equal(await window.page.evaluate(() => sessionStorage.getItem('kith.outbox')), '[]', 'nothing is left to be sent again');
    }
  });

  step('what happened while bob was cut off is told when he is back', async () => {
    await bob.see('notifications', 'Notifications');
    await bob.button('Mark all as read').click();
    await bob.badge('notifications').filter({ hasText: /^$/ }).waitFor({ state: 'attached' });
    await bob.cut();
    await ann.page.getByLabel('Message to Bob Ross').fill('While you were away');
    await ann.page.keyboard.press('Enter');
    await said(ann, 'While you were away').waitFor();
    await ann.page.getByLabel('Message to Bob Ross').fill('twice');
    await ann.page.keyboard.press('Enter');
    const { items: [ross] } = await carol.get('/users?q=ross');
    await carol.post('/connection-requests', { to_user_id: ross.id, message: 'And I am Carol' });
    const own = await kith.signIn('bob');
    await eventually(async () => {
      const { notifications, messages } = await own.get('/notifications/unread-count');
      return notifications === 1 && messages === 2;
    }, 'what bob misses');
    assert.equal(await bob.badge('chats').textContent(), '');

    await bob.mend();
    await bob.page.locator('.notice', { hasText: 'While you were away: 1 new notification and 2 new messages.' }).waitFor();
    await bob.page.locator('li.unread', { hasText: /carol.? would like to connect/ }).waitFor();
    assert.deepEqual(await assertCounted(bob, 'bob'), { notifications: 1, messages: 2 });
    assert.equal(await bob.page.locator('li.unread').count(), 1);
    await bob.badge('requests').filter({ hasText: /^1$/ }).waitFor();
  });

  step('notifications are read and deleted, on one device as on the other', async () => {
    const tablet = await Window.open(browser, kith.url, DESK);
    await signIn(tablet, 'bob');
    await tablet.see('notifications', 'Notifications');
    await tablet.button(/^Mark as read: .carol/).click();
    await bob.page.locator('li.read', { hasText: 'carol' }).waitFor();
    await bob.badge('notifications').filter({ hasText: /^$/ }).waitFor({ state: 'attached' });
    const before = await bob.page.locator('[data-notification]').count();
    await bob.button(/^Delete: .carol/).click();
    await tablet.page.locator('[data-notification]', { hasText: 'carol' }).waitFor({ state: 'detached' });
    assert.equal(await tablet.page.locator('[data-notification]').count(), before - 1);
    assert.deepEqual(await assertCounted(tablet, 'bob'), await assertCounted(bob, 'bob'));
    tablet.assertSound('bob, at the other device');
    await tablet.context.close();
  });

  step('a message is edited and removed before the other\'s eyes', async () => {
    await bob.see(`chats/${chat}`, 'Ann Lee');
    await said(bob, 'twice').waitFor();
    const row = ann.page.locator('.message', { hasText: 'twice' });
    await row.hover();
    await row.getByRole('button', { name: 'Edit: twice' }).click();
    await ann.page.getByRole('dialog').getByLabel('Message').fill('once');
    await ann.button('Save').click();
    await said(bob, 'once').waitFor();
    await bob.page.locator('.foot', { hasText: 'edited' }).waitFor();
    const changed = ann.page.locator('.message', { hasText: 'once' });
    await changed.hover();
    await changed.getByRole('button', { name: 'Delete: once' }).click();
    await ann.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await said(bob, 'once').waitFor({ state: 'detached' });
  });

  step('listings are browsed, saved and reviewed', async () => {
    const { items: [category] } = await carol.get('/categories');
    const { items: [province] } = await carol.get('/provinces');
    const { items: [city] } = await carol.get(`/cities?province_id=${province.id}`);
    const place = { subcategory_id: category.subcategories[0].id, city_id: city.id };
    const listing = await carol.post('/listings', { title: 'Gardens kept', description: 'Roses and all.', ...place });
    await carol.post('/listings', { title: 'Boats mended', ...place });
    const picture = await fetch(`${kith.url}/api/v1/listings/${listing.id}/pictures`, {
      method: 'POST', headers: { authorization: `Bearer ${carol.tokens.access_token}` }, body: new Blob([new Uint8Array(await ann.page.screenshot())]),
    });
    assert.equal(picture.status, 201);

    await ann.see('listings', 'Listings');
    await ann.page.getByRole('link', { name: 'Boats mended' }).waitFor();
    await ann.page.getByLabel('Words').fill('garden');
    await ann.page.getByLabel('Province').selectOption(`${province.id}`);
    await ann.page.keyboard.press('Tab');
    await ann.page.getByLabel('City').selectOption(`${city.id}`);
    await ann.button('Search').click();
    await ann.page.waitForURL(/q=garden/);
    await ann.page.getByRole('link', { name: 'Boats mended' }).waitFor({ state: 'detached' });
    await ann.page.getByRole('link', { name: 'Gardens kept' }).click();
    await ann.heading('Gardens kept').waitFor();
    await ann.page.locator('.pictures img').waitFor();
    await ann.button('Save').click();
    await ann.page.getByRole('button', { name: 'Saved', pressed: true }).waitFor();
    await ann.page.getByText('Write a review').click();
    await ann.page.getByLabel('Stars').selectOption('5');
    await ann.page.getByLabel('In a few words').fill('Good');
    await ann.page.getByLabel('How was it?').fill('Roses everywhere.');
    await ann.button('Publish').click();
    await ann.page.locator('.review', { hasText: 'Roses everywhere.' }).waitFor();
    await ann.see('listings?which=saved', 'Listings');
    await ann.page.getByRole('link', { name: 'Gardens kept' }).waitFor();
  });

  step('two tabs share a session, whichever of them renews it', async () => {
    const other = await ann.tab();
    await other.goto('/');
    await other.locator('#link[data-state="open"]').waitFor();
    const turns = /** @type {[string, string, import('playwright-core').Page[]][]} */ ([
      // One after the other: whoever kept a refresh token for itself would show one that is long used, and end the session.
      ['notifications', 'Notifications', [ann.page]], ['requests', 'Requests', [other]], ['listings', 'Listings', [ann.page]],
      ['account', 'Your account', [ann.page, other]],
    ]);
    /** Waits until all see what one has kept: a tab may see it later than another. @param {string} refresh @param {boolean} isRenewed */
    const seen = (refresh, isRenewed) =>
      Promise.all([ann.page, other].map((page) => page.waitForFunction(([refresh, isRenewed]) => {
        const kept = JSON.parse(localStorage.getItem('kith.session') ?? '{}');
        return kept.refresh_token !== refresh || (!isRenewed && kept.renew_at === 0);
      }, /** @type {const} */ ([refresh, isRenewed]))));
    for (const [view, name, pages] of turns) {
      const before = await other.evaluate(() => {
        const session = JSON.parse(localStorage.getItem('kith.session') ?? '');
        localStorage.setItem('kith.session', JSON.stringify({ ...session, renew_at: 0 }));
        return session.refresh_token;
      });
      await seen(before, false);
      await Promise.all(pages.map(async (page) => {
        await page.goto(`/#/${view}`);
        await page.getByRole('heading', { level: 1, name }).waitFor();
      }));
      await seen(before, true);
    }
    await other.close();
  });

  step('each view fits a phone in the dark and a desk in the light, and can be used by everybody', async () => {
    const { items: [listing] } = await carol.get('/listings');
    const { items: [ross] } = await carol.get('/users?q=ross');
    const { items: [lee] } = await carol.get('/users?q=lee');
    for (const [window, other] of /** @type {[Window, any][]} */ ([[ann, ross], [bob, lee]])) {
      await window.see('people', 'People');
      await window.page.getByRole('list', { name: 'Connections' }).waitFor();
      await window.look('people');
      for (const [view, heading] of [
        [`people/${other.id}`, other.full_name], ['requests', 'Requests'], ['notifications', 'Notifications'], [`chats/${chat}`, other.full_name],
        ['listings', 'Listings'], [`listings/${listing.id}`, listing.title], ['listings/new', 'Offer something'], ['account', 'Your account'],
      ]) {
        await window.see(view, heading);
        await window.look(view);
      }
      await window.see('chats', /Chats/);
      await window.look('chats');
    }
  });

  step('whoever is signed out elsewhere is told', async () => {
    const elsewhere = await kith.signIn('bob');
    bob.refusals = [401];
    await elsewhere.post('/sessions/revoke-others');
    await bob.heading('Sign in').waitFor();
    await bob.page.locator('.notice', { hasText: 'Your session has ended' }).waitFor();
  });

  step('nothing went wrong in either window', () => {
    ann.assertSound('ann');
    bob.assertSound('bob');
  });
});
