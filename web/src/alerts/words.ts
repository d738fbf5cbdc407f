// How alerts are put in words.
import type { Alert } from '../api/alerts.ts';
import { useWords, type Words } from '../i18n/words.ts';

const steps: [Intl.RelativeTimeFormatUnit, number][] = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000]];

/** "5 minutes ago"; beyond a week the moment itself. */
export function agoText(words: Words, at: number, now: number): string {
  const past = now - at;
  if (past >= 7 * 86_400_000 || past < -60_000) return words.moment(at, true);
  const [unit, length] = steps.find(([, l]) => past >= l) ?? ['minute', 60_000];
  return new Intl.RelativeTimeFormat(words.language, { numeric: 'auto' }).format(-Math.max(0, Math.floor(past / length)), unit);
}

/** "1.2 km from Gao". */
export const nearText = (words: Words, near: NonNullable<Alert['near']>): string =>
  words.say('alerts.near', { length: words.length(near.distance_m), name: near.name || words.say('card.record', { name: words.collection({ id: near.collection, title: '' }), key: near.key }) });

/** "4 incidents within 7 days and 20 km of each other; 3 raise an alert". */
export function reachedText(words: Words, alert: Alert): string | undefined {
  const { reached, radius_m, collection } = alert;
  if (!reached) return undefined;
  const name = reached.sum ? reached.sum.split(/[+,]/).map((f) => words.field({ name: f.trim(), title: '' })).join(' + ') : words.collection({ id: collection, title: '' });
  const values = { value: words.count(reached.value, 3), name, days: words.count(reached.days, 2), least: words.count(reached.least, 3) };
  return radius_m > 0 ? words.say('alerts.reachedWithin', { ...values, length: words.length(radius_m) }) : words.say('alerts.reached', values);
}

/** "High, confidential": what may be said of an alert anywhere. */
export function useNewsText(): (alert: Alert) => string {
  const words = useWords();
  return (alert) => {
    const severity = words.code('severity', alert.severity);
    if (alert.classification === 'unclassified') return words.say('alerts.newOne', { severity, text: alert.headline });
    return words.say('alerts.newMarked', { severity, marking: words.code('classification', alert.classification) });
  };
}
