// The figures of the workspace: rows of bases, numbers beside the base line, and the weighing, which is done here and asks nothing.
import type { Demand, Measure, OptionParts, Station } from '../api/footprints.ts';
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
