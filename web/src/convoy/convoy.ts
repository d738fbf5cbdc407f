// One way of an answer of the analysis route, as a convoy sheet tells it: its check points with the leg behind each, what lies along
// it, and who would come.
import type { Feature, LineString, MultiLineString, Point, Position } from 'geojson';
import { list, number, object, optional, or, record, text } from '../api/decode.ts';
import type { Outcome } from '../api/execution.ts';
import { featuresOf } from '../panels/result.ts';

const way = object({ minutes: number, km: number, risk: optional(number), chance: optional(number), way: number, by: or(text, '') });
const leg = object({
  way: number, from_km: number, km: number, minutes: number, road: or(text, ''), ref: optional(text), surface: optional(text), status: optional(text),
  incidents: optional(number), verified: optional(text), cleared: optional(text),
});
const check = object({
  way: number, name: or(text, ''), place: optional(text), mgrs: or(text, ''), at_km: number, minutes: number, arrives: optional(text), leaves: optional(text), road: optional(text),
});
const weak = object({ way: number, help: text, minutes: optional(number), from: optional(text), at_km: number, mgrs: or(text, '') });
const hazard = object({ way: number, kind: or(text, ''), name: optional(text), at_km: number, distance_m: number });
const incident = object({ way: number, at_km: optional(number), outcome: optional(text), killed: or(number, 0), injured: or(number, 0) });
const support = object({
  way: number, at_km: number, reaction_force: optional(text), reaction_force_min: optional(number), surgery: optional(text), surgery_min: optional(number),
});
const outcomeRow = object({ way: number, outcome: optional(text), records: number, killed: or(number, 0), injured: or(number, 0) });
const access = object({ stop: or(text, ''), distance_m: number });

export type Leg = ReturnType<typeof leg>;
export type Support = ReturnType<typeof support>;
export type Help = 'reaction_force' | 'surgery';

/** A row of the sheet: where one is, and the leg that begins there; none at a halt on the road and at the end. */
export interface CheckPoint extends ReturnType<typeof check> {
  leg?: Leg;
  halt: boolean;
  /** Minutes since the departure, waiting included. */
  since: number;
}

export interface Placed<T> {
  shape: Feature;
  facts: T;
}

export interface Convoy {
  way: number;
  letter: string;
  facts: ReturnType<typeof way>;
  line: LineString | MultiLineString;
  points: CheckPoint[];
  weakest: Partial<Record<Help, ReturnType<typeof weak> & { at: Position }>>;
  hazards: Placed<ReturnType<typeof hazard>>[];
  incidents: Placed<ReturnType<typeof incident>>[];
  outcomes: ReturnType<typeof outcomeRow>[];
  support: Support[];
  /** How far start and end lie from the road. */
  access: ReturnType<typeof access>[];
  departs?: string;
  from: string;
  to: string;
}

/** A for the first way. */
export const letterOf = (n: number): string => String.fromCharCode(64 + n);

type Part = Record<string, unknown>;

const rows = (result: Part, name: string): unknown[] => (Array.isArray(result[name]) ? (result[name] as unknown[]) : []);
const features = (result: Part, name: string): Feature[] => featuresOf(result[name]) ?? [];
const ofWay = <T extends { way: number }>(all: T[], n: number) => all.filter((x) => x.way === n);

/** How many ways an answer has of which a sheet can be made. */
export const waysIn = ({ result }: Outcome): number => (rows(result, 'sheet').length ? features(result, 'ways').length : 0);

