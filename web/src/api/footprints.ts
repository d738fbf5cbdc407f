// The one place that reads what the processes scenario-evaluate and scenario-compare answer.
import type { Point } from 'geojson';
import { flag, list, number, object, optional, or, record, text, type Decoder } from './decode.ts';
import { warning } from './warning.ts';
import type { Outcome } from './execution.ts';

/** Where it is, and all that the server tells of it. */
interface Told {
  at: [number, number];
  told: Record<string, unknown>;
}

const score = optional(number);
const baseFacts = object({
  key: number, name: or(text, ''), people: or(number, 0), score_priority: score, score_threat: score, score_support: score, score_medical: score, score_operational: score,
  people_in_time: or(number, 0), places_in_time: or(number, 0), people_alone: or(number, 0), incidents: or(number, 0), incidents_year: or(number, 0), incidents_year_lower: optional(number), incidents_year_upper: optional(number),
  casualties: or(number, 0), incidents_query: or(text, ''), hub: or(text, ''), supply_min: optional(number), supply_km: optional(number), supply_problem: or(text, ''), capacity: optional(number), cost_year: optional(number), stock_days: optional(number),
  trend_slope: optional(number), trend_slope_lower: optional(number), trend_slope_upper: optional(number), trend_p: optional(number), trend_counts: or(list(number), []),
  surgery_min: optional(number), helpers: or(number, 0), help_min: optional(number), help_from: or(text, ''), forces: or(number, 0), aircraft: or(number, 0),
});
export type Station = ReturnType<typeof baseFacts> & Told;

const placeFacts = object({ key: number, name: or(text, ''), people: optional(number), minutes: optional(number), nearest: or(text, ''), bases: or(number, 0), in_time_of: or(list(number), []), patrols: or(number, 0), by_air: (v) => v === true, road: (v) => v === true });
export type Demand = ReturnType<typeof placeFacts> & Told;

const differenceFacts = object({ key: number, name: or(text, ''), option: text, change: text, people: optional(number), minutes_before: optional(number), minutes_after: optional(number) });
export type Shift = ReturnType<typeof differenceFacts> & Told;

const measure = object({ option: text, factor: text, measure: text, title: text, value: optional(number), lower: optional(number), upper: optional(number), unit: or(text, ''), better: or(text, ''), difference: optional(number), apart: optional(flag), layer: or(text, ''), where: or(text, ''), how: or(text, ''), of: or(text, ''), inputs: or(text, '') });
export type Measure = ReturnType<typeof measure>;

const optionFacts = object({ option: text, priority: score, threat: score, support: score, medical: score, operational: score });
export type OptionParts = ReturnType<typeof optionFacts>;

const balance = object({ option: text, places_gained: number, places_lost: number, people_gained: number, people_lost: number });
export type Balance = ReturnType<typeof balance>;

const effect = object({ change: number, act: text, key: number, name: or(text, ''), done: or(flag, false), effect_said: or(list(warning), []), problems_said: or(list(warning), []), on: or(text, '') });
export type Effect = ReturnType<typeof effect>;

const features = <T>(value: unknown, where: string, facts: Decoder<T>) =>
  object({ features: list(object({ properties: record, geometry: optional(record) })) })(value, where).features.map(({ properties, geometry }, i) => ({ ...facts(properties, `${where}.features[${i}].properties`), told: properties, at: ((geometry as unknown as Point | undefined)?.coordinates.slice(0, 2) ?? [0, 0]) as [number, number] }));

export const stationsIn = ({ result }: Outcome): Station[] => features(result.bases, 'bases', baseFacts);
export const demandsIn = ({ result }: Outcome): Demand[] => features(result.places, 'places', placeFacts);
export const effectsIn = ({ result }: Outcome): Effect[] => or(list(effect), [])(result.changes, 'changes');
export const measuresIn = ({ result }: Outcome): Measure[] => list(measure)(result.numbers, 'numbers');
export const partsIn = ({ result }: Outcome): OptionParts[] => list(optionFacts)(result.scores, 'scores');
export const balanceIn = ({ result }: Outcome): Balance | undefined => or(list(balance), [])(result.balance, 'balance')[0];
export const shiftsIn = ({ result }: Outcome): Shift[] => features(result.differences, 'differences', differenceFacts);
