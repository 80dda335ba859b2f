// A chart of what became of jobs: how many a minute, and how long after they were asked for. The same is said in words
// and as a table.

import { h } from '../../base/dom.js';
import { byId, say } from './dom.js';
import { clock, count, counted, duration } from './text.js';

const SVG = 'http://www.w3.org/2000/svg';
const BARS = 60;
const HEIGHT = { done: 130, delay: 90 };
const LEFT = 58;
const GAP = 34;
const BOTTOM = 20;

function draw(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** The minutes of a queue, or of all together, joined to at most `BARS` bars. */
export function bars(history, queue) {
  const of = history.queues.filter((one) => !queue || one.queue === queue);
  const minutes = of[0]?.done.length ?? 0;
  const width = Math.ceil(minutes / BARS);
  const begins = Date.parse(history.begins_at);
  const joined = [];
  for (let first = 0; first < minutes; first += width) {
    const bar = { at: begins + first * 60_000, minutes: Math.min(width, minutes - first), done: 0, retried: 0, dead: 0, delay: 0, slowest: 0 };
    for (const one of of) {
      for (let minute = first; minute < first + bar.minutes; minute += 1) {
        bar.done += one.done[minute];
        bar.retried += one.retried[minute];
        bar.dead += one.dead[minute];
        bar.delay += one.delay_mean[minute] * one.done[minute];
        bar.slowest = Math.max(bar.slowest, one.delay_max[minute]);
      }
    }
    bar.delay = bar.done ? bar.delay / bar.done : 0;
    joined.push(bar);
  }
  return joined;
}

/** A round number that is not below `value`. */
function round(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value);
}

/** Shows a history. */
export function showChart(history, queue, now) {
  const all = bars(history, queue);
  const text = summary(all);
  say(byId('chart-summary'), text);
  const box = byId('chart');
  const width = Math.max(box.clientWidth, 280);
  box.replaceChildren(picture(all, width, text, now));
  if (byId('chart-details').open) byId('chart-table').replaceChildren(table(all, now));
  else byId('chart-table').replaceChildren();
}

function summary(all) {
  const sum = (of) => all.reduce((so, bar) => so + of(bar), 0);
  const done = sum((bar) => bar.done);
  const failed = `${counted(sum((bar) => bar.retried), 'try', 'tries')} failed, ${counted(sum((bar) => bar.dead), 'job')} died.`;
  const began = `${counted(done, 'job')} done, ${failed}`;
  if (!done) return began;
  const mean = sum((bar) => bar.delay * bar.done) / done;
  return `${began} From asked for to done ${duration(mean)} on average, ${duration(Math.max(...all.map((bar) => bar.slowest)))} at most.`;
}

function picture(all, width, text, now) {
  const height = HEIGHT.done + GAP + HEIGHT.delay + BOTTOM + 16;
  const svg = draw('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': text });
  const inner = width - LEFT - 4;
  const step = inner / Math.max(all.length, 1);
  const x = (index) => LEFT + index * step;

  const rate = (bar, of) => bar[of] / bar.minutes;
  const most = round(Math.max(1, ...all.map((bar) => (bar.done + bar.retried + bar.dead) / bar.minutes)));
  const top = 16;
  axis(svg, top, HEIGHT.done, width, count(most), 'jobs a minute:', [['done', 'done'], ['retried', 'failed tries'], ['dead', 'dead']]);
  all.forEach((bar, index) => {
    let y = top + HEIGHT.done;
    for (const of of ['done', 'retried', 'dead']) {
      const tall = (rate(bar, of) / most) * HEIGHT.done;
      if (!tall) continue;
      // What failed is seen even where it is little beside what was done.
      const seen = of === 'done' ? tall : Math.max(tall, 3);
      y -= seen;
      svg.append(draw('rect', { class: of, x: x(index) + 0.5, y: Math.max(y, top), width: Math.max(step - 1, 1), height: seen },
        draw('title', {}, `${clock(bar.at, now)}: ${count(bar[of])} ${of}`)));
    }
  });

  const second = top + HEIGHT.done + GAP;
  const slowest = Math.max(1_000, ...all.map((bar) => bar.slowest));
  axis(svg, second, HEIGHT.delay, width, duration(slowest), 'from asked for to done, on a logarithmic scale:', [['mean', 'mean'], ['slowest', 'slowest']]);
  const y = (value) => second + HEIGHT.delay * (1 - Math.log1p(value / 1_000) / Math.log1p(slowest / 1_000));
  for (const [of, kind] of [['slowest', 'slowest'], ['delay', 'mean']]) {
    const points = all.flatMap((bar, index) => (bar.done ? [`${x(index) + step / 2},${y(bar[of])}`] : []));
    svg.append(draw('polyline', { class: kind, points: points.join(' ') }));
    for (const point of points) {
      const [cx, cy] = point.split(',');
      svg.append(draw('circle', { class: kind, cx, cy, r: 1.8 }));
    }
  }

  const bottom = second + HEIGHT.delay + 15;
  svg.append(draw('text', { x: LEFT, y: bottom }, all.length ? clock(all[0].at, now) : ''));
  svg.append(draw('text', { x: width - 4, y: bottom, 'text-anchor': 'end' }, 'now'));
  return svg;
}

function axis(svg, top, height, width, most, name, legend) {
  for (const [y, label] of [[top, most], [top + height, '0']]) {
    svg.append(draw('line', { x1: LEFT, x2: width - 4, y1: y, y2: y }));
    svg.append(draw('text', { x: LEFT - 6, y: y + 4, 'text-anchor': 'end' }, label));
  }
  const words = legend.map(([kind, word]) => draw('tspan', { class: kind, dx: 6 }, word));
  svg.append(draw('text', { x: LEFT, y: top - 5 }, name, ...words));
}

function table(all, now) {
  const head = ['From', 'Minutes', 'Done', 'Failed tries', 'Dead', 'Mean delay', 'Slowest'];
  const rows = all.filter((bar) => bar.done + bar.retried + bar.dead > 0).reverse().map((bar) => {
    const cells = [count(bar.minutes), count(bar.done), count(bar.retried), count(bar.dead),
      bar.done ? duration(bar.delay) : '–', bar.done ? duration(bar.slowest) : '–'];
    return h('tr', {}, h('th', { scope: 'row' }, clock(bar.at, now)), cells.map((cell, index) => h('td', { 'data-label': head[index + 1] }, cell)));
  });
  if (!rows.length) return h('p', {}, 'Nothing was done in this time.');
  const heads = h('tr', {}, head.map((label) => h('th', { scope: 'col' }, label)));
  return h('table', {}, h('thead', {}, heads), h('tbody', {}, rows));
}
