// Days as people type them: 2016-01-31, 31 Jan 2016 in their own language, a month, or a year.
import { fold } from '../geo/fold.ts';
import { addSteps, dayMs, dayOf, msOf, type Step } from './time.ts';

/** Month names of a language, short and long, alone and after a day (Russian bends them), without accents or dots. */
function monthNames(language: string): string[][] {
  return Array.from({ length: 12 }, (_, month) => {
    const at = Date.UTC(2000, month, 15);
    const styles = [{ month: 'short' }, { month: 'long' }, { month: 'short', day: 'numeric' }, { month: 'long', day: 'numeric' }] as const;
    return styles.map((style) => plain(new Intl.DateTimeFormat(language, { ...style, timeZone: 'UTC' }).formatToParts(at).find((p) => p.type === 'month')?.value ?? ''));
  });
}

const plain = (text: string) => fold(text).replaceAll('.', '');

function monthOf(word: string, language: string): number {
  const look = plain(word);
  const found = [language, 'en'].map((l) => monthNames(l).findIndex((names) => names.some((n) => n === look || (look.length >= 3 && n.startsWith(look)))));
  return found.find((m) => m >= 0) ?? -1;
}

const pad = (n: number) => String(n).padStart(2, '0');
const dayText = (y: number, m: number, d: number) => `${y}-${pad(m)}-${pad(d)}`;

/** The first or (a month or year alone, asked for its end) the last day of what was typed; undefined when it is no day. */
export function parseDay(text: string, end: 'first' | 'last', language: string): string | undefined {
  const t = text.trim().replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660));
  const [, y, m, d] = /^(\d{4})(?:\D+(\d{1,2}))?(?:\D+(\d{1,2}))?\D*$/.exec(t) ?? [];
  if (y) return d ? whole(dayText(+y, Number(m), +d)) : edge(dayText(+y, Number(m ?? 1), 1), m ? 'month' : 'year', end);
  const words = /^(?:(\d{1,2})\s*[.\s]\s*)?(?:de\s+)?([^\d\s]+)\s+(?:de\s+)?(\d{4})\D*$/iu.exec(t);
  if (!words) return undefined;
  const [, day, word = '', year = ''] = words;
  const month = monthOf(word, language) + 1;
  if (!month) return undefined;
  return day ? whole(dayText(+year, month, +day)) : edge(dayText(+year, month, 1), 'month', end);
}

const whole = (day: string) => (Number.isNaN(msOf(day)) ? undefined : day);

function edge(first: string, step: Step, end: 'first' | 'last'): string | undefined {
  const start = msOf(first);
  if (Number.isNaN(start)) return undefined;
  return end === 'first' ? first : dayOf(addSteps(start, step, 1) - dayMs);
}
