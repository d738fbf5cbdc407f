// Rings as the hand draws them: told on over the date line, freed of their own crossings, in few corners, and as shapes that a server takes.
import type { MultiPolygon, Polygon } from 'geojson';
import { turned, type Place } from './geodesic.ts';

/** Each place by the short way from the one before, so that a ring over the date line goes on counting. */
export function continued(ring: Place[]): Place[] {
  let last: number | undefined;
  return ring.map(([lon, lat]): Place => {
    last = last === undefined ? lon : last + turned(lon - last);
    return [last, lat];
  });
}

/** Twice the area on the map, above 0 anticlockwise. */
const twice = (ring: Place[]): number =>
  ring.reduce((sum, [x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length] ?? [x, y];
    return sum + x * ny - nx * y;
  }, 0);

/** A polygon as GeoJSON asks for it: the outer ring anticlockwise, its first place told again. */
export function polygonOf(ring: Place[]): Polygon {
  const outer = twice(ring) < 0 ? [...ring].reverse() : ring;
  return { type: 'Polygon', coordinates: [[...outer, ...outer.slice(0, 1)]] };
}

/** The area in a ring as the server takes it: in parts on both sides of the date line where it lies across. */
export function areaShape(ring: Place[]): Polygon | MultiPolygon {
  const parts = split(continued(ring)).map(polygonOf);
  const [only] = parts;
  return parts.length === 1 && only ? only : { type: 'MultiPolygon', coordinates: parts.map((p) => p.coordinates) };
}

/** A ring that goes on counting, cut at every 180th meridian; each part within -180 to 180. */
function split(ring: Place[]): Place[][] {
  const lons = ring.map(([lon]) => lon);
  const [first, last] = [Math.floor((Math.min(...lons) + 180) / 360), Math.ceil((Math.max(...lons) - 180) / 360)];
  let rest = [ring];
  const parts: Place[][] = [];
  for (let world = first; world <= last; world++) {
    const cut = rest.map((r) => cutAt(r, 180 + 360 * world));
    parts.push(...cut.flatMap((c) => c.west).map((r) => r.map(([lon, lat]): Place => [lon - 360 * world, lat])));
    rest = cut.flatMap((c) => c.east);
  }
  return parts;
}

interface Chain {
  east: boolean;
  places: Place[];
  /** The latitudes at which it comes from the meridian and goes back to it. */
  from: number;
  to: number;
}

/** The parts of a ring that does not cross itself, on both sides of a meridian: along it, what lies inside goes from every odd crossing to the next. */
function cutAt(ring: Place[], lon: number): { west: Place[][]; east: Place[][] } {
  const isEast = ([x]: Place) => x > lon;
  const crossing = ([x1, y1]: Place, [x2, y2]: Place) => y1 + ((y2 - y1) * (lon - x1)) / (x2 - x1);
  const start = ring.findIndex((p, i) => isEast(p) !== isEast(ring.at(i - 1) ?? p));
  if (start < 0) return ring.some(isEast) ? { west: [], east: [ring] } : { west: [ring], east: [] };
  const chains: Chain[] = [];
  for (let i = 0; i < ring.length; i++) {
    const [before, at] = [ring[(start + i - 1 + ring.length) % ring.length], ring[(start + i) % ring.length]];
    if (!before || !at) continue;
    const open = chains.at(-1);
    if (isEast(before) === isEast(at)) open?.places.push(at);
    else {
      const lat = crossing(before, at);
      if (open) open.to = lat;
      chains.push({ east: isEast(at), places: [at], from: lat, to: NaN });
    }
  }
  const [first, last] = [chains[0], chains.at(-1)];
  if (first && last) last.to = first.from;
  return { west: joined(chains, false, lon), east: joined(chains, true, lon) };
}

function joined(chains: Chain[], east: boolean, lon: number): Place[][] {
  const lats = chains.map((c) => c.from).sort((a, b) => a - b);
  const partner = (lat: number) => lats[lats.indexOf(lat) ^ 1];
  const left = new Set(chains.filter((c) => c.east === east));
  const rings: Place[][] = [];
  for (const first of left) {
    const ring: Place[] = [];
    let chain: Chain | undefined = first;
    while (chain && left.delete(chain)) {
      ring.push([lon, chain.from], ...chain.places, [lon, chain.to]);
      const next: number | undefined = partner(chain.to);
      chain = [...left].find((c) => c.from === next);
    }
    rings.push(distinct(ring));
  }
  return rings.filter((r) => r.length >= 3 && twice(r) !== 0);
}

