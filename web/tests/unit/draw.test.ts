import { describe, expect, it } from 'vitest';
import { areaOf } from '../../src/geo/area.ts';
import { distance, type Place } from '../../src/geo/geodesic.ts';
import { polygonOf } from '../../src/geo/ring.ts';
import { boxOf, sketchFeatures, straightened } from '../../src/map/draw.ts';
import { measureFeatures, measurementOf } from '../../src/map/measure.ts';
import { questionOf } from '../../src/panels/footprint.ts';
import { nothingDrawn } from '../../src/state/drawn.ts';

const km = (m: number) => `${Math.round(m / 1000)} km`;
const signed = (ring: number[][]) => ring.slice(1).reduce((sum, [x = 0, y = 0], i) => sum + (ring[i]?.[0] ?? 0) * y - x * (ring[i]?.[1] ?? 0), 0);

describe('a measurement', () => {
  const points: Place[] = [[0, 10], [1, 10], [1, 11]];
  it('adds up its legs', () => {
    const { legs, metres, squareMetres } = measurementOf({ points, closed: false });
    expect(legs.map((l) => l.metres)).toEqual([distance([0, 10], [1, 10]), distance([1, 10], [1, 11])]);
    expect(metres).toBe(legs.reduce((sum, l) => sum + l.metres, 0));
    expect(squareMetres).toBeUndefined();
  });
  it('comes back to its beginning, and has an area', () => {
    const { legs, squareMetres = 0 } = measurementOf({ points, closed: true });
    expect(legs).toHaveLength(3);
    expect(squareMetres / 1e6).toBeGreaterThan(6000);
    expect(squareMetres / 1e6).toBeLessThan(6200);
  });
  it('has nothing to draw before the first place, and a line to the pointer after it', () => {
    expect(measureFeatures(undefined, [1, 1], km)).toEqual([]);
    const parts = measureFeatures({ points: [[0, 0]], closed: false }, [1, 0], km).map((f) => f.properties?.part);
    expect(parts).toEqual(['next', 'corner', 'label']);
  });
  it('stays whole over the date line', () => {
    const way = measureFeatures({ points: [[175, 0], [-175, 0], [-165, 5]], closed: false }, undefined, km).find((f) => f.properties?.part === 'way');
    const line = way?.geometry.type === 'LineString' ? way.geometry.coordinates : [];
    expect(line.at(-1)?.[0]).toBeCloseTo(195, 6);
    line.slice(1).forEach(([x = 0], i) => expect(Math.abs(x - (line[i]?.[0] ?? 0))).toBeLessThan(2));
  });
});

describe('drawing', () => {
  it('makes a box of any two corners, anticlockwise', () => {
    for (const [a, b] of [[[0, 0], [2, 1]], [[2, 1], [0, 0]], [[0, 1], [2, 0]]] as [Place, Place][]) expect(boxOf(a, b)).toEqual([[0, 0], [2, 0], [2, 1], [0, 1]]);
  });
  it('goes the short way over the date line', () => expect(boxOf([179, 0], [-179, 1])[1]).toEqual([181, 0]));
  it('winds polygons anticlockwise and closes them', () => {
    for (const ring of [[[0, 0], [1, 0], [1, 1]], [[0, 0], [1, 1], [1, 0]]] as Place[][]) {
      const [outer = []] = polygonOf(ring).coordinates;
      expect(outer).toHaveLength(4);
      expect(outer[0]).toEqual(outer[3]);
      expect(signed(outer)).toBeGreaterThan(0);
    }
  });
  it('has the area between its parallels when its edges are straight in degrees', () => {
    // A degree of longitude between the equator and 60 north: a 360th of that zone (Snyder 1987).
    const [a, e] = [6378137, 0.0818191908426];
    const s = Math.sin(Math.PI / 3);
    const zone = (Math.PI * a * a * (1 - e * e) * (s / (1 - e * e * s * s) + Math.atanh(e * s) / e)) / 360;
    expect(areaOf(straightened([[0, 0], [1, 0], [1, 60], [0, 60]])) / zone).toBeCloseTo(1, 7);
  });
  it('shows the box before its second corner is set', () => {
    const [way] = sketchFeatures({ bases: [], draft: [[0, 0]], hover: [1, 1], box: true });
    expect(way?.geometry.type === 'LineString' && way.geometry.coordinates).toHaveLength(5);
  });
});

describe('the question of a footprint', () => {
  it('is none without a base', () => expect(questionOf({ footprint: { bases: [] }, drawn: nothingDrawn })).toBeUndefined());
  it('gives new bases a radius, for they have none', () => {
    expect(questionOf({ footprint: { bases: [] }, drawn: { places: [[1, 2]] } })).toEqual({ bases: [], radius_m: 50_000, places: [{ type: 'Point', coordinates: [1, 2] }] });
    expect(questionOf({ footprint: { bases: [4] }, drawn: nothingDrawn })).toEqual({ bases: [4] });
  });
  it('asks of the page’s one time', () => expect(questionOf({ footprint: { bases: [4] }, drawn: nothingDrawn, time: { from: '2016-01-01', to: '2016-12-31' } })).toMatchObject({ datetime: '2016-01-01/2016-12-31' }));
});
