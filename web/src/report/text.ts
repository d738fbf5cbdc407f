// Words of a report.
import type { ReportOption } from '../api/reports.ts';
import type { Words } from '../i18n/words.ts';
import { measureText } from '../planning/Difference.tsx';
import type { Pair } from '../planning/figures.ts';
import { figureText, unitText } from '../planning/units.ts';
import { numberOf, surgeryOf, type Line } from './figures.ts';

/** The server writes the day behind a title as it is asked for. */
export const optionTitle = ({ say, day }: Words, { letter, title }: ReportOption): string => (letter === 'base' ? say('plan.baseLine') : title.replace(/\d{4}-\d{2}-\d{2}$/, (iso) => day(iso)));

/** How surgery is reached on the map: by air alone, or by whatever is quickest. */
export function minutesTitle({ say }: Words, { medical }: ReportOption): string {
  const modes = medical?.envelope?.parameters.modes;
  return say(Array.isArray(modes) && modes.length === 1 && modes[0] === 'air' ? 'report.minutesAir' : 'report.minutes');
}

export const limitOf = ({ medical }: ReportOption): number => Number(medical?.envelope?.parameters.surgery_limit_min ?? 120);

export function lineName(words: Words, of: Pair, base: ReportOption): string {
  return of.measure === 'places_surgery' ? words.say('report.placesSurgery', { time: words.duration(limitOf(base)) }) : measureText(words, of);
}

export function lineUnit(words: Words, of: Pair, lines: Line[], base: ReportOption): string {
  if (of.measure === 'places_surgery') return words.say('compare.of', { n: words.count(surgeryOf(base)?.records ?? 0) });
  const all = numberOf(lines, 'people')?.of.before;
  const people = of.unit === '{person}' && of.layer === 'places' && of.measure !== 'people' && all !== undefined ? words.say('compare.of', { n: words.count(all) }) : '';
  return words.parts([unitText(words, of), people]);
}

/** What an option brings and costs, in two sentences. */
export function leadText(words: Words, lines: Line[], [base, ...others]: ReportOption[], at: number): string {
  const option = others[at];
  const find = (name: string) => numberOf(lines, name)?.options[at];
  const [bases, cost, people] = [find('bases'), find('cost_year'), find('people_in_time')];
  if (!base || !option || !bases || !cost || !people) return '';
  const figure = (of: Pair, which: 'before' | 'after') => figureText(words, of, of[which]);
  const first = words.say('report.lead', { title: optionTitle(words, option), bases: figure(bases, 'after'), basesBefore: figure(bases, 'before'), cost: figure(cost, 'after'), costBefore: figure(cost, 'before'), people: figure(people, 'after'), peopleBefore: figure(people, 'before') });
  const [before, after] = [surgeryOf(base), surgeryOf(option)];
  if (!before || !after) return first;
  return `${first} ${words.say('report.leadSurgery', { n: words.count(after.surgery), before: words.count(before.surgery), of: words.count(after.records), time: words.duration(limitOf(base)) })}`;
}
