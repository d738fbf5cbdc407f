// What a chart's numbers say in words: whether a share rose, and shares as "1 in 4".
import type { Figures, Period } from '../api/indicator.ts';

/** The denominator of a share: records that say whether they are hits. */
export const decidedOf = (f: Figures): number => f.decided ?? f.count;

export const withShare = (periods: Period[]): Period[] => periods.filter((p) => decidedOf(p) > 0 && p.share !== undefined);

/** Whether the last share differs from the first: only where their intervals do not meet. */
export function change(periods: Period[]): 'more' | 'fewer' | 'same' {
  const known = withShare(periods);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return 'same';
  if ((last.share_lower ?? 0) > (first.share_upper ?? 1)) return 'more';
  return (last.share_upper ?? 1) < (first.share_lower ?? 0) ? 'fewer' : 'same';
}

/** Grid values of a share whose largest interval ends here, never as bare percentages: one in how many. */
export function shareTicks(largest: number): { value: number; oneIn: number }[] {
  const steps = largest <= 0.12 ? [20, 10] : largest <= 0.3 ? [10, 5] : largest <= 0.6 ? [4, 2] : [2, 1];
  return steps.map((oneIn) => ({ value: 1 / oneIn, oneIn }));
}

/** Periods from the first with a record to the last: what lies about them says nothing. */
export function trimmed(periods: Period[]): Period[] {
  const first = periods.findIndex((p) => p.count > 0);
  const last = periods.findLastIndex((p) => p.count > 0);
  return first < 0 ? [] : periods.slice(first, last + 1);
}
