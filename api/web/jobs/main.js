// The page of queues and jobs: who looks, what they see, what they do. All of it through v1.

import { h } from '../../base/dom.js';
import { Problem, now } from '../../base/http.js';
import { Session } from '../../base/session.js';
import { showChart } from './chart.js';
import { ask, byId, say, show } from './dom.js';
import { LISTS, showJobs, showQueues } from './lists.js';
import { clock, counted } from './text.js';

const EVERY = 4_000;
const PART = 25;
const MOST = 100;

/** Another than that of the console: one may look at it as somebody else. */
const session = new Session('kith.staff-session', leave);

/** What is looked at. */
const view = { list: 'dead', shown: PART, history: null };
/** Counts the looks: what an older one answers late is not shown. */
let look = 0;
let timer = null;

/** Shows one of the three: `sign-in`, `refused`, `board`. */
function stand(name) {
  const before = ['sign-in', 'refused', 'board'].find((id) => !byId(id).hidden);
  for (const id of ['sign-in', 'refused', 'board']) show(byId(id), id === name);
  show(byId('who'), session.isSignedIn);
  show(byId('sign-out'), session.isSignedIn);
  say(byId('who'), session.username);
  if (before === name) return;
  if (name === 'sign-in') byId('sign-in').elements.login.focus();
  else if (before) byId(name === 'board' ? 'queues-title' : 'refused-title').focus();
}

function trouble(text) {
  say(byId('trouble'), text);
  show(byId('trouble'), text !== '');
}

const filter = () => ({ queue: byId('filter-queue').value, name: byId('filter-name').value.trim() });

/** The jobs of the list, as many as are shown. */
async function jobs() {
  const items = [];
  let cursor;
  do {
    const limit = Math.min(view.shown - items.length, MOST);
    const which = { ...filter(), limit, cursor };
    const [path, query] = view.list === 'dead' ? ['admin/dead-jobs', which] : ['admin/jobs', { ...which, state: view.list }];
    const part = await session.call('GET', path, { query });
    items.push(...part.items);
    cursor = part.next;
  } while (cursor && items.length < view.shown);
  return { items, more: Boolean(cursor) };
}

/** Looks once, and again in a while. */
async function refresh() {
  clearTimeout(timer);
  const mine = ++look;
  try {
    const query = { minutes: byId('chart-minutes').value };
    const [queues, history, list] = await Promise.all([
      session.call('GET', 'admin/queues'), session.call('GET', 'admin/queues/history', { query }), jobs(),
    ]);
    if (mine !== look) return;
    stand('board');
    trouble('');
    showQueues(queues.items, now());
    view.history = history;
    chart();
    showList(list);
    say(byId('as-of'), `As of ${clock(now(), now())}.`);
  } catch (error) {
    if (mine !== look) return;
    if (!failed(error)) return;
  }
  timer = setTimeout(refresh, EVERY);
}

/** Says what went wrong; answers whether it is worth another look. */
function failed(error) {
  if (!(error instanceof Problem)) throw error; // not the server's: ours
  if (error.code === 'offline') {
    trouble('The server does not answer. What you see may be old; this page goes on trying.');
    return true;
  }
  if (error.status === 401 && !session.isSignedIn) return false; // `leave` has said so
  if (error.code === 'not_staff') {
    trouble('');
    say(byId('refused-name'), session.username);
    stand('refused');
    return false;
  }
  const fields = Object.entries(error.errors).map(([name, messages]) => `${name}: ${messages.join(' ')}`);
  trouble([error.message, ...fields].join(' '));
  return true;
}

function chart() {
  if (view.history) showChart(view.history, byId('chart-queue').value, now());
}

function showList({ items, more }) {
  const list = LISTS[view.list];
  showJobs(view.list, items, now(), act);
  const { queue, name } = filter();
  say(byId('empty'), queue || name ? 'None that the filter names.' : list.none);
  show(byId('more'), more);
  const bar = byId('all-actions');
  if (bar.dataset.list !== view.list) {
    bar.dataset.list = view.list;
    bar.replaceChildren(...list.all.map((action) => {
      const button = h('button', { type: 'button', 'data-all': action.name }, action.label);
      button.addEventListener('click', () => actOnAll(action));
      return button;
    }));
  }
  for (const button of bar.children) button.disabled = items.length === 0;
  const known = new Set([...byId('names').children].map((option) => option.value));
  for (const { name: one } of items) {
    if (!known.has(one)) byId('names').append(h('option', { value: one }));
    known.add(one);
  }
}

const QUESTIONS = {
  retry: (job) => [`Retry job ${job.id}?`, `${job.name} is put back into the queue ${job.queue} and tried anew.`, 'Retry'],
  drop: (job) => [`Drop job ${job.id}?`, `${job.name} will never be done. This can't be undone.`, 'Drop'],
  try: (job) => [`Try job ${job.id} now?`, `${job.name} does not wait for its next try.`, 'Try now'],
};
const SAID = {
  retry: (job, answer) => `Job ${job.id} is back in its queue, as job ${answer.id}.`,
  drop: (job) => `Job ${job.id} is gone.`,
  try: (job) => `Job ${job.id} is tried now.`,
};

