import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { areaOf } from '../../src/geo/area.ts';
import { along, direct, distance, inverse, turned, type Place } from '../../src/geo/geodesic.ts';

// The server's own fixtures, from GeographicLib's tools: page and server measure alike.
const rows = (name: string) =>
  readFileSync(new URL(`../../../geo/measure/testdata/${name}`, import.meta.url), 'utf8').trim().split('\n').map((line) => line.trim().split(/\s+/).map(Number));

describe('geodesics', () => {
  const published: [string, Place, Place, number][] = [
    ['New York to London', [-73.8, 40.6], [-0.5, 51.6], 5551759.400318678],
    ['Baghdad to Mosul', [44.3661, 33.3152], [43.13, 36.34], 354093.377506282],
    ['nearly opposite, far from the equator', [0, -30], [179.8, 29.9], 19989832.827609532],
    ['nearly opposite', [0, 0], [179.5, 0.5], 19936288.578965314],
    ['nearly opposite, inside the astroid', [0, 0], [179.7, 0.5], 19944127.420750458],
    ['along the equator', [0, 0], [1, 0], 111319.49079327357],
    ['from pole to pole', [0, 90], [0, -90], 20003931.458625],
    ['the same place', [3, 4], [3, 4], 0],
    ['over the date line', [179.5, 0], [-179.5, 0], 111319.49079327357],
  ];
  it.each(published)('%s', (_, from, to, metres) => expect(Math.abs(distance(from, to) - metres)).toBeLessThan(1e-3));

  it('agrees with the fixtures of the server to a millimetre', () => {
    let compared = 0;
    for (const [lat1 = 0, lon1 = 0, lat2 = 0, lon2 = 0, , , metres = 0] of rows('geodesics.txt')) {
      expect(Math.abs(distance([lon1, lat1], [lon2, lat2]) - metres), `${lat1} ${lon1} ${lat2} ${lon2}`).toBeLessThan(1e-3);
      compared++;
    }
    expect(compared).toBeGreaterThan(50);
  });

  it('goes there and finds the way back', () => {
    for (let i = 0; i < 500; i++) {
      const from: Place = [((i * 77.7) % 360) - 180, ((i * 31.3) % 170) - 85];
      const [bearing, metres] = [(i * 47.1) % 360, 10 + i * 30_000];
      const { place } = direct(from, bearing, metres);
      const back = inverse(from, [turned(place[0]), place[1]]);
      expect(Math.abs(back.metres - metres)).toBeLessThan(1e-3);
      expect(Math.abs(turned(back.bearing - bearing)) * metres).toBeLessThan(0.1);
    }
  });

  it('draws a way whole over the date line', () => {
    const way = along([170, 10], [-170, 20]);
    expect(way[0]).toEqual([170, 10]);
    expect(way.at(-1)?.[0]).toBeCloseTo(190, 9);
    way.slice(1).forEach(([lon], i) => expect(Math.abs(lon - (way[i]?.[0] ?? 0))).toBeLessThan(1));
  });
});

describe('areas', () => {
  it('agrees with the fixtures of the server', () => {
    const whole = 510065621724088;
    for (const [area = 0, perimeter = 0, ...rest] of rows('areas.txt')) {
      const ring = rest.flatMap((lat, i): Place[] => (i % 2 ? [] : [[rest[i + 1] ?? 0, lat]]));
      const want = Math.min(Math.abs(area), whole - Math.abs(area));
      // Places are solved to some micrometres all round the ring; a twentieth of a square metre is what a ring of metres round a pole loses.
      expect(Math.abs(areaOf(ring) - want), JSON.stringify(ring)).toBeLessThan(1e-6 * want + 1e-5 * perimeter + 0.05);
    }
  });
  it('has none without three places', () => expect(areaOf([[0, 0], [1, 1]])).toBe(0));
});
