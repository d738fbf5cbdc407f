// How the numbers of two answers of one analysis differ: every single number that both state, with its interval and what it is of.
import type { Outcome } from '../api/execution.ts';
import type { Field, Process } from '../api/shapes.ts';
import { partsOf, resultSchema, type Facts } from './result.ts';

export interface Figure {
  value?: number;
  interval?: [lower: number, upper: number];
  /** What it is a part of. */
  of?: number;
}

export interface Difference {
  key: string;
  field: Field;
  /** The part of the answer that it stands in. */
  part: string;
  sides: [Figure, Figure];
  /** Absent where a side states no number. */
  change?: number;
  /** same: equal; open: their intervals overlap; apart: they do not; told: no intervals are stated. */
  verdict: 'same' | 'open' | 'apart' | 'told';
}

type Numbers = Record<string, number>;

/** The names under which the ends of an interval and a denominator stand: beside the figure, or alone with it in a record of their own. */
const endsOf = (name: string): [string, string][] => [[`${name}_lower`, `${name}_upper`], ['lower', 'upper']];
const denominatorsOf = (name: string): string[] => [`${name}_of`, 'of', ...(name === 'share' ? ['decided'] : [])];
const isAside = (name: string): boolean => /(?:^|_)(?:lower|upper|of)$/.test(name);

/** They say where and how, not how much. */
const isPlace = (name: string): boolean => /(?:^|_)(?:lon|lat|key)$/.test(name);

const numbersOf = (facts: Facts | undefined): Numbers =>
  Object.fromEntries((facts?.values ?? []).flatMap(({ field, value }) => (typeof value === 'number' ? [[field.name, value]] : [])));

function figureOf(name: string, numbers: Numbers): Figure {
  const ends = endsOf(name).find(([low, high]) => low in numbers && high in numbers);
  const of = denominatorsOf(name).find((d) => d !== name && d in numbers);
  return { value: numbers[name], ...(ends && { interval: [numbers[ends[0]] ?? NaN, numbers[ends[1]] ?? NaN] }), ...(of && { of: numbers[of] }) };
}

export function verdictOf([a, b]: [Figure, Figure]): Difference['verdict'] {
  if (a.value === b.value) return 'same';
  if (!a.interval || !b.interval) return 'told';
  return a.interval[0] <= b.interval[1] && b.interval[0] <= a.interval[1] ? 'open' : 'apart';
}

/** The second less the first. */
export function differencesOf(process: Process, outcomes: [Outcome, Outcome]): Difference[] {
  const [first, second] = outcomes.map((o) => partsOf(o.result, resultSchema(process)).filter((p) => p.kind === 'facts')) as [Facts[], Facts[]];
  const ids = [...new Set([...first, ...second].map((p) => p.id))];
  return ids.flatMap((id) => differencesIn(process, id, first.find((p) => p.id === id), second.find((p) => p.id === id)));
}

function differencesIn({ inputs }: Process, id: string, first: Facts | undefined, second: Facts | undefined): Difference[] {
  const fields = new Map([...(second?.values ?? []), ...(first?.values ?? [])].map(({ field }) => [field.name, field]));
  const [a, b] = [numbersOf(first), numbersOf(second)];
  return [...fields.values()].flatMap((field): Difference[] => {
    const { name } = field;
    const stated = name in a || name in b;
    // What was asked for is no finding, and two zeros are none either.
    if (!stated || isAside(name) || isPlace(name) || name in inputs || ((a[name] ?? 0) === 0 && (b[name] ?? 0) === 0)) return [];
    const sides: [Figure, Figure] = [figureOf(name, a), figureOf(name, b)];
    const [v, w] = [sides[0].value, sides[1].value];
    return [{ key: `${id}.${name}`, field, part: (first ?? second)?.title ?? '', sides, ...(v !== undefined && w !== undefined && { change: w - v }), verdict: verdictOf(sides) }];
  });
}
