import { describe, expect, it } from 'vitest';
import type { Period } from '../../src/api/indicator.ts';
import { change, decidedOf, shareTicks, trimmed, withShare } from '../../src/charts/figures.ts';

const period = (count: number, share?: [number, number, number], decided?: number): Period => ({
  start: 0, end: 1, count, hits: 0, decided, sums: {}, rates: {}, ...(share && { share: share[1], share_lower: share[0], share_upper: share[2] }),
});

describe('change of a share', () => {
  it.each([
    ['intervals part upwards', [period(9, [0.05, 0.1, 0.15]), period(9, [0.2, 0.3, 0.4])], 'more'],
    ['intervals part downwards', [period(9, [0.2, 0.3, 0.4]), period(9, [0.05, 0.1, 0.15])], 'fewer'],
    ['intervals meet', [period(9, [0.05, 0.1, 0.25]), period(9, [0.2, 0.3, 0.4])], 'same'],
    ['one year alone', [period(9, [0.05, 0.1, 0.15])], 'same'],
    ['none', [], 'same'],
    ['years without a record say nothing', [period(0), period(9, [0.05, 0.1, 0.15]), period(9, [0.2, 0.3, 0.4]), period(0)], 'more'],
  ] as const)('%s', (_desc, periods, said) => expect(change([...periods])).toBe(said));
});

describe('figures', () => {
  it('a share is of those that say whether they are hits', () => {
    expect(decidedOf(period(9, undefined, 7))).toBe(7);
    expect(decidedOf(period(9))).toBe(9);
    expect(withShare([period(9, [0, 0, 1], 0), period(9, [0, 0.5, 1], 2)])).toHaveLength(1);
  });
  it('goes from the first record to the last', () => expect(trimmed([0, 0, 3, 0, 1, 0].map((n) => period(n))).map((p) => p.count)).toEqual([3, 0, 1]));
  it('has none where there is no record', () => expect(trimmed([period(0)])).toEqual([]));
  it('writes shares as one in how many, within what is drawn', () => {
    for (const largest of [0.08, 0.2, 0.45, 1]) {
      const ticks = shareTicks(largest);
      expect(ticks.every(({ value, oneIn }) => value === 1 / oneIn)).toBe(true);
      expect(ticks.some(({ value }) => value <= largest)).toBe(true);
    }
  });
});
