// Each number of the base line beside that of the scenario: what it is, between which ends it lies, and whether the change is a gain.
import type { Measure } from '../api/footprints.ts';

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
