// The one place that reads the answer of the footprint process.
import type { FeatureCollection } from 'geojson';
import { anything, list, map, number, object, optional, or, record, text, type Decoder } from './decode.ts';

const envelope = object({
  version: or(anything, ''),
  timeStamp: or(text, ''),
  method: or(anything, ''),
  rows_used: or(number, 0),
  rows_dropped: or(map(number), {}),
  seed: optional(anything),
  warnings: or(list(text), []),
});
export type Envelope = ReturnType<typeof envelope>;

const share = object({ id: text, title: or(text, ''), inside: number, only_one: or(number, 0), none: or(number, 0), selected: number, without_place: or(number, 0) });
export type Share = ReturnType<typeof share>;

const population = object({ reached: number, only_one: or(number, 0), none: or(number, 0), total: or(number, 0), unstated: or(number, 0) });

const base = object({ key: number, name: or(text, ''), radius_m: optional(number), inside: or(number, 0), only: or(number, 0), population: or(number, 0), population_only: or(number, 0) });
export type BaseReach = ReturnType<typeof base>;

const result = object({
  bases: or(list(base), []),
  collections: or(list(share), []),
  population: optional(population),
  area: optional(record),
});

export interface Footprint {
  bases: BaseReach[];
  collections: Share[];
  population?: ReturnType<typeof population>;
  area?: FeatureCollection;
  envelope: Envelope;
}

export const footprint: Decoder<Footprint> = (v, where) => {
  const raw = object({ result, envelope })(v, where);
  return { ...raw.result, area: raw.result.area as unknown as FeatureCollection | undefined, envelope: raw.envelope };
};
