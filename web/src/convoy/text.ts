// Times and places of a convoy sheet in words.
import type { Words } from '../i18n/words.ts';
import type { Convoy } from './convoy.ts';

/** "8 h 54", which no line breaks. */
export const duration = (words: Words, minutes: number): string => words.duration(minutes).replaceAll(' ', '\u00a0');

/** Kilometres along the way, to one decimal below 100. */
export const kmOf = ({ count }: Words, km: number): string => count(km, km < 100 ? 1 : 0);

export interface LocalTime {
  /** "14 Sept, 05:30" */
  full(iso: string): string;
  /** "05:30" */
  hour(iso: string): string;
  /** "UTC+1" */
  zone: string;
}

/** Times as the convoy's clocks show them, so many hours ahead of UTC. */
export function localTime(locale: string, hours: number): LocalTime {
  const at = (iso: string) => new Date(Date.parse(iso) + hours * 3_600_000);
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' } as const;
  const sign = hours < 0 ? '−' : '+';
  return {
    full: (iso) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...clock }).format(at(iso)),
    hour: (iso) => new Intl.DateTimeFormat(locale, clock).format(at(iso)),
    zone: hours ? `UTC${sign}${Math.abs(hours)}` : 'UTC',
  };
}

/** From where to where by which way, and how long it takes. */
export const titleOf = (words: Words, { from, to, letter, facts }: Convoy): string =>
  words.say('convoy.title', { from, to, letter, km: words.count(facts.km), time: duration(words, facts.minutes) });
