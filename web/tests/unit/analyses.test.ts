// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../src/api/execution.ts';
import { process as processOf, type ProcessInput } from '../../src/api/shapes.ts';
import { overForce } from '../../src/panels/inForce.ts';
import { inputKind, numbersOf, questionOf } from '../../src/panels/inputs.ts';
import { breaksOf, classOf, featuresOf, geojsonOf, partsOf, resultSchema, sorted } from '../../src/panels/result.ts';
import { csvOf } from '../../src/ui/csv.ts';
import { drawnOf, drawnShapes, shownFirst } from '../../src/panels/resultShapes.ts';
import { firstShade, shadedBy, shadingOf } from '../../src/panels/shading.ts';
import { useAnalyses } from '../../src/state/analyses.ts';

const golden = (name: string): unknown => (JSON.parse(readFileSync(`../api/testdata/${name}.json`, 'utf8')) as { response: { body: unknown } }).response.body;
const input = (schema: Record<string, unknown>, minOccurs = 0): ProcessInput => ({ title: '', description: '', schema, minOccurs, maxOccurs: 1 });

describe('inputs', () => {
  it('the server’s own descriptions get the widgets that fit', () => {
    const kinds = (name: string) => Object.fromEntries(Object.entries(processOf(golden(`process-${name}`), '').inputs).map(([n, i]) => [n, inputKind(n, i)]));
    expect(kinds('footprint')).toEqual({ bases: 'records', radius_m: 'number', places: 'shapes', within: 'shape', collections: 'collections', datetime: 'interval' });
    expect(kinds('indicator')).toMatchObject({ collection: 'collection', bbox: 'box', datetime: 'interval', filter: 'filter', period: 'choice', sum: 'texts', hits: 'filter', groupby: 'text' });
  });
  it.each([['1, 2', [1, 2]], ['1;2 3', [1, 2, 3]], ['−4', [-4]], ['', []], ['1, x', undefined]])('numbers in %j', (text, numbers) => expect(numbersOf(text)).toEqual(numbers));
  const inputs = { n: input({ type: 'number' }, 1), m: input({ type: 'number', default: 3 }, 1), list: input({ type: 'array', items: { type: 'number' } }), bbox: input({ type: 'array', items: { type: 'number' } }), tags: input({ type: 'array', items: { type: 'string' } }), any: input({ type: 'object' }) };
  it('become what the server takes; what is left empty is not sent', () => {
    expect(questionOf(inputs, { n: 5, list: '1, 2.5', bbox: '-1, 2, 3, 4', tags: 'a, b', any: '{"x":1}' })).toEqual({ question: { n: 5, list: [1, 2.5], bbox: [-1, 2, 3, 4], tags: ['a', 'b'], any: { x: 1 } }, problems: {} });
  });
  it('that are wrong or missing are named, and one with a default is not missed', () => {
    expect(questionOf(inputs, { list: '1, x', bbox: '1, 2, 3', tags: ' ', any: '{' })).toEqual({ question: {}, problems: { n: 'form.missing', list: 'form.noNumbers', bbox: 'form.noBox', any: 'form.noJson' } });
  });
});

const point = (properties: Record<string, unknown>) => ({ type: 'Feature', geometry: { type: 'Point', coordinates: [1, 2] }, properties });
const schema = {
  properties: {
    total: { type: 'number', title: 'Total', 'x-unit': 'm', 'x-ogc-propertySeq': 1 },
    rows: { type: 'array', title: 'Rows', 'x-ogc-propertySeq': 2, items: { properties: { a: { type: 'string', title: 'A', 'x-ogc-propertySeq': 2 }, n: { type: 'number', title: 'N', 'x-ogc-propertySeq': 1 } } } },
    spots: { type: 'object', title: 'Spots', 'x-ogc-propertySeq': 3 },
    gone: { type: 'object', title: 'Gone', 'x-ogc-propertySeq': 4 },
  },
};
const made = { spots: { type: 'FeatureCollection', features: [point({ n: 1 }), point({ n: 9 })] }, rows: [{ a: 'x', n: 2, deep: { k: { low: 0 } } }, { a: 'y, "z"', n: 10, deep: { k: { low: null } } }], total: 12.5, gone: null };

