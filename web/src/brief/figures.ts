// What a brief is made of, before it is put in words: its period, the sums with their intervals, how well places are known, and the
// shapes of the map that lead.
import type { Figures, Group } from '../api/indicator.ts';
import type { Shapes } from '../panels/result.ts';
import { shadedBy, shadingOf } from '../panels/shading.ts';
import { addSteps, dayMs, startOf, type Domain, type Step } from '../state/time.ts';

/** The period by which the trend is counted: some tens of them, whatever the length of the time. */
export function briefStep([start, end]: Domain): Step {
  const days = (end - start) / dayMs;
  if (days <= 35) return 'day';
  if (days <= 190) return 'week';
  if (days <= 366 * 4) return 'month';
  return days <= 366 * 14 ? 'quarter' : 'year';
}

/** The last twelve months that lie whole within a domain, or all of it where it is shorter. */
export function lastYear([start, end]: Domain): Domain {
  const to = startOf(end, 'month');
  const from = addSteps(to, 'month', -12);
  return from > start && to > from ? [from, to] : [start, end];
}

export interface Sum {
  sum: number;
  /** Records that state the number. */
  of: number;
  lower?: number;
  upper?: number;
}

/** The sum of a field with the interval of its rate, for as many records as state it. */
export function sumOf({ sums, rates }: Figures, field: string): Sum | undefined {
  const [sum, rate] = [sums[field], rates[field]];
  if (sum === undefined || rate?.of === undefined) return undefined;
  const times = (n: number | undefined) => (n === undefined ? undefined : n * (rate.of ?? 0));
  return { sum, of: rate.of, lower: times(rate.lower), upper: times(rate.upper) };
}

/** Records by how well their place is known, on the scale of UCDP. The parts add up to all records. */
export interface Precision {
  near: number;
  district: number;
  coarse: number;
  unstated: number;
}

export function precisionOf(groups: Group[]): Precision {
  const mix: Precision = { near: 0, district: 0, coarse: 0, unstated: 0 };
  for (const { value, count } of groups) {
    const code = value === undefined ? NaN : Number(value);
    mix[code <= 2 ? 'near' : code === 3 ? 'district' : code > 3 ? 'coarse' : 'unstated'] += count;
  }
  return mix;
}

/** Of a layer that is coloured by codes: the number that says how clear the code is, before any other. */
const clearest = ['z', 'events', 'records', 'count'];

/** The number that a layer's shapes are ranked by: the one that colours them, else the one behind their code. */
export function rankedBy(part: Shapes, shade: string | undefined) {
  const shading = shadingOf(part, shade);
  if (shading?.kind === 'numbers') return shading.field;
  const numbers = shadedBy(part).filter((f) => !f.codes.length && f.name !== 'gi_bin');
  return clearest.flatMap((name) => numbers.find((f) => f.name === name) ?? [])[0] ?? numbers[0];
}

/** The shapes of the highest values, the highest first. */
export function highest(part: Shapes, shade: string | undefined, most: number) {
  const field = rankedBy(part, shade);
  if (!field) return { features: [] };
  const value = (f: Shapes['features'][number]) => f.properties?.[field.name] as unknown;
  const known = part.features.filter((f) => typeof value(f) === 'number');
  return { field, features: known.sort((a, b) => Number(value(b)) - Number(value(a))).slice(0, most) };
}
