// The outline of some cells of a tiling: the edges that no two of them share.
import type { Geometry, Position } from 'geojson';

/** Corners nearer than so many degrees are one: neighbours reckon theirs each by itself. Cells are wider by far. */
const same = 1e-4;

/** @returns edges as lines of two points, in the order of the cells */
export function outlineOf(cells: Geometry[]): [Position, Position][] {
  const edges: { line: [Position, Position]; shared: boolean }[] = [];
  const byMiddle = new Map<string, number[]>();
  for (const line of cells.flatMap(ringsOf).flatMap(edgesOf)) {
    const middle = [(line[0][0] + line[1][0]) / 2, (line[0][1] + line[1][1]) / 2] as const;
    const [x, y] = middle.map((v) => Math.floor(v / same)) as [number, number];
    const near = around(x, y).flatMap((key) => byMiddle.get(key) ?? []).find((i) => alike(edges[i]?.line, line));
    const twin = near === undefined ? undefined : edges[near];
    if (twin) twin.shared = true;
    else {
      byMiddle.set(`${x} ${y}`, [...(byMiddle.get(`${x} ${y}`) ?? []), edges.length]);
      edges.push({ line, shared: false });
    }
  }
  return edges.filter((e) => !e.shared).map((e) => e.line);
}

const ringsOf = (g: Geometry): Position[][] => (g.type === 'Polygon' ? g.coordinates : g.type === 'MultiPolygon' ? g.coordinates.flat() : []);

const edgesOf = (ring: Position[]) => ring.slice(1).map((to, i) => [ring[i] ?? to, to] as [Edge, Edge]).filter(([a, b]) => !close(a, b));
type Edge = [number, number];

const close = (a: Position | undefined, b: Position | undefined) => Math.abs((a?.[0] ?? NaN) - (b?.[0] ?? NaN)) < same && Math.abs((a?.[1] ?? NaN) - (b?.[1] ?? NaN)) < same;

/** The same two ends, whichever comes first. */
const alike = (a: [Position, Position] | undefined, b: [Position, Position]) => a !== undefined && ((close(a[0], b[0]) && close(a[1], b[1])) || (close(a[0], b[1]) && close(a[1], b[0])));

const around = (x: number, y: number) => [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => `${x + dx} ${y + dy}`));