const same = (a: Place | undefined, b: Place | undefined) => a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];

/** Without places that are told twice in a row. */
const distinct = (ring: Place[]): Place[] => ring.filter((p, i) => !same(p, ring.at(i - 1)) || ring.length === 1);

/** Above 0 where c lies to the left of the way from a to b. */
const side = (a: Place, b: Place, c: Place) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
const between = (a: Place, b: Place, c: Place) => Math.min(a[0], b[0]) <= c[0] && c[0] <= Math.max(a[0], b[0]) && Math.min(a[1], b[1]) <= c[1] && c[1] <= Math.max(a[1], b[1]);

/** Where two edges meet, at their ends too. */
function meeting(a: Place, b: Place, c: Place, d: Place): Place | undefined {
  const [s1, s2, s3, s4] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (s1 !== s2 && s3 !== s4 && s1 * s2 <= 0 && s3 * s4 <= 0) {
    const across = (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0]);
    const share = ((c[0] - a[0]) * (d[1] - c[1]) - (c[1] - a[1]) * (d[0] - c[0])) / across;
    return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
  }
  return [[a, b, c], [a, b, d], [c, d, a], [c, d, b]].flatMap(([p, q, r]) => (p && q && r && side(p, q, r) === 0 && between(p, q, r) ? [r] : []))[0];
}

function firstMeeting(ring: Place[]): { i: number; j: number; at: Place } | undefined {
  const n = ring.length;
  for (let i = 0; i < n - 2; i++)
    for (let j = i + 2; j < n; j++) {
      const [a, b, c, d] = [ring[i], ring[i + 1], ring[j], ring[(j + 1) % n]];
      const at = a && b && c && d && !(i === 0 && j === n - 1) ? meeting(a, b, c, d) : undefined;
      if (at) return { i, j, at };
    }
  return undefined;
}

/** The largest loop of a ring that may cross or touch itself, as a freehand one does where it overshoots its beginning; undefined where nothing is left of it. */
export function simpleLoop(ring: Place[], round: (p: Place) => Place): Place[] | undefined {
  let loop = distinct(ring);
  for (let tries = ring.length * 2; tries > 0 && loop.length >= 3; tries--) {
    const met = firstMeeting(loop);
    if (!met) return twice(loop) !== 0 ? loop : undefined;
    const { i, j, at } = met;
    const loops = [loop.slice(i + 1, j + 1), [...loop.slice(j + 1), ...loop.slice(0, i + 1)]].map((l) => distinct([round(at), ...l]));
    loop = loops.sort((a, b) => Math.abs(twice(b)) - Math.abs(twice(a)))[0] ?? [];
  }
  return undefined;
}

/** How far c lies from the way from a to b. */
function away(a: Place, b: Place, c: Place): number {
  const [x, y] = [b[0] - a[0], b[1] - a[1]];
  const share = Math.max(0, Math.min(1, ((c[0] - a[0]) * x + (c[1] - a[1]) * y) / (x * x + y * y || 1)));
  return Math.hypot(c[0] - a[0] - share * x, c[1] - a[1] - share * y);
}

/** The place half way along: where an edge would go round the earth the other way, one corner stays. */
const middle = (way: Place[], first: Place, last: Place): number =>
  way.reduce((best, [x], i) => (Math.abs(x - (first[0] + last[0]) / 2) < Math.abs((way[best]?.[0] ?? first[0]) - (first[0] + last[0]) / 2) ? i : best), 0);

/** A way without the places that a straight line would miss by no more than so many degrees (Douglas and Peucker 1973); no edge grows to half the way round the earth. */
export function simplified(way: Place[], degrees: number): Place[] {
  const [first, last] = [way[0], way.at(-1)];
  if (!first || !last || way.length < 3) return way;
  const distances = way.map((p) => away(first, last, p));
  const far = distances.reduce((most, d, i) => (d > (distances[most] ?? 0) ? i : most), 0);
  const straight = (distances[far] ?? 0) <= degrees;
  const round = Math.abs(last[0] - first[0]) >= 180;
  const worst = straight && round ? middle(way, first, last) : far;
  if (straight && (!round || worst === 0 || worst === way.length - 1)) return [first, last];
  return [...simplified(way.slice(0, worst + 1), degrees).slice(0, -1), ...simplified(way.slice(worst), degrees)];
}

/** The same in at most so many places. */
export function fewPlaces(way: Place[], degrees: number, most: number): Place[] {
  const few = simplified(way, degrees);
  return few.length <= most ? few : fewPlaces(way, degrees * 2, most);
}
