// The numbers of a report, each as the server answered it: by option, beside the base line.
import { measuresIn, partsIn, stationsIn, type Measure, type OptionParts } from '../api/footprints.ts';
import type { Outcome } from '../api/execution.ts';
import { list, number, object, or, text } from '../api/decode.ts';
import type { Report, ReportOption } from '../api/reports.ts';
import { pairsOf, verdictOf, type Pair } from '../planning/figures.ts';

/** The measures of the first pages; all others stand in the table of all numbers. */
const first = ['bases', 'people_in_time', 'people_two_bases', 'places_surgery', 'incidents_near', 'incidents_supply', 'cost_year', 'cost_once'];

/** Each measure of the base line beside that of one option, which counts from 1. */
function pairsWith(comparison: Outcome, option: number): Pair[] {
  const byMeasure = new Map<string, Measure[]>();
  for (const m of measuresIn(comparison)) byMeasure.set(m.measure, [...(byMeasure.get(m.measure) ?? []), m]);
  return pairsOf([...byMeasure.values()].flatMap((rows) => [rows[0], rows[option]].filter((m) => m !== undefined)));
}

const counts = list(object({ collection: text, records: number, surgery: number, unstated: or(number, 0) }));

/** How many places are in time of surgery, of how many. */
export function surgeryOf({ medical }: ReportOption): { surgery: number; records: number } | undefined {
  if (!medical) return undefined;
  const all = counts(medical.result.counts, 'counts').filter((c) => c.collection === 'places');
  return all[0];
}

function surgeryPair(base: ReportOption, option: ReportOption): Pair[] {
  const [before, after] = [surgeryOf(base), surgeryOf(option)];
  if (!before || !after) return [];
  const change = after.surgery - before.surgery;
  return [{ measure: 'places_surgery', factor: 'medical', title: '', unit: '', before: before.surgery, after: after.surgery, change, verdict: verdictOf(change, 'more'), layer: '', where: '' }];
}

/** A row of the table of what changes: a number in the base line, and in each option. */
export interface Line {
  of: Pair;
  options: Pair[];
}

/** All numbers, in the order of the server; those of the medical cover of the area behind them. */
export function linesOf({ comparison, options }: Report): Line[] {
  const [base, ...others] = options;
  if (!base) return [];
  const columns = others.map((o, i) => [...pairsWith(comparison, i + 1), ...surgeryPair(base, o)]);
  return (columns[0] ?? []).map((of) => ({ of, options: columns.flatMap((c) => c.filter((p) => p.measure === of.measure)) }));
}

export const firstLines = (lines: Line[]): Line[] => first.flatMap((name) => lines.filter((l) => l.of.measure === name));

/** The five factors of each option, the base line first; the server lists them by rank, under the names by which it tells options apart. */
export function factorsOf({ comparison }: Report): (OptionParts | undefined)[] {
  const names = [...new Set(measuresIn(comparison).map((m) => m.option))];
  const parts = partsIn(comparison);
  return names.map((name) => parts.find((p) => p.option === name));
}

export const numberOf = (lines: Line[], name: string): Line | undefined => lines.find((l) => l.of.measure === name);

export const basesOf = ({ evaluation }: ReportOption) => stationsIn(evaluation);

/** Where the classes of minutes to surgery end: shares of the limit. */
export function minuteSteps({ medical }: ReportOption): number[] {
  const limit = Number(medical?.envelope?.parameters.surgery_limit_min ?? 120);
  return [0.375, 0.5, 0.75, 1].map((share) => Math.round(share * limit));
}
