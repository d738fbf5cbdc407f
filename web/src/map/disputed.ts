// Borders that are disputed or not determined: our own approximate lines, and which of them a view holds.
import lines from './disputed.json';
import type { View } from './graticule.ts';
import { boundsOf } from './shapes.ts';

export const disputedLines = lines as unknown as GeoJSON.FeatureCollection;

const ids = ['western-sahara', 'abyei', 'cyprus', 'golan', 'kosovo'] as const;
export type Dispute = (typeof ids)[number];

const boxes = ids.map((id) => ({ id, box: boundsOf(disputedLines.features.filter((f) => f.properties?.id === id).map((f) => f.geometry)) }));

/** Below this zoom the areas are too small to be read, and a note on each would say nothing. */
const least = 4;
/** How far round its lines a dispute is spoken of, in degrees: the area reaches beyond the line that is drawn. */
const reach = 1;

export function disputesIn({ west, south, east, north, zoom }: View): Dispute[] {
  if (zoom < least) return [];
  const meets = ([w, s, e, n]: [number, number, number, number]) => w - reach < east && e + reach > west && s - reach < north && n + reach > south;
  return boxes.flatMap(({ id, box }) => (box && meets(box) ? [id] : []));
}
