// Queues and jobs as tables.

import { h } from '../../base/dom.js';
import { byId, keyed, say, show } from './dom.js';
import { clock, count, counted, distance, span } from './text.js';

/** The lists of jobs: what they are, what is shown of each job, and what may be done with it. */
export const LISTS = {
  dead: {
    about: 'Jobs that failed for good. They are kept for 30 days, unless the operator has said otherwise.',
    none: 'No job is dead.',
    times: [['Died', (job) => job.died_at]],
    actions: [
      { name: 'retry', label: 'Retry', method: 'POST', path: (id) => `dead-jobs/${id}/retry` },
      { name: 'drop', label: 'Drop', method: 'DELETE', path: (id) => `dead-jobs/${id}` },
    ],
    all: [
      { name: 'retry', label: 'Retry all', path: 'dead-jobs/retry' },
      { name: 'drop', label: 'Drop all', path: 'dead-jobs/drop' },
    ],
  },
  failed: {
    about: 'Jobs that failed, and are tried again by themselves.',
    none: 'No job has failed.',
    times: [['Asked', (job) => job.asked_at], ['Next try', (job) => job.next_try_at]],
    actions: [{ name: 'try', label: 'Try now', method: 'POST', path: (id) => `jobs/${id}/try` }],
    all: [{ name: 'try', label: 'Try all now', path: 'jobs/try' }],
  },
  running: {
    about: 'Jobs that are handed to a worker: in its queue, or being done.',
    none: 'No job is running.',
    times: [['Asked', (job) => job.asked_at], ['Held until', (job) => job.held_until]],
    actions: [],
    all: [],
  },
  waiting: {
    about: 'Jobs that wait for their first try, some of them on purpose.',
    none: 'No job waits.',
    times: [['Asked', (job) => job.asked_at], ['Next try', (job) => job.next_try_at]],
    actions: [],
    all: [],
  },
};

const COUNTS = ['waiting', 'due', 'running', 'failed', 'dead'];

/** Shows the queues, and how many jobs each list has. */
export function showQueues(queues, now) {
  const row = (queue) => {
    const cells = [...COUNTS, 'oldest', 'window'].map((name) => h('td', { 'data-label': name, 'data-cell': name }));
    return h('tr', {}, h('th', { scope: 'row' }, queue.queue), cells);
  };
  const cell = (row, name) => row.querySelector(`[data-cell="${name}"]`);
  keyed(byId('queues').tBodies[0], queues, (queue) => queue.queue, row, (tr, queue) => {
    for (const name of COUNTS) say(cell(tr, name), count(queue[name]));
    cell(tr, 'failed').classList.toggle('worry', queue.failed > 0);
    cell(tr, 'dead').classList.toggle('fault', queue.dead > 0);
    say(cell(tr, 'oldest'), queue.oldest_at ? span(Math.max(Math.round((now - new Date(queue.oldest_at)) / 1_000), 0)) : '–');
    say(cell(tr, 'window'), queue.window === null ? 'away' : count(queue.window));
  });
  for (const tab of document.querySelectorAll('[role=tab]')) {
    const sum = queues.reduce((all, queue) => all + queue[tab.dataset.list], 0);
    say(tab.querySelector('.count'), count(sum));
  }
}

/** Shows a list of jobs; `act` is called with what a button of one stands for. */
export function showJobs(name, jobs, now, act) {
  const list = LISTS[name];
  const table = byId('jobs');
  if (table.dataset.list !== name) {
    table.dataset.list = name;
    table.tBodies[0].replaceChildren();
    const head = ['Job', 'What', 'Tried', ...list.times.map(([label]) => label), 'Error and payload'];
    const cells = head.map((label) => h('th', { scope: 'col' }, label));
    if (list.actions.length) cells.push(h('th', { scope: 'col' }, h('span', { class: 'unseen' }, 'Actions')));
    table.tHead.replaceChildren(h('tr', {}, cells));
    say(byId('list-about'), list.about);
  }
  keyed(table.tBodies[0], jobs, (job) => job.id, (job) => jobRow(list, job, act), (row, job) => update(row, list, job, now));
  show(table, jobs.length > 0);
  show(byId('empty'), jobs.length === 0);
}

function jobRow(list, job, act) {
  const cell = (name, label, ...children) => h('td', { 'data-cell': name, 'data-label': label }, children);
  const times = list.times.map(([label], index) => cell(`time${index}`, label, h('time')));
  const unfolded = h('details', {}, h('summary', {}, h('span')), h('pre', { class: 'whole' }), h('pre', { class: 'payload' }));
  const buttons = list.actions.map((action) => {
    const name = `${action.label}: job ${job.id}, ${job.name}`;
    const button = h('button', { type: 'button', 'data-action': action.name, 'aria-label': name }, action.label);
    button.addEventListener('click', () => act(action, job, button));
    return button;
  });
  const id = h('th', { scope: 'row', 'data-cell': 'id' });
  const actions = buttons.length ? h('td', { class: 'actions' }, buttons) : null;
  return h('tr', {}, id, cell('what', 'What'), cell('tried', 'Tried'), times, cell('error', 'Error and payload', unfolded), actions);
}

function update(row, list, job, now) {
  const cell = (name) => row.querySelector(`[data-cell="${name}"]`);
  say(cell('id'), String(job.id));
  say(cell('what'), `${job.queue}: ${job.name}`);
  say(cell('tried'), counted(job.attempts, 'time'));
  list.times.forEach(([, of], index) => {
    const time = cell(`time${index}`).firstElementChild;
    const at = of(job);
    say(time, distance(at, now));
    time.dateTime = at;
    time.title = clock(at, now);
  });
  const unfolded = cell('error').firstElementChild;
  const [summary, whole, payload] = unfolded.children;
  say(summary.firstElementChild, job.error ? job.error.slice(0, 300) : 'Nothing has gone wrong yet');
  summary.classList.toggle('soft', !job.error);
  const holder = job.holder ? `\nin the hand of ${job.holder}` : '';
  say(whole, job.error && (job.error.length > 300 || /[\n\r]/.test(job.error)) ? job.error : '');
  show(whole, whole.textContent !== '');
  say(payload, `${JSON.stringify(job.payload)}\nasked for ${job.asked_at}${holder}`);
}
