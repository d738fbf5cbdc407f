// The figures of the workspace: rows of bases, numbers beside the base line, and the weighing, which is done here and asks nothing.
import type { Measure, OptionParts, Station } from '../api/footprints.ts';
import { factors, fateOf, openingOf, type Change, type Factor, type Fate, type Weights } from '../state/scenario.ts';

export type Parts = Partial<Record<Factor, number>>;

export const partsOfBase = (s: Station): Parts => ({ priority: s.score_priority, threat: s.score_threat, support: s.score_support, medical: s.score_medical, operational: s.score_operational });

/** The mean of the known parts by their weights, 0 to 1; undefined where none has a weight. */
export function weighed(parts: Parts, weights: Weights): number | undefined {
  const known = factors.filter((f) => parts[f] !== undefined);
  const sum = known.reduce((n, f) => n + weights[f], 0);
  return sum > 0 ? known.reduce((n, f) => n + weights[f] * (parts[f] ?? 0), 0) / sum : undefined;
}

/** Of 100; threat counts against, and is told as much as it is. */
export const shownPart = (factor: Factor, part: number | undefined): number | undefined => (part === undefined ? undefined : Math.round(100 * (factor === 'threat' ? 1 - part : part)));

export interface BaseRow {
  key: number;
  name: string;
  /** In the scenario; of a base that is gone there, as it is. */
  station: Station;
  /** As it is; undefined for one that opens. */
  before?: Station;
  parts: Parts;
  score?: number;
  fate: Fate;
  /** Where among the changes it is opened; undefined for one that is open as it is. */
  opening?: number;
  gone: boolean;
}

export function baseRows(before: Station[], after: Station[] | undefined, changes: Change[], weights: Weights): BaseRow[] {
  const now = after ?? before;
  const row = (station: Station, old: Station | undefined, gone: boolean): BaseRow => {
    const parts = partsOfBase(station);
    return { key: station.key, name: station.name, station, before: old, parts, score: weighed(parts, weights), fate: fateOf(changes, station.key), ...(!old && { opening: openingOf(changes, station.key) }), gone };
  };
  const gone = before.filter((b) => !now.some((n) => n.key === b.key));
  return [...now.map((s) => row(s, before.find((b) => b.key === s.key), false)), ...gone.map((s) => row(s, s, true))];
}

export type Column = 'name' | 'score' | Factor;

/** What is known comes first, whichever way it is sorted. */
export function sorted(rows: BaseRow[], by: Column, down: boolean): BaseRow[] {
  const turn = down ? -1 : 1;
  if (by === 'name') return [...rows].sort((a, b) => turn * a.name.localeCompare(b.name));
  const value = (r: BaseRow) => (by === 'score' ? r.score : shownPart(by, r.parts[by]));
  return [...rows].sort((a, b) => Number(value(a) === undefined) - Number(value(b) === undefined) || turn * ((value(a) ?? 0) - (value(b) ?? 0)) || a.name.localeCompare(b.name));
}

/** The least and the most that a number may be, by its 95 % interval. */
export type Ends = [lower: number, upper: number];

export interface Pair {
  measure: string;
  factor: string;
  title: string;
  unit: string;
  before?: number;
  after?: number;
  beforeEnds?: Ends;
  afterEnds?: Ends;
  change?: number;
  /** open: the server says that chance alone may make the difference. */
  verdict: 'gain' | 'loss' | 'neutral' | 'same' | 'open';
  /** The rows that it is made of: those of a layer for which a condition is true. */
  layer: string;
  where: string;
  /** How it is made of them, and of which field; absent: not told. */
  how?: string;
  of?: string;
  /** The parameters that it hangs on. */
  inputs?: string[];
}

const endsOf = ({ lower, upper }: Measure): Ends | undefined => (lower === undefined || upper === undefined ? undefined : [lower, upper]);

/** In the order in which they are told. */
export function pairsOf(measures: Measure[]): Pair[] {
  const names = [...new Set(measures.map((m) => m.measure))];
  return names.flatMap((name): Pair[] => {
    const [before, after] = measures.filter((m) => m.measure === name);
    if (!before || !after) return [];
    const change = before.value === undefined || after.value === undefined ? undefined : after.value - before.value;
    const { factor, title, unit, better, apart, layer, where, how, of, inputs } = after;
    return [{
      measure: name, factor, title, unit, before: before.value, after: after.value, beforeEnds: endsOf(before), afterEnds: endsOf(after),
      change, verdict: verdictOf(change, better, apart), layer, where, how, of, inputs: inputs.split(', ').filter(Boolean),
    }];
  });
}

/** Sums of rounded parts differ in the last digits only. */
const nothing = 1e-9;

/** @param apart what the server says of the two intervals; absent: there are none, and the number is what was counted */
export function verdictOf(change: number | undefined, better: string, apart?: boolean): Pair['verdict'] {
  if (change === undefined || Math.abs(change) < nothing) return 'same';
  if (apart === false) return 'open';
  if (better !== 'more' && better !== 'less') return 'neutral';
  return change > 0 === (better === 'more') ? 'gain' : 'loss';
}