describe('an answer', () => {
  it('splits into facts, tables and shapes, in the order of its schema', () => {
    const parts = partsOf(made, schema, 'Made up');
    expect(parts.map((p) => [p.kind, p.id, p.title])).toEqual([['facts', '', 'Made up'], ['table', 'rows', 'Rows'], ['shapes', 'spots', 'Spots']]);
    const [facts, table] = parts;
    expect(facts?.kind === 'facts' && facts.values.map((v) => [v.field.title, v.field.unit, v.value])).toEqual([['Total', 'm', 12.5]]);
    expect(table?.kind === 'table' && table.columns.map((c) => c.name)).toEqual(['n', 'a', 'deep.k.low']);
    expect(table?.kind === 'table' && csvOf(table)).toBe('n,a,deep.k.low\r\n2,x,0\r\n10,"y, ""z""",\r\n');
  });
  it('needs no schema', () => expect(partsOf(made, undefined).map((p) => p.kind).sort()).toEqual(['facts', 'shapes', 'table']));
  it('of footprint and indicator is read whole', () => {
    const parts = (name: string) => {
      const { result, envelope } = outcomeOf(golden(`execution-${name}`));
      expect(envelope?.method).toBeTruthy();
      return partsOf(result, resultSchema(processOf(golden(`process-${name}`), ''))).map((p) => `${p.kind} ${p.id}`);
    };
    expect(parts('footprint')).toEqual(['table bases', 'table collections', 'facts population', 'shapes rings', 'shapes union']);
    expect(parts('indicator')).toEqual(expect.arrayContaining(['facts total', 'table periods', 'table groups']));
  });
  it('may stand under the name of its output', () => expect(outcomeOf({ answer: golden('execution-footprint') })).toEqual(outcomeOf(golden('execution-footprint'))));
  it.each([[{ type: 'Point', coordinates: [0, 0] }, 1], [[point({}), point({})], 2], [{ type: 'Point' }, undefined], [[], undefined], ['Point', undefined], [{ type: 'company' }, undefined]])('GeoJSON in %j', (value, n) => expect(featuresOf(value)?.length).toBe(n));
  it('sorts numbers as numbers, and what is absent last both ways', () => {
    const rows = [{ n: 10 }, { n: null }, { n: 9 }];
    expect(sorted(rows, 'n', false).map((r) => r.n)).toEqual([9, 10, null]);
    expect(sorted(rows, 'n', true).map((r) => r.n)).toEqual([10, 9, null]);
  });
});

describe('shapes on the map', () => {
  const [spots] = partsOf(made, schema).filter((p) => p.kind === 'shapes');
  it('classes hold every value once', () => {
    const values = [5, 1, 1, 1, 9, 3];
    const breaks = breaksOf(values);
    expect(breaks).toEqual([...new Set(breaks)].sort((a, b) => a - b));
    expect(values.every((v) => classOf(breaks, v) >= 1 && classOf(breaks, v) <= breaks.length)).toBe(true);
  });
  it('are shaded by a number that differs, and tell what they are by their place', () => {
    if (!spots) throw new Error('no shapes');
    expect(shadedBy(spots).map((f) => f.name)).toEqual(['n']);
    expect(shadingOf(spots, 'n')?.classes.reduce((sum, c) => sum + c.n, 0)).toBe(2);
    expect(drawnShapes(drawnOf([spots], {})).features).toEqual([]);
    const { features, told } = drawnShapes(drawnOf([spots], { spots: { shade: 'n' } }));
    expect(features.map((f) => told[Number(f.properties?.index)]?.properties.n)).toEqual([1, 9]);
    expect(features[0]?.properties?.colour).not.toBe(features[1]?.properties?.colour);
  });
});