export function convoyOf({ result }: Outcome, n: number, letter = letterOf(n)): Convoy | undefined {
  const line = features(result, 'ways').find((f) => f.properties?.way === n);
  if (!line || !(line.geometry.type === 'LineString' || line.geometry.type === 'MultiLineString')) return undefined;
  const placed = <T extends { way: number }>(name: string, read: (v: unknown, where: string) => T): Placed<T>[] =>
    features(result, name).map((shape) => ({ shape, facts: read(shape.properties, name) })).filter((p) => p.facts.way === n);
  const legs = ofWay(list(leg)(rows(result, 'legs'), 'legs'), n);
  const points = pointsOf(ofWay(list(check)(rows(result, 'sheet'), 'sheet'), n), legs);
  const named = ({ place, name, mgrs }: CheckPoint) => place ?? (name === 'origin' || name === 'destination' ? mgrs : name);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return undefined;
  return {
    way: n, letter, facts: way(line.properties, 'ways'), line: line.geometry, points,
    weakest: Object.fromEntries(placed('weakest', weak).map(({ shape, facts }) => [facts.help, { ...facts, at: (shape.geometry as Point).coordinates }])),
    hazards: placed('hazards', hazard), incidents: placed('incidents', incident),
    outcomes: ofWay(list(outcomeRow)(rows(result, 'outcomes'), 'outcomes'), n), support: ofWay(list(support)(rows(result, 'support'), 'support'), n),
    access: features(result, 'access').map((f) => access(f.properties, 'access')),
    departs: first.leaves, from: named(first), to: named(last),
  };
}

const minuteMs = 60_000;

/** Legs and check points come in one order: each leg begins at the next check point that lies where it does. */
function pointsOf(all: ReturnType<typeof check>[], legs: Leg[]): CheckPoint[] {
  const start = Date.parse(all[0]?.leaves ?? '');
  let next = 0;
  return all.map((c) => {
    const [arrives, leaves] = [Date.parse(c.arrives ?? ''), Date.parse(c.leaves ?? '')];
    const begins = legs[next]?.from_km === c.at_km && c.road !== undefined ? legs[next++] : undefined;
    return { ...c, leg: begins, halt: leaves > arrives, since: Number.isNaN(start + arrives) ? c.minutes : (arrives - start) / minuteMs };
  });
}

/** Along the way, counts of incidents in stretches of one length. */
export function stretches({ incidents, facts }: Pick<Convoy, 'incidents' | 'facts'>, most: number): { km: number; counts: number[] } {
  const km = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((step) => facts.km / step <= most) ?? facts.km;
  const counts = Array.from({ length: Math.max(1, Math.ceil(facts.km / km - 1e-9)) }, () => 0);
  for (const { facts: { at_km } } of incidents) {
    const at = Math.min(counts.length - 1, Math.floor((at_km ?? -1) / km));
    if (at >= 0) counts[at] = (counts[at] ?? 0) + 1;
  }
  return { km, counts };
}

export interface Helped {
  from: number;
  to: number;
  reaction_force?: string;
  surgery?: string;
  /** The longest that each takes on the stretch, in minutes. */
  force_min?: number;
  surgery_min?: number;
}

/** Stretches along which the same would come. Between two places the change is told of at the second. */
export function whoComes(support: Support[]): Helped[] {
  const out: Helped[] = [];
  const longer = (a: number | undefined, b: number | undefined) => (a === undefined || b === undefined ? (a ?? b) : Math.max(a, b));
  for (const s of support) {
    const last = out.at(-1);
    if (last && last.reaction_force === s.reaction_force && last.surgery === s.surgery) {
      last.to = s.at_km;
      last.force_min = longer(last.force_min, s.reaction_force_min);
      last.surgery_min = longer(last.surgery_min, s.surgery_min);
      continue;
    }
    if (last) last.to = s.at_km;
    out.push({ from: s.at_km, to: s.at_km, reaction_force: s.reaction_force, surgery: s.surgery, force_min: s.reaction_force_min, surgery_min: s.surgery_min });
  }
  return out;
}

/** Of what an answer warns of: all but what is said of another way alone, and halts, which the check points tell. */
export const warningsOf = (warnings: string[], n: number): string[] =>
  warnings.filter((w) => (!/^Way \d+:/.test(w) || w.startsWith(`Way ${n}:`)) && !/^Way \d+: the journey halts at /.test(w));

/** The name of a base without the mission before it: "MINUSMA/Gao". */
export const shortName = (name: string): string => name.replace(/^[A-Z]+\//, '');

/** The parameters of an answer that say under which conditions one drives. */
export const conditionsOf = ({ envelope }: Outcome): Record<string, unknown> => (envelope ? or(record, {})(envelope.parameters, 'parameters') : {});
