// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { outcomeOf, type Outcome } from '../../src/api/execution.ts';
import { process as processOf, type Process } from '../../src/api/shapes.ts';
import { comparedOf } from '../../src/panels/comparedLayers.ts';
import { differencesOf } from '../../src/panels/difference.ts';
import { againOf, askedInterval, differing, heldOf, periodOf, questionFor } from '../../src/panels/question.ts';
import { drawnShapes } from '../../src/panels/resultShapes.ts';
import { shadingOf } from '../../src/panels/shading.ts';
import { useAnalyses, forgetAnalyses } from '../../src/state/analyses.ts';
import { inOrder } from '../../src/state/comparison.ts';
import { daysIn, daysOf, periodBefore, yearBefore } from '../../src/state/earlier.ts';
import { dropKept, forgetKept, keepFor, loadKept, readerOf, storeKept } from '../../src/state/keptStore.ts';
import type { TimeRange } from '../../src/state/time.ts';

const range = (text: string): TimeRange => {
  const [from = '', to = ''] = text.split('/');
  return { from, to };
};
const text = ({ from, to }: TimeRange) => `${from}/${to}`;

describe('the other period', () => {
  it.each([
    ['a year', '2017-01-01/2017-12-31', '2016-01-01/2016-12-31', '2016-01-01/2016-12-31'],
    ['a quarter: as many months, though not as many days', '2017-04-01/2017-06-30', '2017-01-01/2017-03-31', '2016-04-01/2016-06-30'],
    ['days', '2017-03-05/2017-03-14', '2017-02-23/2017-03-04', '2016-03-05/2016-03-14'],
    ['one day', '2017-03-01/2017-03-01', '2017-02-28/2017-02-28', '2016-03-01/2016-03-01'],
    ['February of a leap year', '2016-02-01/2016-02-29', '2016-01-01/2016-01-31', '2015-02-01/2015-02-28'],
    ['the leap day alone', '2016-02-29/2016-02-29', '2016-02-28/2016-02-28', '2015-02-28/2015-02-28'],
  ])('of %s', (_desc, of, before, year) => {
    expect(text(periodBefore(range(of)))).toBe(before);
    expect(text(yearBefore(range(of)))).toBe(year);
  });
  it.each([
    ['2017-01-01T00:00:00Z/2018-01-01T00:00:00Z', '2017-01-01/2017-12-31'],
    ['2017-01-01T06:00:00Z/2017-01-01T18:00:00Z', '2017-01-01/2017-01-01'],
    ['2017-01-01T00:00:00Z/..', undefined], ['../..', undefined], ['2017-01-01T00:00:00Z', undefined], ['', undefined], [undefined, undefined], [5, undefined],
  ])('days of %j', (interval, days) => expect(daysOf(interval) && text(daysOf(interval) as TimeRange)).toBe(days));
  it('counts both ends', () => expect(daysIn(range('2016-02-28/2016-03-01'))).toBe(3));
});

const number = (unit?: string) => ({ type: 'number', ...(unit && { 'x-unit': unit }) });
const process: Process = processOf({
  id: 'made', inputs: {
    collection: { schema: { type: 'string', 'x-role': 'collection' } }, datetime: { schema: { type: 'string', 'x-kind': 'interval' } },
    cell_m: { schema: number('m') }, longest_days: { schema: number('d') }, centre: { schema: { type: 'array', items: { type: 'number' } } }, area: { schema: { format: 'geometry-any' } },
  },
  outputs: { result: { schema: { properties: { result: { properties: {
    cells: { properties: { per_km2: { type: 'number', 'x-ogc-propertySeq': 1 }, kind: { type: 'string', 'x-codes': ['new_hot', 'old', 'young'], 'x-ogc-propertySeq': 2 } } },
    total: { title: 'Total', properties: { events: { type: 'integer' }, share: number(), share_lower: number(), share_upper: number(), decided: { type: 'integer' }, hot: number() } },
  } } } } } },
}, '');

const cell = (properties: Record<string, unknown>) => ({ type: 'Feature', geometry: { type: 'Polygon', coordinates: [] }, properties });
const answer = (parameters: Record<string, unknown>, total: Record<string, unknown>, cells: Record<string, unknown>[] = []): Outcome => outcomeOf({
  result: { cells: { type: 'FeatureCollection', features: cells.map(cell) }, total, grid: { cell_m: 50000, centre_lon: -2, centre_lat: 17, longest_days: 30 } },
  envelope: { version: 6, rows_used: 3, parameters },
});
const in2017 = { collection: 'incidents', datetime: '2017-01-01T00:00:00Z/2018-01-01T00:00:00Z', gone: 1, area: null };