type Test = (row: Record<string, unknown>) => boolean;

/** A condition of an answer, such as "road = true AND minutes IS NULL", as a test of its rows; undefined for one of another form. */
export function testOf(where: string): Test | undefined {
  if (!where) return undefined;
  const tests = where.split(' AND ').map(oneTest);
  return tests.every((t) => t !== undefined) ? (row) => tests.every((t) => t(row)) : undefined;
}

const compare = { '=': (v: number, b: number) => v === b, '>': (v: number, b: number) => v > b, '>=': (v: number, b: number) => v >= b, '<': (v: number, b: number) => v < b, '<=': (v: number, b: number) => v <= b };
type Sign = keyof typeof compare;

function oneTest(text: string): Test | undefined {
  const isNull = /^(\w+) IS NULL$/.exec(text);
  if (isNull) return (row) => (row[isNull[1] ?? ''] ?? undefined) === undefined;
  const [, field = '', word = '', code = ''] = /^(\w+) (=|<>) '(\w+)'$/.exec(text) ?? [];
  if (word) return (row) => typeof row[field] === 'string' && (row[field] === code) === (word === '=');
  const [, among = '', list = ''] = /^(\w+) IN \(('\w+'(?:, '\w+')*)\)$/.exec(text) ?? [];
  if (list) return (row) => typeof row[among] === 'string' && list.split(', ').includes(`'${row[among]}'`);
  const [, name = '', sign = '', value = ''] = /^(\w+) (=|>=|>|<=|<) (\S+)$/.exec(text) ?? [];
  if (value === 'true' || value === 'false') return (row) => row[name] === (value === 'true');
  const bound = Number(value);
  if (!sign || !Number.isFinite(bound)) return undefined;
  return (row) => {
    const v = row[name];
    return typeof v === 'number' && compare[sign as Sign](v, bound);
  };
}

export interface Leader {
  /** The first by the weighted sum; the earlier one where they are equal. */
  first?: OptionParts;
  totals: (number | undefined)[];
}

export function leaderOf(options: OptionParts[], weights: Weights): Leader {
  const totals = options.map((o) => weighed(o, weights));
  const best = totals.reduce<number | undefined>((at, t, i) => (t !== undefined && (at === undefined || t > (totals[at] ?? 0) + nothing) ? i : at), undefined);
  return { first: best === undefined ? undefined : options[best], totals };
}

export interface Turn {
  factor: Factor;
  /** Another is first when it weighs less, or more, than this. */
  side: 'less' | 'more';
  weight: number;
}

/** How far each weight moves, all others as they are, before another option is first. */
export function turnsOf(options: OptionParts[], weights: Weights): Turn[] {
  const { first } = leaderOf(options, weights);
  if (!first) return [];
  return factors.flatMap((factor): Turn[] => {
    const others = options.filter((o) => o !== first);
    const bounds = others.flatMap((o) => boundOf(first, o, weights, factor) ?? []);
    const less = bounds.filter((b) => b.side === 'less').map((b) => b.weight);
    const more = bounds.filter((b) => b.side === 'more').map((b) => b.weight);
    return [...(less.length ? [{ factor, side: 'less' as const, weight: Math.max(...less) }] : []), ...(more.length ? [{ factor, side: 'more' as const, weight: Math.min(...more) }] : [])];
  });
}

/** Where the lead of one over another ends as one weight moves: the sums are linear in it. */
function boundOf(first: Parts, other: Parts, weights: Weights, factor: Factor): Omit<Turn, 'factor'> | undefined {
  const lead = (f: Factor) => (first[f] === undefined || other[f] === undefined ? 0 : (first[f] ?? 0) - (other[f] ?? 0));
  const rest = factors.filter((f) => f !== factor).reduce((n, f) => n + weights[f] * lead(f), 0);
  const slope = lead(factor);
  if (Math.abs(slope) < nothing) return undefined;
  const weight = -rest / slope;
  if (weight < 0 || weight > 100) return undefined;
  return { side: slope > 0 ? 'less' : 'more', weight };
}

export interface Trend {
  /** Incidents in half-years, the earliest first. */
  counts: number[];
  /** Incidents a year more, each year, and its interval. */
  slope: number;
  ends: Ends;
  p: number;
  /** open: chance alone may make it. */
  way: 'rises' | 'falls' | 'open';
}

/** Undefined where the time is too short for one. */
export function trendOf({ trend_slope: slope, trend_slope_lower: lower, trend_slope_upper: upper, trend_p: p, trend_counts }: Station): Trend | undefined {
  if (slope === undefined || lower === undefined || upper === undefined || p === undefined || trend_counts.length === 0) return undefined;
  const sure = p < 0.05 && slope !== 0;
  return { counts: trend_counts, slope, ends: [lower, upper], p, way: !sure ? 'open' : slope > 0 ? 'rises' : 'falls' };
}
