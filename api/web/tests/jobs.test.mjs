// The staff's page of queues and jobs in a real browser: mails that a server refuses are dead jobs, which one of the staff
// sees, brings back and drops.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, Window } from './browser.mjs';
import { Kith, PASSWORD, eventually } from './kith.mjs';
import { MailServer } from './mailserver.mjs';

/** What a server may say that is no text to a careless page. */
const ERROR = '550 <img src=x onerror="document.title=1"><b>no</b> such box';

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/**
 * A Kith whose mails go to `mail`, with dead mails of people of these names.
 * @param {MailServer} mail
 * @param {string[]} names
 */
async function kithOf(mail, names) {
  const kith = await Kith.start({ env: { SMTP_URL: mail.url, MAIL_FROM: 'kith@example.org' } });
  const sue = await kith.staff('sue');
  mail.answer = ERROR;
  for (const [index, name] of names.entries()) {
    const person = await kith.person(name);
    await person.post('/me/email', { email: `${name}@example.org`, password: PASSWORD });
    await eventually(async () => (await sue.get('/admin/dead-jobs')).items.length === index + 1, `the mail to ${name} is refused`);
  }
  return { kith, sue };
}

/**
 * The page, in a window of its own.
 * @param {string} url
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
async function open(url, options) {
  const window = await Window.open(browser, url, options);
  window.refusals = [401, 403, 404]; // which the tests ask for
  await window.go('/staff/jobs');
  return { window, page: window.page };
}

/** @param {import('playwright-core').Page} page @param {string} name @param {string} [password] */
async function signIn(page, name, password = PASSWORD) {
  await page.getByLabel('Username or email').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
}

/** Waits until the page has looked again, twice: what was asked before has been shown. @param {import('playwright-core').Page} page */
async function looked(page) {
  for (const _ of [1, 2]) await page.waitForResponse((answer) => answer.url().includes('/admin/queues/history'));
}

test('one of the staff sees dead jobs and their errors, brings one back and drops another', async () => {
  const mail = await MailServer.start();
  const { kith, sue } = await kithOf(mail, ['ann', 'bob']);
  try {
    const { window, page } = await open(kith.url);
    await signIn(page, 'sue', 'a wrong guess');
    await page.getByRole('alert').filter({ hasText: /\w/ }).waitFor();
    await window.look('a refused sign-in');
    await signIn(page, 'sue');
    const rows = page.locator('#jobs tbody tr');
    await rows.nth(1).waitFor();
    const [bobs, anns] = (await sue.get('/admin/dead-jobs')).items;
    assert.deepEqual(await rows.locator('th').allTextContents(), [String(bobs.id), String(anns.id)]);
    assert.equal(await page.locator('#queues tr').filter({ hasText: 'email' }).locator('[data-cell=dead]').textContent(), '2');
    assert.equal(await page.getByRole('tab', { name: 'Dead' }).textContent(), 'Dead 2');

    // What the server said is text, and nothing else.
    assert.equal(await rows.first().locator('summary').textContent(), `refused: ${ERROR}`);
    assert.equal(await page.locator('#jobs img, #jobs b').count(), 0);
    assert.equal(await page.title(), 'Jobs · Kith');
    await rows.first().locator('summary').click();
    await page.getByText(`{"account_id":${bobs.payload.account_id},"change_id":${bobs.payload.change_id}}`).waitFor();

    await window.look('the page of jobs');

    // Looking again and again moves neither what is unfolded nor the focus.
    const retry = page.getByRole('button', { name: `Retry: job ${anns.id}, email_confirmation` });
    await retry.focus();
    await looked(page);
    assert.ok(await rows.first().locator('details').evaluate((details) => /** @type {HTMLDetailsElement} */ (details).open));
    assert.ok(await retry.evaluate((button) => button === document.activeElement));

    // Not before it is confirmed.
    mail.answer = '250 OK';
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: `Retry job ${anns.id}?` });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    assert.equal((await sue.get('/admin/dead-jobs')).items.length, 2);
    await retry.click();
    await dialog.getByRole('button', { name: 'Retry' }).click();
    await page.getByRole('status').filter({ hasText: `Job ${anns.id} is back in its queue` }).waitFor();
    await rows.nth(1).waitFor({ state: 'detached' });
    await eventually(() => mail.mails.some((one) => one.includes('ann@example.org')), 'the mail is sent');
    assert.equal((await sue.get('/admin/dead-jobs')).items[0].id, bobs.id);
    const next = page.getByRole('button', { name: `Retry: job ${bobs.id}, email_confirmation` });
    await eventually(() => next.evaluate((button) => button === document.activeElement), 'the next row has the focus');

    await page.getByRole('button', { name: `Drop: job ${bobs.id}, email_confirmation` }).click();
    await page.getByRole('dialog', { name: `Drop job ${bobs.id}?` }).getByRole('button', { name: 'Drop' }).click();
    await page.getByText('No job is dead.').waitFor();
    assert.deepEqual((await sue.get('/admin/dead-jobs')).items, []);
    assert.equal(mail.mails.length, 1);
    const did = (await sue.get('/admin/audit-log?subject=dead_job')).items;
    assert.deepEqual(did.map(({ action, subject_id }) => [action, subject_id]), [['dead_job.drop', bobs.id], ['dead_job.retry', anns.id]]);

    // What became of them is in the chart, in words too.
    await page.locator('#chart-summary').filter({ hasText: '2 jobs died' }).waitFor();
    await page.getByText('The same as a table').click();
    await page.locator('#chart-table tbody tr').first().waitFor();
    assert.match((await page.locator('#chart svg').getAttribute('aria-label')) ?? '', /2 jobs died/);

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Password').waitFor();
    assert.deepEqual(await page.evaluate(() => ({ ...sessionStorage, ...localStorage })), {});
    assert.equal(await page.locator('#jobs tbody tr').count(), 0);
    window.assertSound('whoever looks');
  } finally {
    await kith.dispose();
    mail.stop();
  }
});

