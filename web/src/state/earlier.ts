// The other period that an answer is compared with: the one before, the same a year before; and the days that an answer states.
import { addSteps, dayMs, dayOf, isRange, rangeOf, spanOf, type TimeRange } from './time.ts';

/** How many months of the calendar a span is; undefined where it is not whole ones. */
function monthsOf([start, end]: [number, number]): number | undefined {
  const [a, b] = [new Date(start), new Date(end)];
  if (a.getUTCDate() !== 1 || b.getUTCDate() !== 1) return undefined;
  return (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
}

/** What ends where the range begins, and is as long: in months where the range is whole months, else in days. */
export function periodBefore(range: TimeRange): TimeRange {
  const [start, end] = spanOf(range);
  const months = monthsOf([start, end]);
  return rangeOf([months === undefined ? start - (end - start) : addSteps(start, 'month', -months), start]);
}

/** The same days of the calendar, a year earlier. */
export function yearBefore(range: TimeRange): TimeRange {
  const [start, end] = spanOf(range);
  return rangeOf([addSteps(start, 'year', -1), addSteps(end, 'year', -1)]);
}

export const daysIn = (range: TimeRange): number => {
  const [start, end] = spanOf(range);
  return Math.round((end - start) / dayMs);
};

/** The days of an interval as an answer states it, "start/end" without its end; undefined where an end is open. */
export function daysOf(interval: unknown): TimeRange | undefined {
  if (typeof interval !== 'string') return undefined;
  const [start = NaN, end = NaN, ...rest] = interval.split('/').map((t) => Date.parse(t));
  if (rest.length || !Number.isFinite(start) || !Number.isFinite(end)) return undefined;
  const range = { from: dayOf(start), to: dayOf(Math.max(start, end - 1)) };
  return isRange(range) ? range : undefined;
}
