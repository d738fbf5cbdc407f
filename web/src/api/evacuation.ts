// The one place that reads what the processes casevac-chain and casevac-surface answer.
import type { LineString, Polygon } from 'geojson';
import { flag, list, number, object, optional, or, record, text, type Decoder } from './decode.ts';
import type { Outcome } from './execution.ts';

const yes = or(flag, false);

export const stageNames = ['first_aid', 'advanced_care', 'surgery', 'evacuation'] as const;
export type StageName = (typeof stageNames)[number];

const stage = object({
  place: or(text, ''), stage: text as Decoder<string>, minutes: optional(number), limit_min: number, in_time: yes, late_min: optional(number), facility: or(text, ''), mode: or(text, ''), asset: or(text, ''),
  limiting: or(text, ''), limiting_kind: or(text, ''), limiting_min: optional(number), kind_legs: or(number, 0), kind_min: optional(number),
});
export type CareStage = ReturnType<typeof stage>;

const legFacts = {
  leg: text, asset: or(text, ''), from: or(text, ''), to: or(text, ''), km: optional(number), start_min: number, end_min: number, minutes: number, meanwhile: yes, limiting: yes,
};
const leg = object({ ...legFacts, stage: text });
const baseLeg = object({ ...legFacts, key: number });
export type Leg = Omit<ReturnType<typeof leg>, 'stage'>;

const mend = object({
  stage: text, change: text, kind: text, at: or(text, ''), asset: or(text, ''), notice_min: optional(number), notice_now_min: optional(number), minutes: optional(number), in_time: yes, step: optional(record),
});
export type Mend = ReturnType<typeof mend>;

const journeys = object({ features: list(object({ geometry: (v) => v as LineString })) });

export interface CareChain {
  stages: CareStage[];
  mends: Mend[];
  /** Home of what comes, casualty, landing and facility, as far as they are. */
  journey?: LineString;
  legsOf(stage: StageName): Leg[];
  /** One journey keeps all three limits. */
  allInTime: boolean;
  night: boolean;
}

export function chainIn({ result }: Outcome): CareChain {
  const legs = list(leg)(result.legs, 'legs');
  const summary = object({ in_time: number, night: number })(result.summary, 'summary');
  return {
    stages: list(stage)(result.stages, 'stages'),
    mends: list(mend)(result.mends, 'mends'),
    journey: journeys(result.journeys, 'journeys').features[0]?.geometry,
    legsOf: (of) => legs.filter((l) => l.stage === of),
    allInTime: summary.in_time === 1,
    night: summary.night === 1,
  };
}

const base = object({ key: number, name: text, facility: or(text, ''), surgery_min: optional(number), outcome: text });
export type CareBase = ReturnType<typeof base> & { legs: Leg[] };

const count = object({ collection: text, records: number, surgery: number });
const summary = object({ bases: number, bases_surgery: number });
const cells = object({ features: list(object({ geometry: (v) => v as Polygon, properties: object({ surgery_min: optional(number), outcome: text }) })) });
export type CareCell = ReturnType<typeof cells>['features'][number];

export const careCellsIn = ({ result }: Outcome): CareCell[] => cells(result.surface, 'surface').features;

/** Records and how many of them have surgery in time, by collection. */
export function careCountsIn({ result }: Outcome): Record<string, { n: number; of: number }> {
  const { bases, bases_surgery } = summary(result.summary, 'summary');
  const told = list(count)(result.counts, 'counts').map((c) => [c.collection, { n: c.surgery, of: c.records }] as const);
  return { ...Object.fromEntries(told), bases: { n: bases_surgery, of: bases } };
}

/** The longest to surgery first. */
export function careBasesIn({ result }: Outcome): CareBase[] {
  const legs = list(baseLeg)(result.base_legs, 'base_legs');
  return list(base)(result.bases, 'bases').map((b) => ({ ...b, legs: legs.filter((l) => l.key === b.key) }));
}

/** The limit of surgery that was asked with. */
export const surgeryLimitIn = ({ envelope }: Outcome): number => {
  const asked = (envelope?.parameters as Record<string, unknown> | undefined)?.surgery_limit_min;
  return typeof asked === 'number' ? asked : 120;
};
