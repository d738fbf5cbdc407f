// A measure as people read it: its figure, and its unit beneath the name; and an input.
import type { MessageId } from '../i18n/languages.ts';
import type { Words } from '../i18n/words.ts';
import type { Pair } from './figures.ts';

type Of = Pick<Pair, 'measure' | 'unit'>;

const isShare = ({ measure, unit }: Of) => unit === '1' && measure.startsWith('staff_');
export const isMoney = ({ unit }: Of) => unit.includes('USD');

const units: Record<string, MessageId> = { '{person}': 'plan.unit.person', '/a': 'plan.unit.year', '{USD}': 'plan.unit.money', '{USD}/a': 'plan.unit.moneyYear', d: 'plan.unit.day', km: 'plan.unit.km' };

export function unitText({ say }: Words, of: Of): string {
  const id = isShare(of) ? 'plan.unit.share' : units[of.unit];
  return id ? say(id) : '';
}

/** Without a sign. */
export function figureText(words: Words, of: Of, value: number | undefined): string {
  if (value === undefined) return words.say('plan.unknown');
  const { unit } = of;
  if (unit === 'min') return words.duration(value);
  if (isShare(of)) return words.count(100 * value, 1);
  if (isMoney(of)) return words.count(value / 1e6, 1);
  return words.count(value, unit === '/a' ? 2 : Math.abs(value) < 100 ? 1 : 0);
}

/** The value of an input as people read it; undefined for what is not stated, and for shapes. */
export function inputText(words: Words, name: string, value: unknown): string | undefined {
  if (Array.isArray(value)) return value.length && value.every((v) => typeof v === 'string') ? words.list(value.map((v) => words.code(name, v))) : undefined;
  // A condition in CQL2 is shown as it was asked.
  if (typeof value === 'string') return /\W/.test(value) ? value : words.code(name, value);
  if (typeof value === 'number') return words.count(value, 3);
  return typeof value === 'boolean' ? words.say(value ? 'value.yes' : 'value.no') : undefined;
}
