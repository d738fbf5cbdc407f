// The brief's findings as sentences, each with its numbers, interval and test.
import type { Words } from '../i18n/words.ts';
import { both } from '../panels/ChartsPanel.tsx';
import { rangeOf } from '../state/time.ts';
import type { Brief } from './ask.ts';

/** Small numbers keep a decimal or two. */
export const number = ({ count }: Words, n: number): string => count(n, Math.abs(n) < 10 ? 2 : Math.abs(n) < 100 ? 1 : 0);

const signed = (words: Words, n: number): string => (n > 0 ? '+' : '') + number(words, n);

const chance = ({ count }: Words, p: number): string => (p < 0.001 ? '< 0.001' : `= ${count(p, p < 0.1 ? 3 : 2)}`);

const heading = (h: string): 'up' | 'down' | 'same' => (h === 'up' || h === 'down' ? h : 'same');

/** What there is, of how many. */
export function titleOf(words: Words, { figures: { total }, all, layer }: Brief): string {
  const name = words.collection(layer.collection).toLocaleLowerCase(words.language);
  const hurt = total.sums[both];
  const values = { n: words.count(total.count), all: words.count(all), name };
  return hurt === undefined ? words.say('brief.titlePlain', values) : words.say('brief.title', { ...values, hurt: words.count(hurt) });
}

/** Against as long before, with the interval of the change and its test. */
export function changeText(words: Words, { change, compared }: Brief): string {
  if (!change || change.total.now === undefined || change.total.before === undefined) return words.say('brief.change.none');
  const { now, before, percent, percent_lower, percent_upper, p } = change.total;
  const then = rangeOf([change.start, change.end]);
  const dates = (r: { from: string; to: string }) => words.say('print.from', { from: words.day(r.from), to: words.day(r.to) });
  const counts = words.say('brief.changeOf', { now: words.count(now), dates: dates(compared), before: words.count(before), then: dates(then) });
  const by = percent !== undefined && percent_lower !== undefined && percent_upper !== undefined && p !== undefined
    ? words.say('brief.changeBy', { percent: signed(words, percent), lower: signed(words, percent_lower), upper: signed(words, percent_upper), p: chance(words, p) }) : '';
  return [words.say(`brief.change.${heading(change.total.heading)}`), counts, by].filter(Boolean).join(' ');
}

export function trendText(words: Words, { figures: { trend } }: Brief): string {
  if (!trend || trend.slope === undefined || trend.slope_lower === undefined || trend.slope_upper === undefined) return words.say('brief.trend.none');
  const values = { slope: signed(words, trend.slope), lower: signed(words, trend.slope_lower), upper: signed(words, trend.slope_upper), p: chance(words, trend.p), n: words.count(trend.periods) };
  return `${words.say(`brief.trend.${heading(trend.heading)}`)} ${words.say('brief.trendBy', values)}`;
}

/** What of the mission's records is told of: those outside add up with those selected. */
export function selectedText(words: Words, { all, figures: { envelope }, layer }: Brief): string {
  const selected = envelope.rows_selected ?? envelope.rows_used;
  return words.say('brief.selected', { n: words.count(selected), all: words.count(all), out: words.count(all - selected), name: words.collection(layer.collection).toLocaleLowerCase(words.language) });
}

export function precisionText(words: Words, { precision, figures: { total } }: Brief): string {
  if (!precision) return words.say('brief.placeless', { none: words.count(total.without_place ?? 0) });
  const { near, district, coarse, unstated } = precision;
  return words.say('brief.precision', { near: words.count(near), district: words.count(district), coarse: words.count(coarse), unstated: words.count(unstated), none: words.count(total.without_place ?? 0) });
}
