import { describe, expect, it } from 'vitest';
import type { Field } from '../../src/api/shapes.ts';
import { conditionText, filterText, formatFilters, knownTo, parseFilters, toggledValue, withFilter } from '../../src/state/filters.ts';
import { asInputs, asQuery, isTimed, placedWell, selectionOf } from '../../src/state/selection.ts';

const field = (name: string, patch: Partial<Field> = {}): Field => ({ name, type: 'string', title: '', description: '', codes: [], geometry: false, ...patch });
const fields = [
  field('outcome', { codes: ['found', 'detonated'] }), field('killed', { type: 'integer' }), field('verified', { type: 'boolean' }),
  field('opened', { format: 'date' }), field('time', { format: 'date-time', role: 'primary-instant' }), field('place_precision', { type: 'integer' }), field('name'),
];

describe('CQL2 text', () => {
  it.each([
    ['one code', 'outcome', { values: ['found'] }, `"outcome" = 'found'`],
    ['several codes', 'outcome', { values: ['found', 'detonated'] }, `"outcome" IN ('found', 'detonated')`],
    ['a quote is doubled', 'name', { values: ["N'Tillit"] }, `"name" = 'N''Tillit'`],
    ['a number is bare', 'killed', { values: ['3'] }, `"killed" = 3`],
    ['what is no number is left for the server to refuse', 'killed', { values: ['3 OR 1=1'] }, `"killed" = '3 OR 1=1'`],
    ['yes or no', 'verified', { values: ['true'] }, `"verified" = true`],
    ['a range', 'killed', { from: '1', to: '5' }, `"killed" >= 1 AND "killed" <= 5`],
    ['open upwards', 'killed', { from: '1', to: '' }, `"killed" >= 1`],
    ['days', 'opened', { from: '2016-01-01', to: '2016-02-29' }, `"opened" >= DATE('2016-01-01') AND "opened" <= DATE('2016-02-29')`],
    ['the last day of moments is whole', 'time', { from: '', to: '2016-02-29' }, `"time" < TIMESTAMP('2016-03-01T00:00:00Z')`],
    ['a name that is a word of the language', 'a"nd', { values: ['x'] }, `"a""nd" = 'x'`],
  ])('%s', (_desc, name, filter, text) => expect(conditionText(name, fields.find((f) => f.name === name), filter)).toBe(text));
  it('joins by AND', () => expect(filterText(fields, { killed: { from: '1', to: '' }, outcome: { values: ['found'] } })).toBe(`"killed" >= 1 AND "outcome" = 'found'`));
});

describe('the clock of a moment', () => {
  const timed = [...fields, field('time_precision')];
  it.each([
    ['one hour', 'hour(time)', ['6'], `hour("time") = 6`],
    ['weekdays', 'weekday(time)', ['1', '7'], `weekday("time") IN (1, 7)`],
    ['no such clock is a field', 'minute(time)', ['6'], `"minute(time)" = '6'`],
    ['no number is left for the server to refuse', 'hour(time)', ['6 OR 1=1'], `hour("time") = '6 OR 1=1'`],
  ])('%s', (_desc, name, values, text) => expect(conditionText(name, undefined, { values })).toBe(text));
  it('leaves out what is known less well', () => {
    expect(filterText(timed, { 'hour(time)': { values: ['0'] } })).toBe(`hour("time") = 0 AND "time_precision" IN ('exact', 'hour')`);
    expect(filterText(fields, { 'hour(time)': { values: ['0'] } })).toBe(`hour("time") = 0`);
    expect(knownTo(timed, 'killed')).toBe('');
  });
  it('stands in a link', () => { const f = { incidents: { 'hour(time)': { values: ['6', '7'] } } }; expect(parseFilters(formatFilters(f))).toEqual(f); });
  it('joins and leaves by a press', () => {
    expect(toggledValue(undefined, 'a')).toEqual({ values: ['a'] });
    expect(toggledValue({ values: ['a', 'b'] }, 'a')).toEqual({ values: ['b'] });
    expect(toggledValue({ from: '1', to: '' }, 'a')).toEqual({ values: ['a'] });
  });
});

describe('filters', () => {
  it('keeps none that is empty', () => {
    const one = withFilter({}, 'bases', 'kind', { values: ['company'] });
    expect(one).toEqual({ bases: { kind: { values: ['company'] } } });
    expect(withFilter(one, 'bases', 'kind', { values: [] })).toEqual({});
    expect(withFilter(one, 'bases', 'beds', { from: '', to: '' })).toEqual(one);
    expect(withFilter(one, 'bases', 'kind', undefined)).toEqual({});
  });
  it('come back from a link as they were, whatever their values hold', () => {
    const strange = [';', ':', ',', '.', '&', '=', '%', '#', 'é', '中', "'", ' '];
    for (const a of strange)
      for (const b of strange) {
        const filters = { [`c${a}${b}`]: { [`f${b}`]: { values: [a + b, b] }, [`g${a}`]: { from: a, to: '' } } };
        expect(parseFilters(formatFilters(filters)), a + b).toEqual(filters);
      }
  });
  it('an equality of an older link is a choice of one', () => expect(parseFilters('bases.kind:battalion')).toEqual({ bases: { kind: { values: ['battalion'] } } }));
});

describe('selection', () => {
  const time = { from: '2016-01-01', to: '2018-08-31' };
  it('what all missions share stands beside what is of one', () =>
    expect(selectionOf({ fields, filters: { outcome: { values: ['found'] } }, mission: 'MINUSMA', shared: true }).filter).toBe(`("mission" = 'MINUSMA' OR "mission" IS NULL) AND "outcome" = 'found'`));
  it('is the same question for items and for processes', () => {
    const s = selectionOf({ fields, filters: { outcome: { values: ['found'] } }, mission: 'MINUSMA', time });
    const query = { filter: `"mission" = 'MINUSMA' AND "outcome" = 'found'`, datetime: '2016-01-01/2018-08-31' };
    expect(asQuery(s)).toEqual(query);
    expect(asInputs('incidents', s)).toEqual({ collection: 'incidents', ...query });
  });
  it('asks for all when nothing is chosen', () => expect(asQuery(selectionOf({ fields, filters: {} }))).toEqual({}));
  it('leaves the time to layers that have one', () => {
    expect(isTimed([field('name')])).toBe(false);
    expect(selectionOf({ fields: [field('name')], filters: {}, time })).toEqual({ filter: '' });
  });
  it('draws no point that stands for an area', () => {
    expect(placedWell(fields, 'a = 1')).toBe('a = 1 AND ("place_precision" IS NULL OR "place_precision" <= 2)');
    expect(placedWell([field('name')], 'a = 1')).toBe('a = 1');
  });
});
