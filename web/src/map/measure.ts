// A measured way: its legs, its sum, the area of a shape that comes back to its beginning, and how all that is drawn.
import type { Feature } from 'geojson';
import { areaOf } from '../geo/area.ts';
import { along, direct, inverse, turned, type Place } from '../geo/geodesic.ts';
import type { Measured } from '../state/drawn.ts';

export interface Leg {
  from: Place;
  to: Place;
  metres: number;
  /** Degrees clockwise from north, at the leg's beginning. */
  bearing: number;
}

export interface Measurement {
  legs: Leg[];
  metres: number;
  /** Of a closed shape. */
  squareMetres?: number;
}

const legOf = (from: Place, to: Place): Leg => ({ from, to, ...inverse(from, to) });

export function measurementOf({ points, closed }: Measured): Measurement {
  const legs = points.slice(1).map((to, i) => legOf(points[i] ?? to, to));
  const [first, last] = [points[0], points.at(-1)];
  if (closed && first && last) legs.push(legOf(last, first));
  const metres = legs.reduce((sum, leg) => sum + leg.metres, 0);
  return closed ? { legs, metres, squareMetres: areaOf(points) } : { legs, metres };
}

const feature = (part: string, geometry: Feature['geometry'], name = ''): Feature => ({ type: 'Feature', properties: { part, name }, geometry });

/** Each leg drawn on from where the one before ended, so that a way over the date line stays whole. */
function joined(legs: Leg[]): Place[] {
  const way: Place[] = [];
  for (const { from, to } of legs) {
    const start = way.at(-1);
    const shift = start ? start[0] - from[0] : 0;
    const points = along(from, to).map(([lon, lat]): Place => [lon + shift, lat]);
    way.push(...(start ? points.slice(1) : points));
  }
  return way;
}

/** @param hover where the pointer stands, while the way still grows */
export function measureFeatures(measured: Measured | undefined, hover: Place | undefined, label: (metres: number) => string): Feature[] {
  if (!measured?.points.length) return [];
  const { points, closed } = measured;
  const { legs } = measurementOf(measured);
  const last = points.at(-1);
  const features = points.map((at) => feature('corner', { type: 'Point', coordinates: at }));
  if (legs.length) {
    const way = joined(legs);
    if (closed) features.unshift(feature('area', { type: 'Polygon', coordinates: [way] }));
    features.unshift(feature('way', { type: 'LineString', coordinates: way }));
    features.push(...legs.map((leg) => feature('label', { type: 'Point', coordinates: middle(leg) }, label(leg.metres))));
  }
  if (hover && last && !closed) {
    const next = legOf(last, [last[0] + turned(hover[0] - last[0]), hover[1]]);
    features.unshift(feature('next', { type: 'LineString', coordinates: along(next.from, next.to) }));
    features.push(feature('label', { type: 'Point', coordinates: middle(next) }, label(next.metres)));
  }
  return features;
}

const middle = ({ from, bearing, metres }: Leg): Place => direct(from, bearing, metres / 2).place;
