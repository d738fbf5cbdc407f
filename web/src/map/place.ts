// Where a card stands: beside what it speaks of, towards the emptier side, never over it, and off what stands there already.

export interface Size {
  width: number;
  height: number;
}
export interface Spot {
  left: number;
  top: number;
}
export type Box = Spot & Size;

const gap = 22;
const edge = 12;

const within = (v: number, most: number) => Math.max(edge, Math.min(v, most - edge));
const overlap = (a: Box, b: Box) =>
  Math.max(0, Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left)) * Math.max(0, Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top));

/** All in pixels of the map, from its upper left. */
export function placeCard(at: { x: number; y: number }, card: Size, map: Size, taken: Box[] = []): Spot {
  const low = at.y > map.height / 2;
  const level = within(low ? at.y - card.height + 40 : at.y - 40, map.height - card.height);
  const middle = within(at.x - card.width / 2, map.width - card.width);
  const beside = [{ left: at.x + gap, top: level }, { left: at.x - gap - card.width, top: level }];
  const stacked = [{ left: middle, top: at.y + gap }, { left: middle, top: at.y - gap - card.height }];
  if (map.width - at.x < at.x) beside.reverse();
  if (low) stacked.reverse();
  const fits = ({ left, top }: Spot) => left >= edge && left + card.width <= map.width - edge && top >= edge && top + card.height <= map.height - edge;
  const hidden = (spot: Spot) => taken.reduce((sum, box) => sum + overlap({ ...spot, ...card }, box), 0);
  const [far, foot] = [map.width - card.width - edge, map.height - card.height - edge];
  const corners = [[edge, edge], [far, edge], [edge, foot], [far, foot]].map(([left = 0, top = 0]) => ({ left, top }));
  const clear = (spot: Spot) => overlap({ ...spot, ...card }, { left: at.x - gap, top: at.y - gap, width: 2 * gap, height: 2 * gap }) === 0;
  // Beside the feature where that is in view and free; else in a corner.
  const spots = [...beside, ...stacked, ...corners.filter(clear)].filter(fits);
  // Without room on any side, above or below as far as the map goes.
  const [first = { left: middle, top: within(stacked[0]?.top ?? 0, map.height - card.height) }] = spots;
  return spots.reduce((best, spot) => (hidden(spot) < hidden(best) ? spot : best), first);
}