describe('shading', () => {
  const area = (properties: Record<string, unknown>) => ({ type: 'Feature', geometry: { type: 'Polygon', coordinates: [] }, properties });
  const layer = (field: Record<string, unknown>, values: unknown[]) => {
    const [name = ''] = Object.keys(field);
    const cells = { properties: { ...field, id: { type: 'integer', 'x-ogc-propertySeq': 0 } } };
    const [part] = partsOf({ cells: { type: 'FeatureCollection', features: values.map((v, id) => area({ id, [name]: v })) } }, { properties: { cells } });
    if (part?.kind !== 'shapes') throw new Error('no shapes');
    return part;
  };
  const density = { per_km2: { type: 'number', title: 'Density', 'x-unit': '/km2', 'x-ogc-propertySeq': 1 } };
  const spot = { class: { type: 'string', 'x-codes': ['hot_99', 'hot_95', 'hot_90', 'not_significant', 'cold_90', 'cold_95', 'cold_99'], 'x-ogc-propertySeq': 1 } };
  it.each([
    ['a number: five classes', density, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 'numbers', [2, 2, 2, 2, 2], 'seq-5'],
    ['fewer values than classes: the dark end', density, [1, 1, 2], 'numbers', [2, 1], 'seq-5'],
    ['confidence: all seven, also those of none', spot, ['hot_99', 'hot_99', 'not_significant'], 'confidence', [2, 0, 0, 1, 0, 0, 0], 'div-n3'],
    ['Gi_Bin alike', { gi_bin: { type: 'integer', 'x-ogc-propertySeq': 1 } }, [3, 0, -3], 'confidence', [1, 0, 0, 1, 0, 0, 1], 'div-n3'],
    ['codes that occur', { role: { type: 'string', 'x-codes': ['core', 'border', 'noise'] } }, ['noise', 'core', 'core'], 'codes', [2, 1], 'div-0'],
    ['patterns take a side of the ramp', { pattern: { type: 'string', 'x-codes': ['new_hot', 'sporadic_cold'] } }, ['sporadic_cold', 'new_hot'], 'codes', [1, 1], 'div-n3'],
  ])('%s', (_desc, field, values, kind, counts, last) => {
    const part = layer(field, values);
    const shading = shadingOf(part, firstShade(part));
    expect(shading?.kind).toBe(kind);
    expect(shading?.classes.map((c) => c.n)).toEqual(counts);
    expect(shading?.classes.at(-1)?.colour).toBe(last);
    const { features } = drawnShapes(drawnOf([part], shownFirst([part])));
    for (const c of shading?.classes ?? []) expect(features.filter((f) => f.properties?.colour === c.colour)).toHaveLength(c.n);
  });
  it('one value alone shades nothing, and no layer is shown of none', () => {
    expect(firstShade(layer(density, [2, 2]))).toBeUndefined();
    expect(shownFirst([])).toEqual({});
  });
  it('holds the breaks of another layer, with what lies beneath them in the lowest class', () => {
    const [before, after] = [layer(density, [10, 20, 30, 40, 50]), layer(density, [1, 45, 99])];
    expect(shadingOf(after, 'per_km2', before)?.classes.map((c) => [c.from, c.n])).toEqual([[10, 1], [20, 0], [30, 0], [40, 1], [50, 1]]);
  });
});

describe('kept answers', () => {
  it('stand the newest first, are raised by one place, hidden and dropped', () => {
    const { keep, raise, look, drop } = useAnalyses.getState();
    for (const title of ['a', 'b', 'c']) keep({ process: processOf(golden('process-footprint'), ''), title, outcome: { result: {} }, layers: [] });
    const order = () => useAnalyses.getState().kept.map((k) => k.title).join('');
    expect(order()).toBe('cba');
    raise(1);
    expect(order()).toBe('cab');
    raise(3);
    expect(order()).toBe('cab');
    look(2, false);
    expect(useAnalyses.getState().kept.map((k) => k.visible)).toEqual([true, true, false]);
    drop(1);
    expect(order()).toBe('cb');
  });
  it('go into a file with their method and marking', () => {
    const { envelope } = outcomeOf(golden('execution-footprint'));
    const file = JSON.parse(geojsonOf({ features: [] }, { envelope, marking: 'confidential' })) as Record<string, unknown>;
    expect(file).toMatchObject({ type: 'FeatureCollection', classification: 'confidential', features: [], envelope: { method: envelope?.method } });
  });
});

describe('what is in force on the page', () => {
  const process = processOf(golden('process-indicator'), '');
  const layers = [{ collection: { id: 'incidents' }, counts: { data: { chosen: { filter: "\"mission\" = 'MINUSMA'", datetime: '2017-01-01/2017-12-31' } } } }] as unknown as Parameters<typeof overForce>[2];
  it.each([
    ['an untouched form', {}, { filter: "\"mission\" = 'MINUSMA'", datetime: '2017-01-01/2017-12-31' }],
    ['a filter of its own', { filter: 'killed > 0' }, { filter: 'killed > 0', datetime: '2017-01-01/2017-12-31' }],
    ['a time that was wiped out', { datetime: '' }, { filter: "\"mission\" = 'MINUSMA'", datetime: '' }],
    ['a collection that is not on the page', { collection: 'other' }, { collection: 'other' }],
  ])('%s', (_desc, typed, want) => expect(overForce(process, typed, layers)).toEqual(want));
  it('leaves a process alone that selects nothing', () => {
    expect(overForce(processOf(golden('process-footprint'), ''), {}, layers)).toEqual({});
  });
});