describe('the question of an answer', () => {
  const made = answer(in2017, { events: 3 });
  it('is asked again as it was, and only what the analysis takes', () => expect(againOf(process, made)).toEqual({ collection: 'incidents', datetime: '2017-01-01/2017-12-31' }));
  it('holds the cells that the answer chose, and no number of another meaning', () => expect(heldOf(process, made)).toEqual({ cell_m: 50000, centre: [-2, 17] }));
  it('keeps what was asked for', () => expect(heldOf(process, answer({ ...in2017, cell_m: 9, centre: [0, 0] }, {}))).toEqual({}));
  it('of another period', () => expect(questionFor(process, made, range('2016-01-01/2016-12-31'))).toEqual({ collection: 'incidents', datetime: '2016-01-01/2016-12-31', cell_m: 50000, centre: [-2, 17] }));
  it.each([
    ['whole days', '2017-01-01T00:00:00Z/2018-01-01T00:00:00Z', '2017-01-01/2017-12-31'],
    ['to the microsecond', '2017-01-01T06:00:00Z/2017-01-02T06:00:00.000001Z', '2017-01-01T06:00:00Z/2017-01-02T06:00:00Z'],
    ['an hour', '2017-01-01T06:00:00Z/2017-01-01T07:00:00Z', '2017-01-01T06:00:00Z/2017-01-01T06:59:59.999999Z'],
    ['an open end', '2017-01-01T00:00:00Z/..', '2017-01-01T00:00:00Z/..'],
    ['a moment', '2017-01-01T00:00:00Z', '2017-01-01T00:00:00Z'],
  ])('an interval without its end becomes one that holds it: %s', (_desc, stated, asked) => expect(askedInterval(stated)).toBe(asked));
  it('the earlier of two comes first, and what states no time before both', () => {
    const earlier = answer({ ...in2017, datetime: '2016-01-01T00:00:00Z/2017-01-01T00:00:00Z' }, {});
    const all = answer({ collection: 'incidents' }, {});
    expect(inOrder(process, made, earlier)).toEqual([earlier, made]);
    expect(inOrder(process, earlier, made)).toEqual([earlier, made]);
    expect(inOrder(process, made, all)[0]).toBe(all);
    expect(periodOf(process, all)).toBeUndefined();
    expect(differing(process, [made, answer({ ...in2017, cell_m: 7 }, {})])).toEqual(['cell_m']);
  });
});

describe('differences', () => {
  const of = (a: Record<string, unknown>, b: Record<string, unknown>) => differencesOf(process, [answer(in2017, a), answer(in2017, b)]);
  it('of a number without an interval, with its change; the grid that was asked for is none', () => {
    const rows = of({ events: 10 }, { events: 7 });
    expect(rows.map((r) => [r.key, r.part, r.change, r.verdict])).toEqual([['total.events', 'Total', -3, 'told']]);
  });
  it.each([
    ['overlap', [0.2, 0.1, 0.3], [0.4, 0.25, 0.5], 'open'],
    ['touch', [0.2, 0.1, 0.3], [0.4, 0.3, 0.5], 'open'],
    ['are apart', [0.2, 0.1, 0.29], [0.4, 0.3, 0.5], 'apart'],
    ['are of equal numbers', [0.2, 0.1, 0.3], [0.2, 0.1, 0.3], 'same'],
  ])('intervals that %s', (_desc, a, b, verdict) => {
    const share = ([value, lower, upper]: number[], decided: number) => ({ share: value, share_lower: lower, share_upper: upper, decided });
    const [row] = of(share(a, 40), share(b, 50)).filter((r) => r.field.name === 'share');
    expect(row?.verdict).toBe(verdict);
    expect(row?.sides.map((s) => s.of)).toEqual([40, 50]);
    expect(row?.sides[0].interval).toEqual([a[1], a[2]]);
  });
  it('two zeros are no finding; a number that one side lacks has no change', () => {
    expect(of({ events: 0 }, { events: 0 })).toEqual([]);
    expect(of({ events: null, hot: 2 }, { events: 4, hot: 2 }).map((r) => [r.field.name, r.change, r.verdict])).toEqual([['events', undefined, 'told'], ['hot', 0, 'same']]);
  });
  it('of the indicator as the server answers it', () => {
    const golden = (name: string): unknown => (JSON.parse(readFileSync(`../api/testdata/${name}.json`, 'utf8')) as { response: { body: unknown } }).response.body;
    const outcome = outcomeOf(golden('execution-indicator'));
    const rows = differencesOf(processOf(golden('process-indicator'), ''), [outcome, outcome]);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((r) => r.verdict === 'same' && r.change === 0)).toBe(true);
    expect(rows.some((r) => /lower|upper/.test(r.field.name))).toBe(false);
  });
});

