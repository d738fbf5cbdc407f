// One way of an answer of the analysis route, as a convoy sheet tells it: its check points with the leg behind each, what lies along
// it, and who would come.
import type { LineString, MultiLineString } from 'geojson';
import { accessIn, alongIn, checksIn, hazardsIn, incidentsIn, legsIn, supportIn, waysIn, weakestIn, type Access, type Along, type Check, type Hazard, type Incident, type Leg, type Support, type ToldWay, type Weakest } from '../api/ways.ts';
import type { Warning } from '../api/warning.ts';
import { or, record } from '../api/decode.ts';
import type { Outcome } from '../api/execution.ts';

export type Help = 'reaction_force' | 'surgery';

/** A row of the sheet: where one is, and the leg that begins there; none at a halt on the road and at the end. */
export interface CheckPoint extends Check {
  leg?: Leg;
  halt: boolean;
  /** Minutes since the departure, waiting included. */
  since: number;
}

export interface Convoy {
  way: number;
  letter: string;
  facts: ToldWay;
  line: LineString | MultiLineString;
  points: CheckPoint[];
  weakest: Partial<Record<Help, Weakest>>;
  hazards: Hazard[];
  incidents: Incident[];
  outcomes: Along[];
  support: Support[];
  /** How far start and end lie from the road. */
  access: Access[];
  departs?: string;
  from: string;
  to: string;
}

/** A for the first way. */
export const letterOf = (n: number): string => String.fromCharCode(64 + n);

const ofWay = <T extends { way: number }>(all: T[], n: number) => all.filter((x) => x.way === n);

/** How many ways an answer has of which a sheet can be made. */
export const sheetsIn = (outcome: Outcome): number => (checksIn(outcome).length ? waysIn(outcome).length : 0);

export function convoyOf(outcome: Outcome, n: number, letter = letterOf(n)): Convoy | undefined {
  const facts = waysIn(outcome).find((w) => w.way === n);
  if (!facts) return undefined;
  const points = pointsOf(ofWay(checksIn(outcome), n), ofWay(legsIn(outcome), n));
  const named = ({ place, name, mgrs }: CheckPoint) => place ?? (name === 'origin' || name === 'destination' ? mgrs : name);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return undefined;
  return {
    way: n, letter, facts, line: facts.line, points,
    weakest: Object.fromEntries(ofWay(weakestIn(outcome), n).map((w) => [w.help, w])),
    hazards: ofWay(hazardsIn(outcome), n), incidents: ofWay(incidentsIn(outcome), n),
    outcomes: ofWay(alongIn(outcome), n), support: ofWay(supportIn(outcome), n), access: accessIn(outcome),
    departs: first.leaves, from: named(first), to: named(last),
  };
}

const minuteMs = 60_000;

/** Legs and check points come in one order: each leg begins at the next check point that lies where it does. */
function pointsOf(all: Check[], legs: Leg[]): CheckPoint[] {
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
  for (const { at_km } of incidents) {
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
export const warningsOf = (warnings: Warning[], n: number): Warning[] =>
  warnings.filter(({ text }) => (!/^Way \d+:/.test(text) || text.startsWith(`Way ${n}:`)) && !/^Way \d+: the journey halts at /.test(text));

/** The name of a base without the mission before it: "MINUSMA/Gao". */
export const shortName = (name: string): string => name.replace(/^[A-Z]+\//, '');

/** The parameters of an answer that say under which conditions one drives. */
export const conditionsOf = ({ envelope }: Outcome): Record<string, unknown> => (envelope ? or(record, {})(envelope.parameters, 'parameters') : {});
