// The styles that the server gives to every GIS, and the symbols that they name.
import { readdirSync, readFileSync } from 'node:fs';
import { createExpression, validateStyleMin, type StylePropertySpecification, type StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, it } from 'vitest';
import { fingerprint, paletteOf } from '../../scripts/palette.mjs';
import { evaluate, outcomes, type Expression } from '../../src/map/expression.ts';
import { kindOf } from '../../src/map/layers/index.ts';
import { iconOf, ownFile, singlesFrom, styleFiles } from '../../src/map/layers/styleFile.ts';
import { symbolNames } from '../../src/map/sprite.ts';
import type { Tokens } from '../../src/map/tokens.ts';

const web = new URL('../..', import.meta.url).pathname;
const read = (path: string) => JSON.parse(readFileSync(`${web}/../api/${path}`, 'utf8')) as unknown;
const palette = read('styles/palette.json') as Record<'light' | 'dark', Tokens>;
const served = readdirSync(`${web}/../api/testdata`).filter((name) => /^style-(?!metadata)/.test(name)).map((name) => [name, (read(`testdata/${name}`) as { response: { body: StyleSpecification } }).response.body] as const);

describe('what the server serves', () => {
  it.each(served)('%s is a style by the specification', (_name, style) => expect(validateStyleMin(style)).toEqual([]));
  it.each(served)('%s is drawn the same by the page', (name, style) => {
    const [, id = ''] = /style-(\w+)/.exec(name) ?? [];
    const geometryType = id === 'mixed' ? 'any' : ownFile(id).geometry;
    const tokens = palette[style.sprite?.toString().endsWith('dark') ? 'dark' : 'light'];
    const drawn = kindOf({ id, geometryType }).tiled(0).flatMap((part) => part.layers(part.name ? `${id}-${part.name}` : id, tokens));
    expect(drawn.map((l) => ({ ...l, 'source-layer': id }))).toEqual(style.layers.filter((l) => !l.metadata));
  });
});

describe('symbols', () => {
  it('have one place each in every sprite', () => {
    for (const name of ['light', 'light@2x', 'dark', 'dark@2x']) expect(Object.keys(read(`styles/sprites/${name}.json`) as object).sort(), name).toEqual(symbolNames());
  });
  it('and colours are as they were when `npm run sprites` ran', () => {
    expect(read('styles/palette.json')).toEqual(paletteOf(web));
    expect(fingerprint(web, symbolNames())).toBe(readFileSync(`${web}/../api/styles/sprites.sha256`, 'utf8').trim());
  });
  it('are those that some record has', () => {
    const icon = iconOf(ownFile('incidents'));
    const all = ['detonated', 'disarmed', 'hoax'].flatMap((outcome) => [0, 3, 9].map((killed) => evaluate(icon, { outcome, killed })));
    expect(outcomes(icon).sort()).toEqual(all.sort());
    expect(outcomes(iconOf(ownFile('bases')))).toHaveLength(11 * 2 * 3);
  });
});

describe('expressions off the map', () => {
  const spec = { type: 'boolean', 'property-type': 'data-driven', expression: { interpolated: false, parameters: ['zoom', 'feature'] } } as unknown as StylePropertySpecification;
  it('say what MapLibre says', () => {
    const filters = styleFiles().flatMap((file) => file.layers.flatMap((l) => (l.filter && !JSON.stringify(l.filter).includes('geometry-type') && !JSON.stringify(l.filter).includes('count') ? [l.filter] : [])));
    expect(filters.length).toBeGreaterThan(4);
    for (const filter of filters)
      for (const status of [undefined, null, 'open', 'restricted', 'closed', 'unverified', 'flooded'])
        for (const role of [undefined, 'main_supply', 'patrol']) {
          const made = createExpression(filter, 'test', spec);
          if (made.result === 'error') throw new Error(made.value.map((e) => e.message).join());
          expect(evaluate(filter, { status, role }), JSON.stringify([filter, status, role])).toBe(made.value.evaluate({ zoom: 6 }, { type: 'LineString', properties: { status, role } } as never));
        }
  });
  it('are refused where they are not known', () => {
    const bad: Expression[] = [['interpolate', ['linear'], ['zoom'], 0, 1], ['concat', ['zoom']]];
    for (const e of bad) expect(() => evaluate(e, {})).toThrow('not known');
    expect(() => outcomes(['get', 'kind'])).toThrow('not known');
  });
});

it('the more records, the later they are drawn one by one', () => expect([0, 600, 1260, 20_000, 1e6].map(singlesFrom)).toEqual([5, 5, 5.5, 8, 12.5]));
