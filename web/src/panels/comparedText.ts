// The words of a comparison: the name of each side with its dates and how many records stand behind it.
import type { Words } from '../i18n/words.ts';
import type { Pair } from '../state/comparison.ts';
import { daysIn } from '../state/earlier.ts';
import { differing, madeBy, periodOf, type Question } from './question.ts';

export interface SideName {
  title: string;
  note: string;
}

const short = (value: unknown): string => (value === null || value === undefined ? '–' : typeof value === 'object' ? (Array.isArray(value) && value.every((v) => typeof v !== 'object') ? value.join(', ') : '…') : String(value));

/** The inputs in which they differ, by name and by side: they say what the dates do not. */
export function otherInputs(words: Words, { process, sides }: Pair): { label: string; values: [string, string] }[] {
  const [p, q] = sides.map((s) => madeBy(process, s)) as [Question, Question];
  return differing(process, sides).map((name) => ({ label: words.input({ name, title: process.inputs[name]?.title ?? '' }), values: [short(p[name]), short(q[name])] }));
}

export function sideNames(words: Words, pair: Pair): [SideName, SideName] {
  const periods = pair.sides.map((s) => periodOf(pair.process, s));
  const titles = periods.map((p) => (p ? words.say('print.from', { from: words.day(p.from), to: words.day(p.to) }) : words.say('print.allDates')));
  // Of one time, they are told apart by what else was asked, or by their data.
  const apart = titles[0] !== titles[1] ? [] : otherInputs(words, pair).slice(0, 1);
  const name = (i: 0 | 1): SideName => {
    const envelope = pair.sides[i].envelope;
    const version = titles[0] === titles[1] && !apart.length ? words.say('status.version', { n: String(envelope?.version ?? '') }) : '';
    const extra = apart.map((o) => `${o.label}: ${o.values[i]}`)[0] ?? version;
    return { title: [titles[i], extra].filter(Boolean).join(' · '), note: words.say('compare.records', { n: words.count(envelope?.rows_used ?? 0) }) };
  };
  return [name(0), name(1)];
}

/** How many days each side is, where that differs: then numbers of records do not compare. */
export function lengthsOf(pair: Pair): [number, number] | undefined {
  const [a, b] = pair.sides.map((s) => periodOf(pair.process, s));
  if (!a || !b) return undefined;
  const [m, n] = [daysIn(a), daysIn(b)];
  // Months and leap years differ by so much, and nobody counts them otherwise.
  return Math.abs(m - n) / Math.max(m, n) > 0.03 ? [m, n] : undefined;
}
