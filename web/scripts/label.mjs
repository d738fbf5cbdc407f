// Where a country's name stands: the point farthest from the outline, by a coarse grid that is refined.

/** Signed area of a closed ring in square degrees (the shoelace formula). */
export function ringArea(ring) {
  let sum = 0;
  for (let i = 0; i < ring.length - 1; i++) sum += ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
  return sum / 2;
}

function inside([x, y], ring) {
  let within = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i];
    const [xj, yj] = ring[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) within = !within;
  }
  return within;
}

function clearance(p, ring) {
  const nearest = Math.min(...ring.map((q) => (q[0] - p[0]) ** 2 + (q[1] - p[1]) ** 2));
  return inside(p, ring) ? nearest : -nearest;
}

/** The best cell of a 12 by 12 grid over the box, looked at again in four finer steps. */
export function labelPoint(ring) {
  let [w, s, e, n] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of ring) [w, s, e, n] = [Math.min(w, x), Math.min(s, y), Math.max(e, x), Math.max(n, y)];
  const thin = ring.filter((_, i) => i % Math.ceil(ring.length / 400) === 0);
  let best = [(w + e) / 2, (s + n) / 2];
  for (let step = 0, [dx, dy] = [e - w, n - s]; step < 4; step++, dx /= 6, dy /= 6) {
    const centre = best;
    let most = -Infinity;
    for (let i = 0; i <= 12; i++)
      for (let j = 0; j <= 12; j++) {
        const p = [centre[0] + (i / 12 - 0.5) * dx, centre[1] + (j / 12 - 0.5) * dy];
        const c = clearance(p, thin);
        if (c > most) [most, best] = [c, p];
      }
  }
  return best.map((v) => +v.toFixed(2));
}
