// Finds records by name: those of the current mission first, then names that begin with what was typed, then the larger places.
import type { Item } from '../api/shapes.ts';
import { fold } from '../geo/fold.ts';
import { nameOf, textOf } from '../map/layers/layer.ts';
import { anchorOf, boundsOf, type Bounds } from '../map/shapes.ts';

/** The ground of a mission: the box round its bases, half a degree wider. Undefined for all missions. */
export function groundOf(bases: Item[], mission: string): Bounds | undefined {
  const own = mission ? boundsOf(bases.filter((b) => textOf(b.properties.mission) === mission).map((b) => b.geometry)) : undefined;
  return own && [own[0] - 0.5, own[1] - 0.5, own[2] + 0.5, own[3] + 0.5];
}

/** A record says whose it is, or stands on the mission's ground. */
function isHome({ properties, geometry }: Item, mission: string, ground: Bounds | undefined): boolean {
  const own = textOf(properties.mission);
  if (own || !ground || !geometry) return own === mission;
  const [lon, lat] = anchorOf(geometry);
  return lon >= ground[0] && lat >= ground[1] && lon <= ground[2] && lat <= ground[3];
}

/** The places of items whose name holds the text, best first; only those that have a place. */
export function found(items: Item[], text: string, mission: string, ground: Bounds | undefined): Item[] {
  const look = fold(text);
  if (!look) return [];
  return items
    .flatMap((item) => {
      const name = fold(nameOf(item.properties));
      if (!item.geometry || !name.includes(look)) return [];
      const rank = (isHome(item, mission, ground) ? 0 : 2) + (name.startsWith(look) ? 0 : 1);
      return [{ item, rank, people: Number(item.properties.population) || 0 }];
    })
    .sort((a, b) => a.rank - b.rank || b.people - a.people)
    .map(({ item }) => item);
}
