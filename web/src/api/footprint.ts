// The one place that reads the answer of the footprint process.
import type { Feature, FeatureCollection } from 'geojson';
import { list, number, object, optional, or, record, text, type Decoder } from './decode.ts';
import { envelope, type Envelope } from './envelope.ts';

const share = object({ id: text, title: or(text, ''), inside: number, only_one: or(number, 0), none: or(number, 0), selected: number, without_place: or(number, 0) });
export type Share = ReturnType<typeof share>;

const population = object({ reached: number, only_one: or(number, 0), none: or(number, 0), total: or(number, 0), unstated: or(number, 0) });

const base = object({ key: optional(number), name: or(text, ''), radius_m: optional(number), inside: or(number, 0), only: or(number, 0), population: or(number, 0), population_only: or(number, 0) });
export type BaseReach = ReturnType<typeof base>;

const result = object({
  bases: or(list(base), []),
  collections: or(list(share), []),
  population: optional(population),
  rings: optional(record),
  union: optional(record),
  overlap: optional(record),
  gaps: optional(record),
});

interface Shapes {
  /** One disc a base or place: name, radius_m, key (null for a place). */
  rings?: FeatureCollection;
  /** All that some ring reaches: area_m2. */
  union?: Feature;
  /** What at least `depth` rings reach, from 2 on: depth, area_m2. */
  overlap?: FeatureCollection;
  /** What of the area `within` no ring reaches: area_m2, share. */
  gaps?: Feature;
}

export interface Footprint extends Shapes {
  bases: BaseReach[];
  collections: Share[];
  population?: ReturnType<typeof population>;
  envelope: Envelope;
}

export const footprint: Decoder<Footprint> = (v, where) => {
  const raw = object({ result, envelope })(v, where);
  const { rings, union, overlap, gaps, ...rest } = raw.result;
  return { ...rest, ...({ rings, union, overlap, gaps } as unknown as Shapes), envelope: raw.envelope };
};