describe('the compared layer', () => {
  const [a, b] = [[1, 2, 3, 4, 50].map((per_km2) => ({ per_km2, kind: 'old' })), [3, 90, 99].map((per_km2) => ({ per_km2, kind: 'young' }))];
  const pair: [Outcome, Outcome] = [answer(in2017, {}, a), answer(in2017, {}, b)];
  it('has the same breaks on both sides, and every shape in one class', () => {
    const compared = comparedOf(process, pair);
    const [first, second] = (compared?.sides ?? []).map((s) => shadingOf(s.part, compared?.shade, s.like));
    expect(first?.classes.map((c) => c.from)).toEqual(second?.classes.map((c) => c.from));
    expect(first?.classes.reduce((n, c) => n + c.n, 0)).toBe(5);
    expect(second?.classes.reduce((n, c) => n + c.n, 0)).toBe(3);
    expect(first?.classes[0]?.from).toBe(1);
  });
  it('gives a code the same colour on both sides, where each side has another', () => {
    const compared = comparedOf(process, pair, undefined, 'kind');
    const shadings = (compared?.sides ?? []).map((s) => shadingOf(s.part, 'kind', s.like));
    expect(shadings.map((s) => s?.classes.map((c) => [c.code, c.n]))).toEqual([[['old', 5], ['young', 0]], [['old', 0], ['young', 3]]]);
    expect(shadings[0]?.classes.map((c) => c.colour)).toEqual(shadings[1]?.classes.map((c) => c.colour));
    const colours = (compared?.sides ?? []).map((s) => new Set(drawnShapes([s]).features.map((f) => f.properties?.colour as string)));
    expect([...(colours[0] ?? [])]).not.toEqual([...(colours[1] ?? [])]);
  });
  it('draws nothing of a side that has none, and is none where neither has', () => {
    const compared = comparedOf(process, [answer(in2017, {}, []), answer(in2017, {}, b)]);
    expect(compared?.sides.map((s) => s.part.features.length)).toEqual([0, 3]);
    expect(comparedOf(process, [answer(in2017, {}), answer(in2017, {})])).toBeUndefined();
    expect(comparedOf(process, pair, 'cells', '')?.shade).toBeUndefined();
  });
});

describe('kept answers', () => {
  const mine = readerOf({ name: 'a', role: 'analyst', ceiling: 'confidential', missions: ['MINUSMA'] });
  const keep = (marking?: string, cells = 2) => {
    const outcome = { ...answer(in2017, { events: 3 }, Array.from({ length: cells }, (_, i) => ({ per_km2: i }))), marking };
    useAnalyses.getState().keep({ process, title: 'Made', outcome, layers: comparedOf(process, [outcome, outcome])?.sides.slice(0, 1) ?? [] });
  };
  beforeEach(() => {
    forgetKept();
    forgetAnalyses();
  });
  it('are there after a reload, with their layers, shade and marking', () => {
    keepFor(mine);
    keep('confidential');
    expect(useAnalyses.getState().lasting).toEqual([1]);
    const [back] = loadKept(mine);
    expect(back?.outcome.marking).toBe('confidential');
    expect(back?.layers.map((l) => [l.part.id, l.shade, l.part.features.length])).toEqual([['cells', 'per_km2', 2]]);
  });
  it.each([
    ['another reader', { name: 'b', role: 'analyst' as const, ceiling: 'confidential', missions: ['MINUSMA'] }],
    ['a lower ceiling', { name: 'a', role: 'analyst' as const, ceiling: 'unclassified', missions: ['MINUSMA'] }],
    ['other missions', { name: 'a', role: 'analyst' as const, ceiling: 'confidential', missions: [] }],
  ])('are gone for %s, and do not come back', (_desc, reader) => {
    keepFor(mine);
    keep();
    expect(loadKept(readerOf(reader))).toEqual([]);
    expect(loadKept(mine)).toEqual([]);
  });
  it('go from memory too when the reader’s rights change, and at sign-out', () => {
    keepFor(mine);
    keep();
    keepFor(readerOf({ name: 'a', role: 'analyst', ceiling: 'unclassified', missions: ['MINUSMA'] }));
    expect(useAnalyses.getState().kept).toEqual([]);
    keep();
    forgetKept();
    forgetAnalyses();
    expect(sessionStorage.length).toBe(0);
    expect(useAnalyses.getState().kept).toEqual([]);
  });
  it('pass no bound: the uppermost stay, and what does not fit is named', () => {
    keep();
    keep(undefined, 500);
    keep();
    const { kept } = useAnalyses.getState();
    const small = JSON.stringify(kept[0]).length * 3;
    expect(storeKept(mine, kept, small)).toEqual([3, 1]);
    expect(loadKept(mine).map((k) => k.key)).toEqual([3, 1]);
    expect(storeKept(mine, kept, 10)).toEqual([]);
  });
  it('what cannot be read is dropped', () => {
    sessionStorage.setItem('bivouac.kept', '{');
    expect(loadKept(mine)).toEqual([]);
    expect(sessionStorage.getItem('bivouac.kept')).toBeNull();
    dropKept();
  });
});
