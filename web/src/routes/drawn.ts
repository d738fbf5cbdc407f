// The ways, places and areas of the workspace as features for the map.
import type { Feature, Geometry } from 'geojson';
import { accessIn, reachedIn, weakestIn } from '../api/ways.ts';
import type { Outcome } from '../api/execution.ts';
import type { Place } from '../geo/geodesic.ts';
import { continued, polygonOf } from '../geo/ring.ts';
import type { TokenName } from '../map/tokens.ts';
import type { Plan } from '../state/plan.ts';
import type { Way } from './ways.ts';

const feature = (part: string, geometry: Geometry, properties: Record<string, unknown> = {}): Feature => ({ type: 'Feature', properties: { part, ...properties }, geometry });
const point = (at: Place): Geometry => ({ type: 'Point', coordinates: at });

export const longest = ({ line }: Pick<Way, 'line'>): Place[] => {
  const parts = line.type === 'LineString' ? [line.coordinates] : line.coordinates;
  const whole = [...parts].sort((a, b) => b.length - a.length)[0] ?? [];
  return whole.map(([lon = 0, lat = 0]): Place => [lon, lat]);
};

/** Where along its line a share of it lies, by degrees: for a badge that is near enough. */
export function placeAlong(line: Place[], share: number): Place | undefined {
  const lengths = line.slice(1).map(([x, y], i) => Math.hypot(x - (line[i]?.[0] ?? 0), y - (line[i]?.[1] ?? 0)));
  let left = share * lengths.reduce((a, b) => a + b, 0);
  for (const [i, length] of lengths.entries()) {
    const [a, b] = [line[i], line[i + 1]];
    if (a && b && left <= length && length > 0) return [a[0] + ((b[0] - a[0]) * left) / length, a[1] + ((b[1] - a[1]) * left) / length];
    left -= length;
  }
  return line.at(-1);
}

/** Badges of several ways stand apart where the ways run together: where each is farthest from the others. */
export function badgePlace(way: Way, ways: Way[]): Place | undefined {
  const mine = longest(way);
  const others = ways.filter((w) => w !== way).flatMap(longest);
  if (!others.length) return placeAlong(mine, 0.5);
  const shares = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8];
  const away = (p: Place) => Math.min(...others.map(([x, y]) => Math.hypot(x - p[0], y - p[1])));
  const found = shares.flatMap((s) => {
    const p = placeAlong(mine, s);
    return p ? [{ p, away: away(p) }] : [];
  });
  return found.reduce((best, next) => (next.away > best.away * 1.05 ? next : best)).p;
}

export function wayFeatures(ways: Way[], chosen: Way | undefined, told: Outcome | undefined, dim: boolean): Feature[] {
  const faded = dim ? { dim: 1 } : {};
  const drawn = ways.filter((w) => w.letter !== undefined || w === chosen);
  const lined = [...drawn.filter((w) => w !== chosen), ...(chosen ? [chosen] : [])];
  const lines = lined.map((w) => feature('way', w.line, { id: w.id, letter: w.letter ?? 'other', chosen: w === chosen ? 1 : 0, ...faded }));
  const badges = drawn.flatMap((w) => {
    const at = badgePlace(w, drawn);
    return at ? [feature('badge', point(at), { id: w.id, letter: w.letter ?? 'other', text: w.letter ?? w.id, chosen: w === chosen ? 1 : 0, ...faded })] : [];
  });
  const weak = told ? weakestIn(told).filter((w) => w.way === 1).map((w) => feature('weak', point(w.at), { help: w.help, ...faded })) : [];
  const access = told ? accessIn(told).map((a) => feature('access', a.line, faded)) : [];
  return [...access, ...lines, ...weak, ...badges];
}

export function planFeatures({ mode, from, to, via, origins, avoid }: Plan): Feature[] {
  const areas = mode === 'threat' ? [] : avoid.map((ring) => feature('avoid', polygonOf(continued(ring))));
  if (mode === 'reach') return [...areas, ...origins.map(({ at }) => feature('via', point(at)))];
  if (mode === 'threat') return [];
  const ends = [...(from ? [feature('from', point(from.at))] : []), ...(to ? [feature('to', point(to.at))] : [])];
  return [...areas, ...via.map(({ at }) => feature('via', point(at))), ...ends];
}

const ramp: TokenName[] = ['reach-1', 'reach-2', 'reach-3', 'reach-4'];

/** From near to far: at most four shades, the farthest the palest. */
export const reachColour = (i: number, n: number): TokenName => ramp[n <= ramp.length ? (n === 1 ? 1 : Math.round((i * (ramp.length - 1)) / (n - 1))) : Math.floor((i * ramp.length) / n)] ?? 'reach-4';

/** The longest time lowest. */
export function reachFeatures(outcome: Outcome, dim: boolean): Feature[] {
  const areas = reachedIn(outcome);
  return areas.map((a, i) => feature('area', a.shape, { colour: reachColour(areas.length - 1 - i, areas.length), ...(dim && { dim: 1 }) }));
}
