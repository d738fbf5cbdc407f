// Where a card stands: beside what it speaks of, towards the emptier side, never over it.

export interface Size {
  width: number;
  height: number;
}
export interface Spot {
  left: number;
  top: number;
}

const gap = 22;
const edge = 12;

/** All in pixels of the map, from its upper left. `top` is kept free for the ticks. */
export function placeCard(at: { x: number; y: number }, card: Size, map: Size): Spot {
  const right = map.width - at.x;
  const left = right >= at.x ? at.x + gap : at.x - gap - card.width;
  const beside = left >= edge && left + card.width <= map.width - edge;
  const within = (v: number, most: number) => Math.max(edge, Math.min(v, most - edge));
  if (beside) {
    const wanted = at.y > map.height / 2 ? at.y - card.height + 40 : at.y - 40;
    return { left, top: within(wanted, map.height - card.height) };
  }
  const below = map.height - at.y >= at.y;
  return { left: within(at.x - card.width / 2, map.width - card.width), top: within(below ? at.y + gap : at.y - gap - card.height, map.height - card.height) };
}
