// Small pieces of geometry the page needs to draw: boxes, and which country a point lies in. Answers come from the server.
import type { Feature, FeatureCollection, Geometry, MultiPolygon, Position } from 'geojson';

export type Bounds = [west: number, south: number, east: number, north: number];

function* positions(g: Geometry): Generator<Position> {
  if (g.type === 'GeometryCollection') for (const part of g.geometries) yield* positions(part);
  else yield* flat(g.coordinates);
}

function* flat(c: unknown): Generator<Position> {
  if (!Array.isArray(c)) return;
  if (typeof c[0] === 'number') yield c as Position;
  else for (const part of c) yield* flat(part);
}

/** The box round the geometries; undefined when there is none. */
export function boundsOf(geometries: (Geometry | null)[]): Bounds | undefined {
  const box: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const g of geometries)
    if (g)
      for (const [x = 0, y = 0] of positions(g)) {
        box[0] = Math.min(box[0], x);
        box[1] = Math.min(box[1], y);
        box[2] = Math.max(box[2], x);
        box[3] = Math.max(box[3], y);
      }
  return box[0] <= box[2] ? box : undefined;
}

/** Where a card points: the point itself, or the middle vertex of a line, or the middle of the box. */
export function anchorOf(g: Geometry): [lon: number, lat: number] {
  const all = [...positions(g)];
  const middle = g.type === 'LineString' ? all[Math.floor(all.length / 2)] : g.type === 'Point' ? all[0] : undefined;
  if (middle) return [middle[0] ?? 0, middle[1] ?? 0];
  const box = boundsOf([g]) ?? [0, 0, 0, 0];
  return [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
}

function inRing([x = 0, y = 0]: Position, ring: Position[]): boolean {
  let within = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi = 0, yi = 0] = ring[i] ?? [];
    const [xj = 0, yj = 0] = ring[j] ?? [];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) within = !within;
  }
  return within;
}

const covers = (g: MultiPolygon, p: Position) => g.coordinates.some((rings) => rings.filter((ring) => inRing(p, ring)).length % 2 === 1);

/** ISO codes of the countries that the points lie in: only for the shade of the base map, never for a count. */
export function countriesOf(points: Position[], countries: FeatureCollection): string[] {
  const found = new Set<string>();
  for (const p of points) {
    const home = (countries.features as Feature<MultiPolygon>[]).find((f) => covers(f.geometry, p));
    if (home) found.add(String(home.properties?.iso));
  }
  return [...found];
}

/** The box of the tile cell that a merged point stands for: a cell is 1/256 of the side of a tile of that whole zoom. */
export function cellBox([lon, lat]: [number, number], zoom: number): Bounds {
  const cells = 256 * 2 ** Math.floor(zoom);
  const x = Math.floor(((lon + 180) / 360) * cells);
  const y = Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * cells);
  const lonOf = (n: number) => (n / cells) * 360 - 180;
  const latOf = (n: number) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * n) / cells))) * 180) / Math.PI;
  return [lonOf(x), latOf(y + 1), lonOf(x + 1), latOf(y)];
}
