import { describe, expect, it } from 'vitest';
import { degreeLabel, gridLines, gridStep, ticks, whole } from '../../src/map/graticule.ts';
import { placeCard } from '../../src/map/place.ts';
import { anchorOf, boundsOf, countriesOf } from '../../src/map/shapes.ts';

describe('grid', () => {
  it('leaves out names that the edge would cut, and keeps those that just fit', () => {
    const at = [0, 23.9, 24, 500, 976, 976.1, 1000].map((at) => ({ at }));
    expect(whole(at, 0, 1000, 24).map((t) => t.at)).toEqual([24, 500, 976]);
    expect(whole(at, 0, 40, 24)).toEqual([]);
  });
  it('has a degree at country scale and keeps lines apart', () => {
    expect(gridStep(6)).toBe(1);
    for (let z = 0; z < 17; z++) expect((gridStep(z) * 512 * 2 ** z) / 360).toBeGreaterThanOrEqual(gridStep(z) === 30 ? 40 : 64);
  });
  it('counts steps without dust', () => expect(ticks(-0.35, 0.3, 0.1)).toEqual([-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]));
  it('turns longitudes beyond the date line', () => {
    expect(degreeLabel(181, 'E', 'W')).toBe('179° W');
    expect(degreeLabel(0, 'N', 'S')).toBe('0°');
    expect(degreeLabel(-12.5, 'N', 'S')).toBe('12.5° S');
  });
  it('stays within the map', () => {
    const [line] = gridLines({ west: -400, south: -85, east: 400, north: 85, zoom: 0 }).features;
    expect(line?.geometry.type).toBe('MultiLineString');
  });
});

describe('card', () => {
  const map = { width: 900, height: 700 };
  const card = { width: 320, height: 260 };
  it('never covers what was clicked and stays on the map', () => {
    for (let x = 0; x <= 900; x += 30)
      for (let y = 0; y <= 700; y += 35) {
        const { left, top } = placeCard({ x, y }, card, map);
        const covers = x > left && x < left + card.width && y > top && y < top + card.height;
        expect(covers, `${x},${y}`).toBe(false);
        expect(left >= 0 && left + card.width <= 900 && top >= 0 && top + card.height <= 700).toBe(true);
      }
  });
  it('keeps off what stands there already, where there is another side', () => {
    const nearest = { left: 560, top: 20, width: 320, height: 340 };
    const { left, top } = placeCard({ x: 420, y: 240 }, card, map, [nearest]);
    expect(left + card.width <= nearest.left || top >= nearest.top + nearest.height).toBe(true);
  });
  it('opens towards the emptier side', () => {
    expect(placeCard({ x: 200, y: 300 }, card, map).left).toBeGreaterThan(200);
    expect(placeCard({ x: 700, y: 300 }, card, map).left).toBeLessThan(700);
  });
});

describe('shapes', () => {
  const square = { type: 'MultiPolygon' as const, coordinates: [[[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]], [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]]] };
  it('knows the country of a point, and a hole in it', () => {
    const countries = { type: 'FeatureCollection' as const, features: [{ type: 'Feature' as const, properties: { iso: 'ML' }, geometry: square }] };
    expect(countriesOf([[3, 3]], countries)).toEqual(['ML']);
    expect(countriesOf([[1.5, 1.5], [9, 9]], countries)).toEqual([]);
  });
  it('finds boxes and anchors', () => {
    expect(boundsOf([null, square])).toEqual([0, 0, 4, 4]);
    expect(boundsOf([null])).toBeUndefined();
    expect(anchorOf({ type: 'LineString', coordinates: [[0, 0], [1, 5], [2, 0]] })).toEqual([1, 5]);
    expect(anchorOf(square)).toEqual([2, 2]);
  });
});
