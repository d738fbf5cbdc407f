import { describe, expect, it } from 'vitest';
import type { Place } from '../../src/geo/geodesic.ts';
import { areaShape, continued, fewPlaces, polygonOf, simpleLoop, simplified } from '../../src/geo/ring.ts';
import { finest, rounded } from '../../src/state/drawn.ts';

/** Square degrees, anticlockwise above 0. */
const planar = (ring: number[][]) => ring.slice(1).reduce((sum, [x = 0, y = 0], i) => sum + ((ring[i]?.[0] ?? 0) * y - x * (ring[i]?.[1] ?? 0)) / 2, 0);
const ringsOf = (ring: Place[]): number[][][] => {
  const shape = areaShape(ring);
  return shape.type === 'Polygon' ? shape.coordinates : shape.coordinates.flat();
};
const wrapped = (ring: Place[]) => ring.map(rounded);

/** Numbers from 0 to 1 that are the same in every run. */
function seeded(seed: number) {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

describe('a ring over the date line', () => {
  it('goes on counting from its first place', () => expect(continued([[179, 0], [-179, 1], [178, 2]])).toEqual([[179, 0], [181, 1], [178, 2]]));
  it('is left whole where it does not lie across', () => expect(areaShape([[170, 0], [180, 0], [180, 5]])).toEqual({ type: 'Polygon', coordinates: [[[170, 0], [180, 0], [180, 5], [170, 0]]] }));
  it('is a part on each side', () => {
    const [west = [], east = []] = ringsOf([[178, 10], [-177, 10], [-177, 12], [178, 12]]);
    expect(new Set(west.map(([x]) => x))).toEqual(new Set([178, 180]));
    expect(new Set(east.map(([x]) => x))).toEqual(new Set([-180, -177]));
    expect(planar(west)).toBe(4);
    expect(planar(east)).toBe(6);
  });
  it('is a part for each arm of a shape that crosses it often', () => {
    // A comb: a back at 178 east and three teeth that reach to 178 west.
    const comb: Place[] = [[178, 0], [-178, 0], [-178, 1], [179, 1], [179, 2], [-178, 2], [-178, 3], [179, 3], [179, 4], [-178, 4], [-178, 5], [178, 5]];
    const rings = ringsOf(comb);
    expect(rings).toHaveLength(4);
    expect(rings.map(planar).sort((a, b) => a - b)).toEqual([2, 2, 2, 8]);
  });
  it('is the same to either side of the line, and however it is told', () => {
    const ring: Place[] = [[-178, 10], [178, 11], [177, 9]];
    const all = ringsOf(ring).map(planar).sort();
    expect(ringsOf([...ring].reverse()).map(planar).sort()).toEqual(all);
    expect(ringsOf([ring[1] ?? [0, 0], ring[2] ?? [0, 0], ring[0] ?? [0, 0]]).map(planar).sort().map((v) => v.toFixed(9))).toEqual(all.map((v) => v.toFixed(9)));
  });
  it('keeps its area, lies on the globe, and turns anticlockwise, whatever its shape', () => {
    const random = seeded(20261127);
    for (let n = 0; n < 300; n++) {
      const corners = 3 + Math.floor(random() * 30);
      const star = Array.from({ length: corners }, (_, i): Place => {
        const [r, angle] = [1 + random() * 20, (i / corners) * 2 * Math.PI];
        return rounded([180 + (random() < 0.1 ? 0 : r * Math.cos(angle)), r * Math.sin(angle)]);
      });
      const simple = simpleLoop(continued(star), finest);
      if (!simple) continue;
      const rings = ringsOf(wrapped(simple));
      const whole = planar(polygonOf(continued(simple)).coordinates[0] ?? []);
      expect(rings.reduce((sum, r) => sum + planar(r), 0), JSON.stringify(star)).toBeCloseTo(whole, 6);
      for (const r of rings) {
        expect(planar(r)).toBeGreaterThan(0);
        for (const [x = NaN, y = NaN] of r) expect(Math.abs(x) <= 180 && Math.abs(y) <= 90).toBe(true);
      }
    }
  });
});

describe('a freehand ring', () => {
  const whole = (p: Place): Place => p;
  it('is left as it is where it does not cross itself', () => expect(simpleLoop([[0, 0], [4, 0], [4, 4], [0, 4]], whole)).toEqual([[0, 0], [4, 0], [4, 4], [0, 4]]));
  it('loses the ends that overshoot where it closes', () => {
    const loop = simpleLoop([[-1, 0], [4, 0], [4, 4], [0, 4], [0, -1]], whole) ?? [];
    expect(planar(polygonOf(loop).coordinates[0] ?? [])).toBe(16);
  });
  it('keeps the larger half of an eight', () => {
    const loop = simpleLoop([[0, 0], [2, 2], [6, -2], [6, 2], [2, -2], [0, 0.5]], whole) ?? [];
    expect(Math.max(...loop.map(([x]) => x))).toBe(4);
    expect(planar(polygonOf(loop).coordinates[0] ?? [])).toBeGreaterThan(4);
  });
  it('loses spikes and repeated places', () => {
    const loop = simpleLoop([[0, 0], [0, 0], [4, 0], [9, 0], [4, 0], [4, 4], [0, 4]], whole) ?? [];
    expect(planar(polygonOf(loop).coordinates[0] ?? [])).toBe(16);
    expect(Math.max(...loop.map(([x]) => x))).toBe(4);
  });
  it('is nothing where it has no area', () => {
    expect(simpleLoop([[0, 0], [1, 1]], whole)).toBeUndefined();
    expect(simpleLoop([[0, 0], [1, 1], [2, 2], [1, 1]], whole)).toBeUndefined();
  });
  it('is told in few places', () => {
    const circle = Array.from({ length: 1000 }, (_, i): Place => [Math.cos(i / 160), Math.sin(i / 160)]);
    expect(simplified([[0, 0], [1, 0.001], [2, 0]], 0.01)).toEqual([[0, 0], [2, 0]]);
    // Half the way round and more: without a corner between, the edge would go the other way.
    expect(simplified([[100, 0], [220, 0], [340, 0]], 0.01)).toEqual([[100, 0], [220, 0], [340, 0]]);
    expect(simplified([[100, 0], [340, 0]], 0.01)).toEqual([[100, 0], [340, 0]]);
    const few = fewPlaces(circle, 1e-6, 60);
    expect(few.length).toBeLessThanOrEqual(60);
    expect(few.every(([x, y]) => Math.abs(Math.hypot(x, y) - 1) < 1e-9)).toBe(true);
  });
});
