// Cuts a ring along a parallel and joins two rings along the border that they share: for territory that the source data
// gives to one side and this map does not.

const key = (p) => `${p[0]},${p[1]}`;

/** The parts of a closed ring north and south of a latitude that it crosses twice. */
export function cutAt(ring, lat) {
  const [north, south] = [[], []];
  ring.slice(0, -1).forEach((a, i) => {
    const b = ring[i + 1];
    (a[1] > lat ? north : south).push(a);
    if (a[1] > lat === b[1] > lat) return;
    const crossing = [+(a[0] + ((b[0] - a[0]) * (lat - a[1])) / (b[1] - a[1])).toFixed(5), lat];
    north.push(crossing);
    south.push(crossing);
  });
  return { north: closed(north), south: closed(south) };
}

const closed = (points) => [...points, points[0]];

/** One ring round two that share a border point by point: what both walk, each its own way, falls out. */
export function merge(a, b) {
  const steps = new Map();
  for (const ring of [a, turned(b, a)])
    ring.slice(0, -1).forEach((p, i) => {
      const back = steps.get(key(ring[i + 1]));
      if (back && key(back) === key(p)) steps.delete(key(ring[i + 1]));
      else steps.set(key(p), ring[i + 1]);
    });
  const start = [...a, ...b].find((p) => steps.has(key(p)));
  const out = [start];
  for (let p = steps.get(key(start)); key(p) !== key(start); p = steps.get(key(p))) out.push(p);
  return closed(out);
}

const area = (ring) => ring.slice(0, -1).reduce((sum, p, i) => sum + p[0] * ring[i + 1][1] - ring[i + 1][0] * p[1], 0);
/** The second ring, walked the same way round as the first. */
const turned = (ring, like) => (area(ring) > 0 === area(like) > 0 ? ring : [...ring].reverse());