test('all dead jobs of a queue are brought back at once, by the keyboard, on a phone in the dark', async () => {
  const mail = await MailServer.start();
  const { kith, sue } = await kithOf(mail, ['ann', 'bob']);
  try {
    const phone = /** @type {const} */ ({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
    const { window, page } = await open(kith.url, phone);
    await signIn(page, 'sue');
    await page.locator('#jobs tbody tr').nth(1).waitFor();
    await window.look('the page of jobs, on a phone');

    const tab = (/** @type {string} */ name) => page.getByRole('tab', { name });
    await tab('Dead').focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('No job has failed.').waitFor();
    assert.equal(await tab('Failed').getAttribute('aria-selected'), 'true');
    await page.keyboard.press('Home');
    await page.locator('#jobs tbody tr').nth(1).waitFor();
    await page.locator('#filter-queue').selectOption('media');
    await page.getByText('None that the filter names.').waitFor();
    assert.ok(await page.getByRole('button', { name: 'Retry all' }).isDisabled());
    await page.locator('#filter-queue').selectOption('email');
    await page.locator('#jobs tbody tr').nth(1).waitFor();

    mail.answer = '250 OK';
    await page.getByRole('button', { name: 'Retry all' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('All dead jobs of the queue email are put back').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Retry all' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: '2 jobs are back in their queues.' }).waitFor();
    await eventually(() => mail.mails.length === 2, 'both mails are sent');
    assert.deepEqual((await sue.get('/admin/dead-jobs')).items, []);
    window.assertSound('whoever looks');
  } finally {
    await kith.dispose();
    mail.stop();
  }
});

test('who is not staff is told so, and sees nothing', async () => {
  const kith = await Kith.start();
  try {
    await kith.person('ann');
    const { window, page } = await open(kith.url);
    await signIn(page, 'ann');
    await page.getByRole('heading', { name: 'This page is for staff' }).waitFor();
    await page.getByText('ann is signed in, and is not one of the staff.').waitFor();
    await window.look('the word to whoever is not staff');
    assert.ok(!(await page.locator('#board').isVisible()));
    await page.reload();
    await page.getByRole('heading', { name: 'This page is for staff' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Password').waitFor();
    window.assertSound('whoever looks');
  } finally {
    await kith.dispose();
  }
});

test('tabs share a session, whichever of them renews it, and leave it together', async () => {
  const kith = await Kith.start();
  try {
    const sue = await kith.staff('sue');
    const { window, page } = await open(kith.url);
    await signIn(page, 'sue');
    await page.getByRole('heading', { name: 'Queues' }).waitFor();
    const other = await window.tab();
    await other.goto('/staff/jobs');
    await other.getByRole('heading', { name: 'Queues' }).waitFor();
    for (const tab of [page, other]) {
      // One that kept a refresh token for itself would show one that is long used, and end the session.
      const before = await tab.evaluate(() => {
        const session = JSON.parse(localStorage.getItem('kith.staff-session') ?? '');
        localStorage.setItem('kith.staff-session', JSON.stringify({ ...session, access_token: 'spoiled' }));
        return session.refresh_token;
      });
      for (const each of [page, other]) {
        await each.waitForFunction((before) => JSON.parse(localStorage.getItem('kith.staff-session') ?? '{}').refresh_token !== before, before);
        await looked(each);
      }
    }
    assert.equal((await sue.get('/sessions')).items.length, 2);
    await page.getByRole('button', { name: 'Sign out' }).click();
    for (const tab of [page, other]) await tab.getByLabel('Password').waitFor();
    assert.equal(await other.locator('#queues tbody tr').count(), 0);
    await eventually(async () => (await sue.get('/sessions')).items.length === 1, 'the session has ended');
    window.assertSound('sue');
  } finally {
    await kith.dispose();
  }
});
