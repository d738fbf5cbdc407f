// Places along a line: which of it is nearest, and in which order others come.
import type { Place } from '../geo/geodesic.ts';
import type { Plan } from '../state/plan.ts';

interface Pixel {
  x: number;
  y: number;
}

export interface OnLine {
  at: Pixel;
  /** Which piece of the line, and how far along it. */
  piece: number;
  share: number;
  away: number;
}

export function nearestOn(line: Pixel[], { x, y }: Pixel): OnLine | undefined {
  let best: OnLine | undefined;
  for (const [i, a] of line.entries()) {
    const b = line[i + 1];
    if (!b) break;
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const share = Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
    const at = { x: a.x + share * dx, y: a.y + share * dy };
    const away = Math.hypot(at.x - x, at.y - y);
    if (!best || away < best.away) best = { at, piece: i, share, away };
  }
  return best;
}

const flat = ([x, y]: Place): Pixel => ({ x, y });
const along = (line: Place[], at: Place): number => {
  const found = nearestOn(line.map(flat), flat(at));
  return found ? found.piece + found.share : 0;
};

/** How many of the places by the way are passed before this one: where it goes among them. */
export function placeInOrder(line: Place[], { via }: Pick<Plan, 'via'>, at: Place): number {
  const here = along(line, at);
  return via.filter((s) => along(line, s.at) < here).length;
}
