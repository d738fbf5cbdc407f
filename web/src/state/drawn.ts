// What the reader drew: bases that are only supposed, an area to look for gaps in, a measurement. Kept in the link as d=.
import { turned, type Place } from '../geo/geodesic.ts';

export interface Measured {
  points: Place[];
  /** The way comes back to its first place, and has an area. */
  closed: boolean;
}

/** The area that gaps are looked for in: drawn as a ring, or a record that has one. */
export type Within = { ring: Place[] } | { collection: string; key: number };

export interface Drawn {
  places: Place[];
  within?: Within;
  measured?: Measured;
}

export const nothingDrawn: Drawn = { places: [] };

/** Five decimals of a degree are a metre: nobody draws finer. */
const round = (v: number) => +v.toFixed(5);
export const finest = ([lon, lat]: Place): Place => [round(lon), round(lat)];
/** Longitudes that went on counting over the date line are back within half a turn. */
export const rounded = ([lon, lat]: Place): Place => finest([Math.abs(lon) > 180 ? turned(lon) : lon, lat]);

export const formatPlaces = (places: Place[]) => places.map((p) => rounded(p).join(',')).join(';');

/** b: bases, w: the area as a ring, r: the area as a record, m: a way measured, c: a way round. */
export function formatDrawn({ places, within, measured }: Drawn): string | undefined {
  const parts = [
    places.length > 0 && `b:${formatPlaces(places)}`,
    within && ('ring' in within ? `w:${formatPlaces(within.ring)}` : `r:${within.collection}.${within.key}`),
    measured && measured.points.length > 0 && `${measured.closed ? 'c' : 'm'}:${formatPlaces(measured.points)}`,
  ].filter(Boolean);
  return parts.join('/') || undefined;
}

/** What cannot be read is left out. */
export function parseDrawn(text = ''): Drawn {
  const parts = new Map(text.split('/').map((part) => [part.slice(0, 2), part.slice(2)]));
  const drawn: Drawn = { places: parsePlaces(parts.get('b:')) };
  const ring = parsePlaces(parts.get('w:'));
  const record = /^([^.]+)\.(\d+)$/.exec(parts.get('r:') ?? '');
  if (ring.length >= 3) drawn.within = { ring };
  else if (record?.[1]) drawn.within = { collection: record[1], key: Number(record[2]) };
  const [way, round] = [parsePlaces(parts.get('m:')), parsePlaces(parts.get('c:'))];
  if (way.length) drawn.measured = { points: way, closed: false };
  else if (round.length >= 3) drawn.measured = { points: round, closed: true };
  return drawn;
}

export function parsePlaces(text = ''): Place[] {
  return text.split(';').flatMap((pair): Place[] => {
    const [lon, lat, ...rest] = pair.split(',').map((v) => (v === '' ? NaN : Number(v)));
    const fits = lon !== undefined && lat !== undefined && rest.length === 0 && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
    return fits ? [[lon, lat]] : [];
  });
}
