import { describe, expect, it } from 'vitest';
// The scripts that make the base map are plain modules.
// @ts-expect-error without types
import { cutAt, merge } from '../../scripts/recut.mjs';
// @ts-expect-error without types
import { simplifyTogether, weld } from '../../scripts/topology.mjs';
import { disputedLines, disputesIn } from '../../src/map/disputed.ts';

const at = (lon: number, lat: number, zoom = 6) => ({ west: lon - 2, south: lat - 2, east: lon + 2, north: lat + 2, zoom });

describe('disputed and undetermined borders', () => {
  it('are ours: approximate, to two digits at most, with their source', () => {
    expect(disputedLines).toHaveProperty('source', expect.stringContaining('Approximate'));
    for (const { geometry, properties } of disputedLines.features) {
      expect(properties?.approximate).toBe(true);
      const numbers = JSON.stringify(geometry).match(/-?\d+(\.\d+)?/g) ?? [];
      expect(numbers.filter((n) => (n.split('.')[1] ?? '').length > 2)).toEqual([]);
    }
  });
  it.each([
    ['western-sahara', -11, 27], ['abyei', 28.4, 9.6], ['cyprus', 33.3, 35.1], ['golan', 35.8, 33], ['kosovo', 21, 42.6],
  ])('%s is spoken of where it is in view', (id, lon, lat) => {
    expect(disputesIn(at(lon, lat))).toContain(id);
    expect(disputesIn(at(lon, lat, 2)), 'not on a map of the world').toEqual([]);
  });
  it('says nothing of Mali', () => expect(disputesIn(at(-2, 16))).toEqual([]));
});

type Ring = [number, number][];
const square = (x: number, y: number, extra: Ring = []): Ring => [[x, y], [x + 2, y], ...extra, [x + 2, y + 2], [x, y + 2], [x, y]];

describe('the base map', () => {
  it('cuts along a parallel and joins along a shared border', () => {
    const { north, south } = cutAt(square(0, 0), 1.5) as { north: Ring; south: Ring };
    expect(south.every(([, y]) => y <= 1.5) && north.every(([, y]) => y >= 1.5)).toBe(true);
    const whole = merge(south, square(0, -2)) as Ring;
    const area = whole.slice(1).reduce((sum, [x, y], i) => sum + ((whole[i]?.[0] ?? 0) * y - x * (whole[i]?.[1] ?? 0)) / 2, 0);
    expect(area).toBeCloseTo(7, 9);
    expect(whole[0]).toEqual(whole.at(-1));
  });
  it('sees a border as common when only one side carries its points', () => {
    const areas = [{ id: 'A', polygons: [[square(0, 0).slice(0, -1)]] }, { id: 'B', polygons: [[[[2, 0], [4, 0], [4, 2], [2, 2], [2, 1]]]] }];
    const shared = (all: unknown) => (simplifyTogether(all, () => 0.001) as { arcs: { owners: string[] }[] }).arcs.filter((a) => a.owners.length === 2).length;
    expect(shared(areas)).toBe(0);
    expect(shared(weld(areas))).toBe(1);
  });
});
