// @vitest-environment happy-dom
// What the map works out from a record's fields is what lists and legends show of it.
import { createExpression, type StylePropertySpecification } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, it } from 'vitest';
import { baseIcon, bases, baseSymbol } from '../../src/map/layers/bases.ts';
import { cellClasses, incidents, incidentSymbol } from '../../src/map/layers/incidents.ts';
import { nameOf } from '../../src/map/layers/layer.ts';
import { kindOf } from '../../src/map/layers/index.ts';
import { iconOf, layerOf, ownFile, singlesFrom } from '../../src/map/layers/styleFile.ts';
import { cellBox } from '../../src/map/shapes.ts';
import { classCounts, groupCounts } from '../../src/panels/Legend.tsx';

const spec = { type: 'string', 'property-type': 'data-driven', expression: { interpolated: false, parameters: ['zoom', 'feature'] } } as unknown as StylePropertySpecification;

function worked(expression: unknown, properties: Record<string, unknown>, id = 1): unknown {
  const made = createExpression(expression, 'test', spec);
  if (made.result === 'error') throw new Error(made.value.map((e) => e.message).join());
  return made.value.evaluate({ zoom: 6 }, { type: 'Point', properties, id } as never);
}

const values = {
  kind: [undefined, null, 'mission_hq', 'company', 'temporary', 'depot'],
  status: [undefined, null, 'open', 'planned', 'closed', 'handed_over'],
  medical_level: [undefined, null, 'none', 'L1+', 'L2', 'L3'],
  surgical_module: [undefined, null, true, false],
};

describe('symbols on the map and off it', () => {
  it('bases', () => {
    for (const kind of values.kind)
      for (const status of values.status)
        for (const medical_level of values.medical_level)
          for (const surgical_module of values.surgical_module) {
            const properties = { kind, status, medical_level, surgical_module };
            expect(worked(baseIcon([]), properties), JSON.stringify(properties)).toBe(baseSymbol(properties));
          }
    expect(worked(baseIcon([4, 7]), { kind: 'company' }, 7)).toBe('base/company/0/open/1');
    expect(worked(baseIcon([4, 7]), { kind: 'company' }, 5)).toBe(baseSymbol({ kind: 'company' }));
  });
  it('incidents', () => {
    for (const outcome of [undefined, null, 'detonated', 'found', 'disarmed', 'premature', 'hoax', 'new code'])
      for (const killed of [undefined, null, 0, 1, 4, 5])
        for (const injured of [undefined, null, 0, 1, 30]) {
          const properties = { outcome, killed, injured };
          expect(worked(iconOf(ownFile('incidents')), properties), JSON.stringify(properties)).toBe(incidentSymbol(properties));
        }
  });
  it('names', () => {
    for (const id of ['bases', 'places', 'missions'])
      for (const properties of [{}, { name: 'Gao' }, { name: null }]) {
        const text = layerOf(ownFile(id), id === 'bases' ? 'names' : 'points')?.layout?.['text-field'];
        expect(worked(text, properties) ?? '', id).toBe(nameOf(properties));
      }
  });
});

describe('tiles', () => {
  it('are asked with the fields that their layers read, and no others', () => {
    for (const [kind, crowd] of [[incidents, 500], [incidents, 1e6], [kindOf({ id: 'places', geometryType: 'point' }), 1e5], [bases, 1e5]] as const)
      for (const part of kind.tiled(crowd)) {
        const drawn = JSON.stringify(part.layers('s', new Proxy({}, { get: () => '#000' }) as never));
        const read = new Set([...drawn.matchAll(/\["get","(\w+)"\]/g)].map((m) => m[1]));
        for (const field of [...part.properties, ...part.sum, ...part.groupby]) expect(read.has(field), `${kind.slot} ${part.name}: ${field}`).toBe(true);
        if (kind === incidents) for (const field of read) expect([...part.properties, 'count'], part.name).toContain(field);
      }
  });
  it('single marks begin where cells end, later the more there are', () => {
    for (const crowd of [0, 600, 20_000, 1e6]) {
      const layers = incidents.tiled(crowd).flatMap((p) => p.layers('s', new Proxy({}, { get: () => '#000' }) as never));
      expect(layers.find((l) => l.id.endsWith('cells'))?.maxzoom).toBe(singlesFrom(crowd));
      expect(layers.find((l) => l.id.endsWith('marks'))?.minzoom).toBe(singlesFrom(crowd));
    }
    expect([600, 20_000, 1e6].map(singlesFrom)).toEqual([5, 8, 12.5]);
  });
  it('five classes of a cell, each beginning above the one before', () => {
    for (const crowd of [1, 6000, 1e6]) {
      const from = cellClasses(crowd).map((c) => c.from);
      expect(from).toHaveLength(5);
      expect(from[0]).toBe(1);
      expect([...from].sort((a, b) => a - b)).toEqual(from);
    }
  });
  it('a cell holds its point, and is a 256th of its tile', () => {
    for (let zoom = 0; zoom < 17; zoom += 1.7)
      for (const [lon, lat] of [[0.001, 0.001], [-3.3, 16.4], [179.9, -84], [-179.9, 84.9]] as [number, number][]) {
        const [west, south, east, north] = cellBox([lon, lat], zoom);
        expect(west <= lon && lon <= east && south <= lat && lat <= north, `${zoom} ${lon} ${lat}`).toBe(true);
        expect(east - west).toBeCloseTo(360 / 2 ** Math.floor(zoom) / 256, 9);
      }
  });
});

describe('legend', () => {
  const figures = { hits: 0, sums: {}, rates: {} };
  it('counts groups as it counts records', () => {
    const items = ['found', 'disarmed', 'detonated', 'hoax', undefined].map((outcome, key) => ({ key, geometry: null, properties: { outcome } }));
    const groups = ['found', 'disarmed', 'detonated', 'hoax', undefined].map((value) => ({ value, count: 1, ...figures }));
    expect(groupCounts(incidents, groups)).toEqual(classCounts(incidents, items));
    expect(groupCounts(incidents, groups).map(({ legend, n }) => [legend.id, n])).toEqual([['detonated', 1], ['found', 2], ['other', 2]]);
  });
});
