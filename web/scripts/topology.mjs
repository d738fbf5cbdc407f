// Cuts rings into arcs at the points where borders meet, so that a border shared by two areas is simplified once
// and leaves no gap or overlap between them.

const key = (p) => `${p[0]},${p[1]}`;

/** Rings of a GeoJSON geometry, each without its repeated last point. */
export function ringsOf(geometry) {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.map((rings) => rings.map((ring) => ring.slice(0, -1)));
}

/** How far off a straight side, in degrees, a neighbour's point may lie and still be on it: the source rounds to five digits. */
const ON_SIDE = 2e-5;
const CELL = 0.25;

/**
 * Puts the points that a neighbour has along a straight side into that side: where only one of two neighbours carries them,
 * their common border would not be seen as common.
 */
export function weld(areas) {
  const cells = new Map();
  const cellOf = (v) => Math.floor(v / CELL);
  for (const { polygons } of areas)
    for (const ring of polygons.flat())
      for (const p of ring) {
        const k = `${cellOf(p[0])},${cellOf(p[1])}`;
        if (!cells.has(k)) cells.set(k, new Map());
        cells.get(k).set(key(p), p);
      }
  const along = (a, b) => {
    const found = [];
    const [x0, x1, y0, y1] = [Math.min(a[0], b[0]), Math.max(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[1], b[1])];
    for (let x = cellOf(x0 - ON_SIDE); x <= cellOf(x1 + ON_SIDE); x++)
      for (let y = cellOf(y0 - ON_SIDE); y <= cellOf(y1 + ON_SIDE); y++)
        for (const p of cells.get(`${x},${y}`)?.values() ?? [])
          if (key(p) !== key(a) && key(p) !== key(b) && squaredDistance(p, a, b) < ON_SIDE ** 2) found.push(p);
    const far = (p) => (p[0] - a[0]) ** 2 + (p[1] - a[1]) ** 2;
    return found.sort((p, q) => far(p) - far(q));
  };
  const welded = (ring) => ring.flatMap((p, i) => [p, ...along(p, ring[(i + 1) % ring.length])]);
  return areas.map((area) => ({ ...area, polygons: area.polygons.map((rings) => rings.map(welded)) }));
}

/** Points where more than two distinct neighbours meet, over all rings. */
function junctions(areas) {
  const neighbours = new Map();
  const note = (a, b) => {
    const k = key(a);
    if (!neighbours.has(k)) neighbours.set(k, new Set());
    neighbours.get(k).add(key(b));
  };
  for (const area of areas)
    for (const polygon of area.polygons)
      for (const ring of polygon)
        ring.forEach((p, i) => {
          note(p, ring[(i + 1) % ring.length]);
          note(p, ring[(i + ring.length - 1) % ring.length]);
        });
  return new Set([...neighbours].filter(([, set]) => set.size > 2).map(([k]) => k));
}

/** One ring as arcs between junctions; a ring without a junction is one closed arc from its smallest point. */
function cut(ring, isJunction) {
  let start = ring.findIndex((p) => isJunction.has(key(p)));
  if (start < 0) start = ring.reduce((best, p, i) => (key(p) < key(ring[best]) ? i : best), 0);
  const turned = [...ring.slice(start), ...ring.slice(0, start), ring[start]];
  const arcs = [];
  let arc = [turned[0]];
  for (const p of turned.slice(1)) {
    arc.push(p);
    if (isJunction.has(key(p))) {
      arcs.push(arc);
      arc = [p];
    }
  }
  if (arc.length > 1) arcs.push(arc);
  return arcs;
}

function canonical(arc) {
  const forward = key(arc[0]) < key(arc[arc.length - 1]) ||
    (key(arc[0]) === key(arc[arc.length - 1]) && key(arc[1]) <= key(arc[arc.length - 2]));
  const points = forward ? arc : [...arc].reverse();
  return { id: `${key(points[0])}|${key(points[1])}|${key(points[points.length - 1])}|${points.length}`, points, forward };
}

function squaredDistance(p, a, b) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = dx * dx + dy * dy;
  const t = length ? Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length)) : 0;
  return (p[0] - a[0] - t * dx) ** 2 + (p[1] - a[1] - t * dy) ** 2;
}

/** Douglas and Peucker (1973), in degrees: the ends stay. */
export function simplify(points, tolerance) {
  const keep = new Uint8Array(points.length);
  keep[0] = keep[points.length - 1] = 1;
  const stack = [[0, points.length - 1]];
  while (stack.length) {
    const [from, to] = stack.pop();
    let worst = -1;
    let distance = tolerance * tolerance;
    for (let i = from + 1; i < to; i++) {
      const d = squaredDistance(points[i], points[from], points[to]);
      if (d > distance) [worst, distance] = [i, d];
    }
    if (worst > 0) {
      keep[worst] = 1;
      stack.push([from, worst], [worst, to]);
    }
  }
  return points.filter((_, i) => keep[i]);
}

/**
 * Simplifies areas that share borders.
 * @param areas [{id, polygons}] with polygons as ringsOf gives them
 * @param tolerance (ids of the areas on both sides) => degrees
 * @returns {areas: [{id, polygons}] closed rings, arcs: [{points, owners}]}
 */
export function simplifyTogether(areas, tolerance) {
  const meets = junctions(areas);
  const arcs = new Map();
  const drafts = areas.map((area) => ({
    id: area.id,
    polygons: area.polygons.map((rings) => rings.map((ring) => cut(ring, meets).map((raw) => {
      const arc = canonical(raw);
      if (!arcs.has(arc.id)) arcs.set(arc.id, { raw: arc.points, owners: new Set() });
      arcs.get(arc.id).owners.add(area.id);
      return arc;
    }))),
  }));
  for (const arc of arcs.values()) arc.points = simplify(arc.raw, tolerance([...arc.owners]));
  return { areas: drafts.map((draft) => joined(draft, arcs)), arcs: [...arcs.values()].map(({ points, owners }) => ({ points, owners: [...owners] })) };
}

function joined(draft, arcs) {
  const ringOf = (parts) => {
    const points = [];
    for (const part of parts) {
      const arc = arcs.get(part.id).points;
      points.push(...(part.forward ? arc : [...arc].reverse()).slice(points.length ? 1 : 0));
    }
    return points;
  };
  const polygons = draft.polygons.map((rings) => rings.map(ringOf).filter((ring) => ring.length > 3));
  return { id: draft.id, polygons: polygons.filter((rings) => rings.length) };
}
