import { describe, expect, test } from 'vitest';
import { briefStep, highest, lastYear, precisionOf, sumOf } from '../../src/brief/figures.ts';
import { inUtc, shiftOf } from '../../src/panels/zone.ts';
import type { Shapes } from '../../src/panels/result.ts';
import { rangeOf } from '../../src/state/time.ts';

const at = (day: string) => Date.parse(`${day}T00:00:00Z`);

describe('the clocks of a zone', () => {
  const year: [number, number] = [at('2017-01-01'), at('2018-08-31')];
  test.each([
    ['UTC all the time', 'Africa/Bamako', 0],
    ['an hour before it', 'Africa/Bangui', 1],
    ['half an hour is no hour', 'Asia/Yangon', undefined],
    ['clocks that change', 'Asia/Beirut', undefined],
    ['a country that moved', 'Africa/Khartoum', undefined],
    ['no zone', 'Africa/Nowhere', undefined],
  ])('%s', (_desc, zone, want) => expect(shiftOf(zone, year)).toBe(want));

  test.each([
    ['hour', 0, 1, '23'], ['hour', 23, -4, '3'], ['hour', 12, 0, '12'], ['hour', 5, undefined, null],
    ['weekday', 1, 0, '1'], ['weekday', 1, 1, null], ['weekday', 7, undefined, null],
  ] as const)('%s %i at %s is %s in UTC', (clock, n, shift, want) => expect(inUtc(clock, n, shift)).toBe(want));
});

describe('the figures of a brief', () => {
  test.each([
    ['2018-08-01', '2018-08-31', 'day'], ['2018-01-01', '2018-04-30', 'week'], ['2018-01-01', '2018-08-31', 'month'],
    ['2013-07-01', '2018-08-31', 'quarter'], ['1990-01-01', '2018-08-31', 'year'],
  ])('from %s to %s by %s', (from, to, step) => expect(briefStep([at(from), at(to)])).toBe(step));

  test('the last year is of whole months, and never longer than there are records', () => {
    expect(rangeOf(lastYear([at('2013-07-01'), at('2018-09-01')]))).toEqual({ from: '2017-09-01', to: '2018-08-31' });
    expect(rangeOf(lastYear([at('2013-07-01'), at('2018-09-15')]))).toEqual({ from: '2017-09-01', to: '2018-08-31' });
    expect(rangeOf(lastYear([at('2018-03-01'), at('2018-09-01')]))).toEqual({ from: '2018-03-01', to: '2018-08-31' });
  });

  test('a sum has the interval of its rate, for those that state it', () => {
    const figures = { count: 10, hits: 0, sums: { killed: 12, injured: undefined }, rates: { killed: { of: 8, per_record: 1.5, lower: 0.5, upper: 3 }, injured: { of: undefined, per_record: undefined, lower: undefined, upper: undefined } } };
    expect(sumOf(figures, 'killed')).toEqual({ sum: 12, of: 8, lower: 4, upper: 24 });
    expect(sumOf(figures, 'injured')).toBeUndefined();
  });

  test('how well places are known adds up', () => {
    const group = (value: string | undefined, count: number) => ({ value, count, hits: 0, sums: {}, rates: {} });
    expect(precisionOf([group('1', 5), group('2', 4), group('3', 3), group('4', 2), group('7', 1), group(undefined, 6)])).toEqual({ near: 9, district: 3, coarse: 3, unstated: 6 });
    expect(precisionOf([])).toEqual({ near: 0, district: 0, coarse: 0, unstated: 0 });
  });

  test('shapes lead by what colours them, coded ones by the number behind the code', () => {
    const number = (name: string) => ({ name, type: 'number', title: name, description: '', codes: [], geometry: false });
    const part = (fields: Shapes['fields'], rows: Record<string, unknown>[]): Shapes =>
      ({ kind: 'shapes', id: 'cells', title: 'Cells', description: '', fields, features: rows.map((properties) => ({ type: 'Feature', geometry: { type: 'Point', coordinates: [0, 0] }, properties })) });
    const dense = part([number('per_km2')], [{ per_km2: 1 }, { per_km2: 3 }, { per_km2: null }, { per_km2: 2 }]);
    expect(highest(dense, 'per_km2', 2).features.map((f) => f.properties?.per_km2)).toEqual([3, 2]);
    const hot = part([number('gi_bin'), number('value'), number('z')], [{ gi_bin: 3, value: 1, z: 4 }, { gi_bin: 3, value: 9, z: 5 }, { gi_bin: 0, value: 20, z: 0.1 }]);
    expect(highest(hot, 'gi_bin', 1).features.map((f) => f.properties?.z)).toEqual([5]);
    expect(highest(part([], []), undefined, 3).features).toEqual([]);
  });
});
