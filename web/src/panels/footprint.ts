// The question that a footprint asks, and its answer in one sentence.
import type { Polygon } from 'geojson';
import type { Footprint } from '../api/footprint.ts';
import type { Words } from '../i18n/words.ts';
import type { Drawn } from '../state/drawn.ts';
import { datetimeOf, type TimeRange } from '../state/time.ts';
import type { Pick } from '../state/url.ts';

/** The radius of new bases until another is chosen: they have none of their own. */
export const usualRadius = 50_000;

export interface FootprintQuestion extends Record<string, unknown> {
  bases: number[];
  radius_m?: number;
  places?: { type: 'Point'; coordinates: number[] }[];
  within?: Polygon | GeoJSON.MultiPolygon;
  datetime?: string;
}

interface Chosen {
  footprint: Pick;
  drawn: Drawn;
  within?: FootprintQuestion['within'];
  time?: TimeRange;
}

/** Undefined while there is neither a picked nor a new base. */
export function questionOf({ footprint: { bases, radiusMetres }, drawn: { places }, within, time }: Chosen): FootprintQuestion | undefined {
  if (!bases.length && !places.length) return undefined;
  const radius = radiusMetres ?? (places.length ? usualRadius : undefined);
  const datetime = datetimeOf(time);
  return {
    bases,
    ...(radius !== undefined && { radius_m: radius }),
    ...(places.length > 0 && { places: places.map((at) => ({ type: 'Point' as const, coordinates: at })) }),
    ...(within && { within }),
    ...(datetime && { datetime }),
  };
}

export function findingOf({ bases, population, union }: Footprint, { say, count, area }: Words): string {
  const n = bases.length;
  const covered = Number(union?.properties?.area_m2);
  if (population) return say('footprint.reach', { n, reached: count(population.reached), total: count(population.total) });
  return Number.isFinite(covered) ? say('footprint.covers', { n, area: area(covered) }) : say('footprint.bases', { n });
}
