// Windows of a real browser (Debian's Chromium, or CHROMIUM), which fail a test by whatever goes wrong in them.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What a browser says by itself when a server is away or refuses: not the page's fault. */
const REFUSED = /^Failed to load resource: the server responded with a status of (\d+)/;
const AWAY = /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_SOCKET_NOT_CONNECTED|WebSocket connection to/;

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Locator} Locator */

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGUMENTS });

/** A window of somebody's own: no cookie, no storage is another's. */
export class Window {
  /** Faults of the page so far. @type {string[]} */
  faults = [];
  /** Whether the server may be away. */
  alone = false;
  /** Statuses that the page may be refused with. @type {number[]} */
  refusals = [];

  /**
   * @param {import('playwright-core').Browser} browser
   * @param {string} url Where its server is.
   * @param {import('playwright-core').BrowserContextOptions} [options]
   */
  static async open(browser, url, options) {
    const context = await browser.newContext({ baseURL: url, reducedMotion: 'reduce', ...options });
    context.setDefaultTimeout(60_000); // a machine that builds besides stands still at times
    await context.addInitScript(() => {
      // So that a test can cut them: going offline leaves them alone.
      const sockets = (/** @type {any} */ (globalThis).sockets = []);
      globalThis.WebSocket = class extends WebSocket {
        /** @param {string | URL} url */
        constructor(url) {
          super(url);
          sockets.push(this);
        }
      };
    });
    const window = new Window(context, url);
    window.page = await window.tab();
    return window;
  }

  /** @param {import('playwright-core').BrowserContext} context @param {string} url */
  constructor(context, url) {
    this.context = context;
    this.url = url;
    /** @type {Page} */
    this.page = /** @type {any} */ (undefined);
  }

  /** One more tab of the same window. */
  async tab() {
    const page = await this.context.newPage();
    page.on('pageerror', (error) => this.faults.push(`an error: ${error.stack}`));
    page.on('request', (request) => {
      if (new URL(request.url()).host !== new URL(this.url).host) this.faults.push(`a request to ${request.url()}`);
    });
    page.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      const [, status] = REFUSED.exec(message.text()) ?? [];
      if (this.refusals.includes(Number(status)) || (this.alone && AWAY.test(message.text()))) return;
      this.faults.push(`${message.type()} in the console: ${message.text()} (${message.location().url})`);
    });
    return page;
  }

  /** @param {string} path */
  async go(path) {
    await this.page.goto(path);
  }

  /** Goes to a view and waits for it. @param {string} view @param {string | RegExp} heading */
  async see(view, heading) {
    await this.page.goto(`/#/${view}`);
    await this.heading(heading).waitFor();
  }

  /** @param {string | RegExp} name */
  heading(name) {
    return this.page.getByRole('heading', { level: 1, name });
  }

  /** @param {string | RegExp} name */
  button(name) {
    return this.page.getByRole('button', { name });
  }

  /**
   * Holds the answer to the next request back that fits: `asked` when the server has given it, on its way again after `release`.
   * @param {string} pattern
   */
  async hold(pattern) {
    let [reach, release] = [() => {}, () => {}];
    const asked = /** @type {Promise<void>} */ (new Promise((resolve) => (reach = resolve)));
    const released = /** @type {Promise<void>} */ (new Promise((resolve) => (release = resolve)));
    await this.page.route(pattern, async (route) => {
      const response = await route.fetch();
      reach();
      await released;
      await route.fulfill({ response }).catch(() => {}); // nobody may wait for it any more
    }, { times: 1 });
    return { asked, release };
  }

  /** The number beside the name of a view: none is empty. @param {string} view */
  badge(view) {
    return this.page.locator(`[data-badge="${view}"]`);
  }

  /** @param {string} state */
  async link(state) {
    await this.page.locator(`#link[data-state="${state}"]`).waitFor({ state: 'attached' });
  }

  /** Presses Tab until something has the focus. @param {Locator} locator */
  async tabTo(locator) {
    await locator.waitFor();
    for (let presses = 0; presses < 60; presses += 1) {
      if (await locator.evaluate((node) => node === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard does not get to ${locator}`);
  }

  /** What the keyboard is at. */
  focused() {
    return this.page.evaluate(() => document.activeElement?.textContent || document.activeElement?.getAttribute('name'));
  }

  /** Cuts the window off, as a tunnel does. */
  async cut() {
    this.alone = true;
    await this.context.setOffline(true);
    for (const page of this.context.pages()) {
      await page.evaluate(() => /** @type {any} */ (globalThis).sockets.forEach((/** @type {WebSocket} */ socket) => socket.close()));
    }
    await this.link('waiting');
  }

  async mend() {
    await this.context.setOffline(false);
    await this.link('open');
    this.alone = false;
  }

  /** Fails when something is wider than the window, or keeps somebody from using the page. @param {string} where */
  async look(where) {
    const wider = await this.page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      if (scrollWidth <= clientWidth) return [];
      const over = (/** @type {Element} */ node) => node.getBoundingClientRect().right > clientWidth + 1;
      return [...document.body.querySelectorAll('*')].filter(over).map((node) => node.outerHTML.slice(0, 120));
    });
    assert.deepEqual(wider, [], `${where} is wider than the window`);
    if (!(await this.page.evaluate(() => 'axe' in globalThis))) {
      // By the debugger, not as a script of the page, whose policy takes none from elsewhere.
      await this.page.evaluate(await import('node:fs').then(({ readFileSync }) => readFileSync(axe, 'utf8')));
    }
    const { violations } = await this.page.evaluate(() => /** @type {any} */ (globalThis).axe.run({ resultTypes: ['violations'] }));
    const grave = violations.filter((/** @type {any} */ { impact }) => impact === 'serious' || impact === 'critical');
    const told = grave.map((/** @type {any} */ { id, help, nodes }) => [id, help, nodes[0].html, nodes[0].any[0]?.message]);
    assert.deepEqual(told, [], `${where} keeps somebody from using it`);
  }

  /** Fails by what went wrong so far. @param {string} whose */
  assertSound(whose) {
    assert.deepEqual(this.faults, [], `faults in the window of ${whose}`);
  }
}