/** Does something with a job, when whoever asked for it is sure. */
async function act(action, job, button) {
  if (!(await ask(...QUESTIONS[action.name](job)))) return;
  const row = button.closest('tr');
  const place = [...row.parentElement.children].indexOf(row);
  const kept = await doing(async () => {
    const answer = await session.call(action.method, `admin/${action.path(job.id)}`);
    say(byId('said'), SAID[action.name](job, answer));
  }, () => say(byId('said'), `Job ${job.id} is no longer there.`));
  if (kept) refocus(place, action.name);
}

/** The row may be gone, and with it the button that had the focus: the next one has it then. */
function refocus(place, name) {
  if (document.activeElement && document.activeElement !== document.body) return;
  const rows = byId('jobs').tBodies[0].rows;
  const next = rows[Math.min(place, rows.length - 1)]?.querySelector(`[data-action="${name}"]`);
  (next ?? byId(`tab-${view.list}`)).focus();
}

const ALL = {
  retry: ['Retry', 'are put back into their queues and tried anew.', 'are back in their queues.'],
  drop: ['Drop', "will never be done. This can't be undone.", 'are gone.'],
  try: ['Try', 'do not wait for their next try.', 'are tried now.'],
};

/** Does something with all jobs of a list that the filter names, a part after another. */
async function actOnAll(action) {
  const which = filter();
  const [verb, meaning, done] = ALL[action.name];
  const named = [which.queue && `of the queue ${which.queue}`, which.name && `named ${which.name}`].filter(Boolean);
  const these = `All ${view.list} jobs${named.length ? ` ${named.join(', ')}` : ''}`;
  if (!(await ask(`${verb} all?`, `${these} ${meaning}`, action.label))) return;
  const kept = await doing(async () => {
    const jobs = { queue: which.queue || null, name: which.name || null };
    let count = 0;
    let cursor = null;
    do {
      const part = await session.call('POST', `admin/${action.path}`, { body: { ...jobs, cursor } });
      count += part.count;
      cursor = part.next;
    } while (cursor);
    say(byId('said'), `${counted(count, 'job')} ${count === 1 ? done.replace(/^are/, 'is').replace('their queues', 'its queue') : done}`);
  });
  if (kept && (!document.activeElement || document.activeElement === document.body)) byId(`tab-${view.list}`).focus();
}

/** Does it, and looks again; answers whether the board is still there. */
async function doing(change, gone = () => {}) {
  say(byId('said'), '');
  try {
    await change();
  } catch (error) {
    if (error.status === 404) gone();
    else if (!failed(error)) return false;
    else {
      say(byId('said'), error.message);
      return true;
    }
  }
  await refresh();
  return !byId('board').hidden;
}

function choose(name, focus = false) {
  view.list = name;
  view.shown = PART;
  for (const tab of document.querySelectorAll('[role=tab]')) {
    const chosen = tab.dataset.list === name;
    tab.setAttribute('aria-selected', String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    if (chosen) byId('list').setAttribute('aria-labelledby', tab.id);
    if (chosen && focus) tab.focus();
  }
}

/** Nobody is signed in any more, here or in another tab: nothing of what was shown stays. */
function leave(why = '') {
  clearTimeout(timer);
  look += 1;
  view.history = null;
  for (const id of ['queues', 'jobs']) byId(id).tBodies[0].replaceChildren();
  for (const id of ['chart', 'chart-table', 'names']) byId(id).replaceChildren();
  say(byId('said'), '');
  trouble(why);
  stand('sign-in');
}

function begin() {
  choose(view.list);
  byId('sign-in').addEventListener('submit', async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fault = byId('sign-in-fault');
    say(fault, '');
    try {
      await session.signIn(form.elements.login.value, form.elements.password.value);
      form.reset();
      await refresh();
    } catch (error) {
      say(fault, error.message);
      form.elements.password.focus();
    }
  });
  byId('sign-out').addEventListener('click', () => session.signOut());
  const tabs = [...document.querySelectorAll('[role=tab]')];
  for (const tab of tabs) {
    tab.addEventListener('click', () => { choose(tab.dataset.list); refresh(); });
    tab.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const index = event.key === 'Home' ? 0 : event.key === 'End' ? tabs.length - 1 : tabs.indexOf(tab) + (step ?? 0);
      if (!step && event.key !== 'Home' && event.key !== 'End') return;
      event.preventDefault();
      choose(tabs[(index + tabs.length) % tabs.length].dataset.list, true);
      refresh();
    });
  }
  for (const id of ['filter-queue', 'filter-name']) {
    byId(id).addEventListener('change', () => { view.shown = PART; refresh(); });
  }
  byId('more').addEventListener('click', () => { view.shown += PART; refresh(); });
  byId('chart-minutes').addEventListener('change', refresh);
  byId('chart-queue').addEventListener('change', chart);
  byId('chart-details').addEventListener('toggle', chart);
  new ResizeObserver(chart).observe(byId('chart').parentElement);
  // Nobody looks: nothing is asked.
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    if (!document.hidden && session.isSignedIn && byId('refused').hidden) refresh();
  });
  if (session.isSignedIn) refresh();
  else stand('sign-in');
}

begin();
