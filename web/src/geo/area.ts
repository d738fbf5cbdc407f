// The area of a shape with geodesic edges on WGS 84: the strip between each edge and the equator, on the sphere of equal
// area (Snyder 1987, authalic latitude), summed along the edge by Gauss's rule.
import { direct, inverse, turned, type Place } from './geodesic.ts';

const a = 6378137;
const f = 1 / 298.257223563;
const e2 = f * (2 - f);
const e = Math.sqrt(e2);
const rad = Math.PI / 180;

/** Half of the strip between the equator and a latitude, a radian wide: at the pole the squared radius of the sphere of equal area. */
function strip(lat: number): number {
  const s = Math.sin(lat * rad);
  return (a * a * (1 - e2) * (s / (1 - e2 * s * s) + Math.atanh(e * s) / e)) / 2;
}

const sphere = 4 * Math.PI * strip(90);

/** Nodes and weights of Gauss's rule of eight on -1..1; the other half mirrors them. */
const rule = [
  [0.1834346424956498, 0.362683783378362],
  [0.525532409916329, 0.3137066458778873],
  [0.7966664774136267, 0.2223810344533745],
  [0.9602898564975363, 0.1012285362903763],
] as const;
const nodes = rule.flatMap(([x, w]) => [[x, w], [-x, w]] as const);

/** A piece is short enough for the rule; near a pole the strip changes fast, and pieces are shorter there. */
const piece = 100_000;

/** Between an edge and a line of latitude: the nearer that line, the less is lost to rounding. */
function under(from: Place, to: Place, base: number): number {
  const { metres, bearing } = inverse(from, to);
  if (turned(to[0] - from[0]) === 0) return 0;
  const pieces = Math.max(1, Math.ceil(metres / piece));
  const width = metres / pieces;
  let sum = 0;
  for (let i = 0; i < pieces; i++)
    for (const [x, w] of nodes) {
      const at = direct(from, bearing, (i + (x + 1) / 2) * width);
      const lat = at.place[1];
      const across = (a * Math.cos(lat * rad)) / Math.sqrt(1 - e2 * Math.sin(lat * rad) ** 2);
      sum += (w / 2) * width * (strip(lat) - base) * (Math.sin(at.bearing * rad) / across);
    }
  return sum;
}

/** Square metres of the smaller side of a closed ring; its first place need not be told again. */
export function areaOf(ring: Place[]): number {
  if (ring.length < 3) return 0;
  const edges = ring.map((from, i) => [from, ring[(i + 1) % ring.length] ?? from] as const);
  // A ring that goes once round the world has a pole inside, and is measured from there; so is one that is near it.
  const polar = Math.abs(edges.reduce((round, [from, to]) => round + turned(to[0] - from[0]), 0)) > 180;
  const lat = ring.reduce((most, [, y]) => (Math.abs(y) > Math.abs(most) ? y : most), 0);
  const base = strip(polar || Math.abs(lat) > 80 ? (lat < 0 ? -90 : 90) : lat);
  const area = Math.abs(edges.reduce((all, [from, to]) => all + under(from, to, base), 0));
  return Math.min(area, sphere - area);
}
