// Numbers and times, as people say them.

const number = new Intl.NumberFormat('en');
const fine = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** A count. */
export const count = (value) => number.format(value);

/** A count of things. */
export const counted = (value, one, many = `${one}s`) => `${count(value)} ${value === 1 ? one : many}`;

/** How long something took, of microseconds. */
export function duration(microseconds) {
  if (microseconds < 1_000) return `${fine.format(microseconds)} µs`;
  if (microseconds < 1_000_000) return `${fine.format(microseconds / 1_000)} ms`;
  return span(microseconds / 1_000_000);
}

/** How long something is, of seconds. */
export function span(seconds) {
  const steps = [[120, 1, 's'], [7_200, 60, 'min'], [172_800, 3_600, 'h'], [Infinity, 86_400, 'days']];
  const [, unit, name] = steps.find(([below]) => seconds < below);
  return `${unit === 1 ? fine.format(Math.max(seconds, 0)) : Math.floor(seconds / unit)} ${name}`;
}

/** How far a time is from now. */
export function distance(time, now) {
  const seconds = Math.round((new Date(time) - now) / 1_000);
  if (Math.abs(seconds) < 1) return 'now';
  return seconds > 0 ? `in ${span(seconds)}` : `${span(-seconds)} ago`;
}

/** A time of day, with the day when it is another. */
export function clock(time, now) {
  const at = new Date(time);
  const style = { hour: '2-digit', minute: '2-digit', second: '2-digit' };
  const same = at.toDateString() === new Date(now).toDateString();
  return at.toLocaleString(undefined, same ? style : { ...style, year: 'numeric', month: 'short', day: 'numeric' });
}
