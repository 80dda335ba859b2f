// Queues and jobs as tables.

import { byId, keyed, make, say, show } from './dom.js';
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
    const cells = [...COUNTS, 'oldest', 'window'].map((name) => make('td', { dataset: { label: name, cell: name } }));
    return make('tr', {}, make('th', { scope: 'row' }, queue.queue), ...cells);
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
    const cells = head.map((label) => make('th', { scope: 'col' }, label));
    if (list.actions.length) cells.push(make('th', { scope: 'col' }, make('span', { className: 'unseen' }, 'Actions')));
    table.tHead.replaceChildren(make('tr', {}, ...cells));
    say(byId('list-about'), list.about);
  }
  keyed(table.tBodies[0], jobs, (job) => job.id, (job) => jobRow(list, job, act), (row, job) => update(row, list, job, now));
  show(table, jobs.length > 0);
  show(byId('empty'), jobs.length === 0);
}

function jobRow(list, job, act) {
  const cell = (name, label, ...children) => make('td', { dataset: { cell: name, label } }, ...children);
  const times = list.times.map(([label], index) => cell(`time${index}`, label, make('time')));
  const unfolded = make('details', {}, make('summary', {}, make('span')), make('pre', { className: 'whole' }), make('pre', { className: 'payload' }));
  const buttons = list.actions.map((action) => {
    const button = make('button', { type: 'button', dataset: { action: action.name } }, action.label);
    button.setAttribute('aria-label', `${action.label}: job ${job.id}, ${job.name}`);
    button.addEventListener('click', () => act(action, job, button));
    return button;
  });
  const id = make('th', { scope: 'row', dataset: { cell: 'id' } });
  const row = make('tr', {}, id, cell('what', 'What'), cell('tried', 'Tried'), ...times, cell('error', 'Error and payload', unfolded));
  if (buttons.length) row.append(make('td', { className: 'actions' }, ...buttons));
  return row;
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
