// Scales and ticks of the charts: value to pixel, round values for the grid, and names for stretches of time.
import { addSteps, dayMs, startOf, type Domain, type Step } from '../state/time.ts';

export type Scale = (value: number) => number;

export const linear = ([from, to]: [number, number], [start, end]: [number, number]): Scale => (value) => start + ((value - from) / (to - from || 1)) * (end - start);

/** Time runs with the writing: from right to left where the page does. */
export const timeScale = (domain: Domain, width: number, mirrored: boolean): Scale => linear(domain, mirrored ? [width, 0] : [0, width]);

const rounds = [1, 2, 2.5, 5, 10];

/** Round values from 0, at most `most` of them above 0, the last at or beyond the largest value. Whole numbers for counts. */
export function roundTicks(largest: number, most: number, whole = true): number[] {
  if (!(largest > 0)) return [0, 1];
  const rough = largest / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const fitting = rounds.map((r) => r * power).find((s) => s >= rough * (1 - 1e-9)) ?? 10 * power;
  const step = whole ? Math.max(1, Math.ceil(fitting)) : fitting;
  return Array.from({ length: Math.ceil(largest / step - 1e-9) + 1 }, (_, i) => +(i * step).toPrecision(12));
}

const yearsApart = [1, 2, 5, 10, 20, 50, 100];

const apart = 10;

/** Between labels that name a period each, in pixels: they are read one by one. */
const between = 6;

/** In how many rows, one beneath the other, labels stand that would touch in one: each has the room of as many periods, `slot` pixels each. */
export const rowsOf = (widest: number, slot: number): number => (slot > 0 ? Math.max(1, Math.ceil((widest + between) / slot)) : 1);

/** Where a label of that width has its middle: as near to `at` as it is whole between two edges. */
export const heldIn = (at: number, width: number, from: number, to: number): number => Math.max(from + width / 2, Math.min(at, to - width / 2));

/** Where the axis of a stretch of time is labelled: days, weeks, months, quarters or years, the finest whose labels, `widthOf` pixels each, keep apart. */
export function timeTicks([start, end]: Domain, width: number, widthOf: (t: number, step: Step) => number): { step: Step; at: number[] } {
  const fit = (at: number[], step: Step) => at.length * (24 + apart) <= width && at.length * (Math.max(...at.map((t) => widthOf(t, step))) + apart) <= width;
  for (const step of ['day', 'week', 'month', 'quarter'] as const) {
    const at = every(start, end, step);
    if (at.length && fit(at, step)) return { step, at };
  }
  const years = every(start, end, 'year');
  for (const n of yearsApart) {
    const at = years.filter((t) => new Date(t).getUTCFullYear() % n === 0);
    if (at.length && fit(at, 'year')) return { step: 'year', at };
  }
  return { step: 'year', at: [start] };
}

/** At most a few thousand steps: beyond that there are no labels to place. */
function every(start: number, end: number, step: Step): number[] {
  if ((end - start) / dayMs > 200_000) return [];
  const at: number[] = [];
  let t = startOf(start, step);
  if (t < start) t = addSteps(t, step, 1);
  for (; t < end; t = addSteps(t, step, 1)) {
    at.push(t);
    if (at.length > 4000) return at;
  }
  return at;
}
