// The vertices of any shape as one list, each with its path into the coordinates; and the shape with one of them changed.
// Rings are told once: the place that closes a ring follows the one that opens it. Heights beside the place stay.
import type { Geometry, Position } from 'geojson';
import { placeOf, turned, type Place } from './geodesic.ts';

type Shape = Exclude<Geometry, { type: 'GeometryCollection' }>;
/** Indices into the coordinates; empty for a point. */
export type Path = number[];

export interface Vertex {
  path: Path;
  at: Place;
}

/** A run of positions: a line, a ring, or the points of a multi-point. */
interface Strand {
  path: Path;
  positions: Position[];
  closed: boolean;
}

const open = (positions: Position[], path: Path = []): Strand => ({ path, positions, closed: false });
const ring = (positions: Position[], path: Path): Strand => ({ path, positions: positions.slice(0, -1), closed: true });

function strandsOf(g: Geometry): Strand[] {
  switch (g.type) {
    case 'Point': return [open([g.coordinates])];
    case 'MultiPoint': case 'LineString': return [open(g.coordinates)];
    case 'MultiLineString': return g.coordinates.map((line, i) => open(line, [i]));
    case 'Polygon': return g.coordinates.map((r, i) => ring(r, [i]));
    case 'MultiPolygon': return g.coordinates.flatMap((p, i) => p.map((r, j) => ring(r, [i, j])));
    case 'GeometryCollection': return [];
  }
}

export function verticesOf(g: Geometry): Vertex[] {
  if (g.type === 'Point') return [{ path: [], at: placeOf(g.coordinates) }];
  return strandsOf(g).flatMap(({ path, positions }) => positions.map((p, i) => ({ path: [...path, i], at: placeOf(p) })));
}

/** Where a vertex may be put in: the middles of the edges, each with the path that the new one would have. */
export function middlesOf(g: Geometry): Vertex[] {
  if (g.type === 'Point' || g.type === 'MultiPoint') return [];
  return strandsOf(g).flatMap(({ path, positions, closed }) =>
    positions.flatMap((p, i): Vertex[] => {
      const next = positions[i + 1] ?? (closed ? positions[0] : undefined);
      return next ? [{ path: [...path, i + 1], at: between(placeOf(p), placeOf(next)) }] : [];
    }));
}

/** 180 stays 180: only what lies beyond is turned. */
const onEarth = (lon: number) => (Math.abs(lon) > 180 ? turned(lon) : lon);

const between = ([lon1, lat1]: Place, [lon2, lat2]: Place): Place => [onEarth(lon1 + turned(lon2 - lon1) / 2), (lat1 + lat2) / 2];

/** Six decimals of a degree are a tenth of a metre. */
const fine = (v: number) => +v.toFixed(6);
const written = ([lon, lat]: Place, old: Position = []): Position => [fine(onEarth(lon)), fine(lat), ...old.slice(2)];

/** The shape with the strand that a path lies in replaced. */
function withStrand(g: Shape, path: Path, change: (positions: Position[], index: number) => Position[]): Geometry {
  const index = path.at(-1) ?? 0;
  const at = path.slice(0, -1);
  const found = strandsOf(g).find((s) => s.path.length === at.length && s.path.every((n, i) => n === at[i]));
  if (!found) return g;
  const changed = change(found.positions, index);
  const whole = found.closed ? [...changed, ...changed.slice(0, 1)] : changed;
  return { ...g, coordinates: putIn(g.coordinates, at, whole) } as Geometry;
}

function putIn(list: unknown, [first, ...rest]: Path, value: unknown): unknown {
  return first === undefined ? value : (list as unknown[]).map((part, i) => (i === first ? putIn(part, rest, value) : part));
}

export function moved(g: Geometry, path: Path, to: Place): Geometry {
  if (g.type === 'GeometryCollection') return g;
  if (g.type === 'Point') return { ...g, coordinates: written(to, g.coordinates) };
  return withStrand(g, path, (positions, index) => positions.map((p, i) => (i === index ? written(to, p) : p)));
}

export function inserted(g: Geometry, path: Path, at: Place): Geometry {
  if (g.type === 'GeometryCollection' || g.type === 'Point') return g;
  return withStrand(g, path, (positions, index) => {
    const [a, b] = [positions[index - 1], positions[index] ?? positions[0]];
    const height = a?.[2] !== undefined && b?.[2] !== undefined ? [(a[2] + b[2]) / 2] : [];
    return [...positions.slice(0, index), [...written(at), ...height], ...positions.slice(index)];
  });
}

const fewest: Record<string, number> = { MultiPoint: 1, LineString: 2, MultiLineString: 2, Polygon: 3, MultiPolygon: 3 };

/** Undefined where the shape would be none any more. */
export function removed(g: Geometry, path: Path): Geometry | undefined {
  if (g.type === 'GeometryCollection' || g.type === 'Point') return undefined;
  const strand = strandsOf(g).find((s) => s.path.every((n, i) => n === path[i]));
  if (!strand || strand.positions.length <= (fewest[g.type] ?? 1)) return undefined;
  return withStrand(g, path, (positions, index) => positions.filter((_, i) => i !== index));
}

/** The whole shape, moved by so many degrees. */
export function shifted(g: Geometry, [east, north]: Place): Geometry {
  if (g.type === 'GeometryCollection') return g;
  const by = (c: unknown): unknown => {
    const list = c as unknown[];
    return typeof list[0] === 'number' ? written([Number(list[0]) + east, Number(list[1]) + north], list as Position) : list.map(by);
  };
  return { ...g, coordinates: by(g.coordinates) } as Geometry;
}

export type Drawable = 'point' | 'line' | 'polygon';

/** A new shape of places in their order; undefined while there are too few. */
export function shapeOf(kind: Drawable, places: Place[]): Geometry | undefined {
  const positions = places.map((p) => written(p));
  const [first] = positions;
  if (!first) return undefined;
  if (kind === 'point') return { type: 'Point', coordinates: first };
  if (kind === 'line') return places.length > 1 ? { type: 'LineString', coordinates: positions } : undefined;
  return places.length > 2 ? { type: 'Polygon', coordinates: [[...anticlockwise(positions), ...anticlockwise(positions).slice(0, 1)]] } : undefined;
}

/** Outer rings run anticlockwise (RFC 7946). */
function anticlockwise(positions: Position[]): Position[] {
  const twice = positions.reduce((sum, [x = 0, y = 0], i) => {
    const [nx = 0, ny = 0] = positions[(i + 1) % positions.length] ?? [];
    return sum + x * ny - nx * y;
  }, 0);
  return twice < 0 ? [...positions].reverse() : positions;
}
