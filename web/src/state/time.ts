// The one time range: whole days of UTC, both ends inside. Calendar steps, typed days, and how a range stands in a link.

export interface TimeRange {
  /** First day, as 2016-01-01. */
  from: string;
  /** Last day, inside. */
  to: string;
}

export const steps = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Step = (typeof steps)[number];

export const dayMs = 86_400_000;

const isoDay = /^\d{4}-\d{2}-\d{2}$/;

/** Milliseconds at the start of a day; NaN for what is no day (2017-02-31 is none). */
export function msOf(day: string): number {
  const ms = isoDay.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
  return Number.isFinite(ms) && dayOf(ms) === day ? ms : NaN;
}

/** The day that holds a moment. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export const nextDay = (day: string): string => dayOf(msOf(day) + dayMs);

/** Start of the first day and end of the last, in milliseconds. */
export const spanOf = ({ from, to }: TimeRange): [start: number, end: number] => [msOf(from), msOf(to) + dayMs];

export const rangeOf = ([start, end]: [number, number]): TimeRange => ({ from: dayOf(start), to: dayOf(end - 1) });

export const isRange = ({ from, to }: TimeRange): boolean => msOf(from) <= msOf(to);

/** The datetime parameter: a/b holds the whole of its last day. */
export const datetimeOf = (range: TimeRange | undefined): string | undefined => range && `${range.from}/${range.to}`;

export function parseRange(text = ''): TimeRange | undefined {
  const [from = '', to = '', ...rest] = text.split('/');
  const range = { from, to };
  return rest.length === 0 && isRange(range) ? range : undefined;
}

/** A moment to the second in UTC, as it stands in a link; undefined for what is none. */
export function parseMoment(text = ''): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z$/.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isFinite(ms) && dayOf(ms) === text.slice(0, 10) ? `${new Date(ms).toISOString().slice(0, 19)}Z` : undefined;
}

const monthsIn: Record<Step, number> = { day: 0, week: 0, month: 1, quarter: 3, year: 12 };
const daysIn: Record<Step, number> = { day: 1, week: 7, month: 0, quarter: 0, year: 0 };

/** The same moment some steps on; where a month is too short, its last day. */
export function addSteps(ms: number, step: Step, n: number): number {
  if (daysIn[step]) return ms + n * daysIn[step] * dayMs;
  const at = new Date(ms);
  const first = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + n * monthsIn[step], 1);
  const last = new Date(first);
  const length = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() + 1, 0)).getUTCDate();
  return first + (Math.min(at.getUTCDate(), length) - 1) * dayMs + (ms % dayMs + dayMs) % dayMs;
}

/** The start of the step that holds a moment; weeks begin on Monday. */
export function startOf(ms: number, step: Step): number {
  const at = new Date(ms);
  const day = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate());
  if (step === 'day') return day;
  if (step === 'week') return day - ((at.getUTCDay() + 6) % 7) * dayMs;
  const months = monthsIn[step];
  return Date.UTC(at.getUTCFullYear(), Math.floor(at.getUTCMonth() / months) * months, 1);
}

/** All that there is records of: from the first day to the last. */
export type Domain = [start: number, end: number];

/**
 * The range one step on (or back). A window moves as a whole; a cumulative range keeps its start. Undefined past either end:
 * there is nothing to step to.
 */
export function stepped(range: TimeRange, domain: Domain, step: Step, by: 1 | -1, cumulative: boolean): TimeRange | undefined {
  const [start, end] = spanOf(range);
  const next: [number, number] = [cumulative ? start : addSteps(start, step, by), addSteps(end, step, by)];
  const gone = by > 0 ? end >= domain[1] : cumulative ? next[1] <= start : next[1] <= domain[0];
  return gone ? undefined : rangeOf(next);
}

/** How long a window is when play starts from all there is. */
const opening: Record<Step, number> = { day: 30, week: 12, month: 12, quarter: 4, year: 1 };

/** Where play begins: where the range stands, or from the start when it holds the end of all there is. */
export function firstToPlay(range: TimeRange | undefined, domain: Domain, step: Step, cumulative: boolean): TimeRange {
  const whole: Domain = range ? spanOf(range) : domain;
  if (whole[1] < domain[1]) return rangeOf(whole);
  const start = startOf(domain[0], step);
  if (cumulative) return rangeOf([start, addSteps(start, step, 1)]);
  const length = whole[0] > domain[0] ? whole[1] - whole[0] : 0;
  return rangeOf([start, length ? start + length : addSteps(start, step, opening[step])]);
}

/** The step whose bars fit the length of a domain: some tens to some hundreds of them. */
export function barStep([start, end]: Domain): Step {
  const days = (end - start) / dayMs;
  if (days <= 92) return 'day';
  if (days <= 366) return 'week';
  if (days <= 366 * 15) return 'month';
  return days <= 366 * 45 ? 'quarter' : 'year';
}

/** Keeps a span inside the domain without changing its length, where it fits. */
export function held([start, end]: [number, number], [first, last]: Domain): [number, number] {
  const length = Math.min(end - start, last - first);
  const from = Math.min(Math.max(start, first), last - length);
  return [from, from + length];
}
