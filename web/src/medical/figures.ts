// Pure figures of the chain of care: kinds of legs, where they stand on a bar, classes of minutes, and a mend as a change of a scenario.
import type { CareStage, Leg, Mend } from '../api/evacuation.ts';
import { changed, refOf, type Change } from '../state/scenario.ts';

/** Waiting for help, on the way, and in and out of what carries. */
export type LegKind = 'wait' | 'way' | 'load';
const ways = new Set(['fly', 'drive', 'carry', 'landing_to_facility']);
const loads = new Set(['load', 'unload', 'reload', 'first_aid']);
export const kindOf = ({ leg }: Pick<Leg, 'leg'>): LegKind => (ways.has(leg) ? 'way' : loads.has(leg) ? 'load' : 'wait');

/** What the casualty goes through, one after the other: what comes meanwhile is in no sum. */
export const ownLegs = (legs: Leg[]): Leg[] => legs.filter((l) => !l.meanwhile);

export const endOf = (legs: Leg[]): number => ownLegs(legs).at(-1)?.end_min ?? 0;

/** The server's word for where the casualty lies. */
const here = 'the casualty';
export const isOut = ({ to }: Pick<Leg, 'to'>): boolean => to === here;
export const isHere = (name: string): boolean => name === here;

export interface Segment {
  leg: Leg;
  kind: LegKind;
  /** Of the whole bar, 0 to 100. */
  from: number;
  width: number;
}

/** Legs along a bar of so many minutes, each where the server says that it begins and ends. */
export const segmentsOf = (legs: Leg[], whole: number): Segment[] =>
  ownLegs(legs).flatMap((leg) => (leg.end_min > leg.start_min ? [{ leg, kind: kindOf(leg), from: (100 * leg.start_min) / whole, width: (100 * (leg.end_min - leg.start_min)) / whole }] : []));

/** A bar has room for the chain and for the limit. */
export const wholeOf = (minutes: number[], limit: number): number => Math.max(limit * 1.1, ...minutes) * 1.02;

/** Upper bounds of the classes of the map, for a limit of 120: 45, 60, 90 and 120 minutes. */
export const boundsFor = (limit: number): number[] => [0.375, 0.5, 0.75, 1].map((share) => share * limit);

/** The class of a cell: 0 is the nearest, the number of bounds is beyond; so is what nothing comes to. */
export function classOf(minutes: number | undefined, bounds: number[]): number {
  const at = minutes === undefined ? -1 : bounds.findIndex((b) => minutes <= b);
  return at < 0 ? bounds.length : at;
}

/** How far it is to the facility: the last leg that has a length. */
export const lastWay = (legs: Leg[]): Leg | undefined => ownLegs(legs).findLast((l) => kindOf(l) === 'way');

export type Verdict = 'met' | 'late' | 'none';
export const verdictOf = ({ in_time, minutes }: Pick<CareStage, 'in_time' | 'minutes'>): Verdict => (in_time ? 'met' : minutes === undefined ? 'none' : 'late');

/** Kind, number and home of an asset, which the server names "helicopter 1 of Gao"; undefined for another form. */
export function assetOf(name: string): { type: string; home: string } | undefined {
  const [, type, home] = /^(helicopter|fixed_wing|ambulance)(?: \d+)? of ([^,]+)$/.exec(name) ?? [];
  return type && home ? { type, home } : undefined;
}

const reference = (key: unknown): number | undefined => (typeof key === 'number' ? refOf(key) : undefined);

/** The changes with a mend behind them; undefined where it is no change of a scenario. */
export function mended(changes: Change[], { step, at }: Pick<Mend, 'step' | 'at'>): Change[] | undefined {
  if (!step) return undefined;
  const { act, fields } = step;
  const [target, into] = [reference(step.target), reference(step.into)];
  const values = fields as Record<string, unknown>;
  if (act === 'change' && target !== undefined) return changed(changes, { key: target, name: at }, values);
  if (act === 'change_asset' && target !== undefined) return [...changes, { act, target, fields: values }];
  if (act === 'add_asset' && into !== undefined) return [...changes, { act, into, fields: values }];
  return undefined;
}
