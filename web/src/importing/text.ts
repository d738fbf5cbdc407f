// Sentences about imports: how far one is, how much has come, and what it would do.
import type { Import, ImportCounts, ImportProgress } from '../api/imports.ts';
import type { Words } from '../i18n/words.ts';

const units = ['kB', 'MB', 'GB'] as const;

/** "3.4 MB" */
export function bytesText(bytes: number, { count }: Pick<Words, 'count'>): string {
  let n = bytes / 1000;
  let at = 0;
  for (; n >= 1000 && at < units.length - 1; at++) n /= 1000;
  return `${count(n, n < 10 ? 1 : 0)}\u00a0${units[at] ?? ''}`;
}

/** "2 min left", or nothing where that is not known. */
function leftText(seconds: number, { say, count, duration }: Words): string {
  if (!(seconds > 0) || !Number.isFinite(seconds)) return '';
  return say('imports.left', { time: seconds < 60 ? say('imports.seconds', { n: count(Math.ceil(seconds)) }) : duration(seconds / 60) });
}

export function sendingText(sent: number, size: number, rate: number, words: Words): string {
  const parts = [words.say('imports.sent', { sent: bytesText(sent, words), size: bytesText(size, words) })];
  if (rate > 0) parts.push(words.say('imports.rate', { rate: bytesText(rate, words) }), leftText((size - sent) / rate, words));
  return parts.filter(Boolean).join(' · ');
}

export function workText({ step, done, total, rate, left_s }: ImportProgress, words: Words): string {
  const { say, count } = words;
  const how = total > 0 ? say('imports.rowsOf', { n: count(done), all: count(total) }) : done > 0 ? say('imports.rows', { n: count(done) }) : '';
  return [say(step === 'taking' ? 'imports.step.taking' : step === 'comparing' ? 'imports.step.comparing' : 'imports.step.looking'), how, rate > 0 ? say('imports.rowRate', { rate: count(rate) }) : '', leftText(left_s, words)].filter(Boolean).join(' · ');
}

/** "3 added, 2 changed", or that nothing would be. */
export function countsText({ added, changed, deleted }: Pick<ImportCounts, 'added' | 'changed' | 'deleted'>, { say, count, list }: Words): string {
  const parts = [added && say('changes.added', { n: count(added) }), changed && say('changes.replaced', { n: count(changed) }), deleted && say('changes.removed', { n: count(deleted) })].filter((p) => p !== 0);
  return parts.length ? list(parts) : say('imports.nothing');
}

export function stateText(i: Import, words: Words): string {
  if (i.state === 'staged' && i.counts) return countsText(i.counts, words);
  return words.say(`imports.state.${i.state}`);
}

/** A value as one short line, whatever it is. */
export function shortValue(value: unknown, { say }: Pick<Words, 'say'>): string {
  if (value === null || value === undefined || value === '') return say('imports.empty');
  if (typeof value === 'object') {
    const shape = value as { type?: unknown; coordinates?: unknown };
    if (shape.type === 'Point' && Array.isArray(shape.coordinates)) return shape.coordinates.slice(0, 2).map((n: unknown) => (typeof n === 'number' ? n.toFixed(5) : String(n))).join(', ');
    const text = JSON.stringify(value);
    return text.length > 80 ? `${text.slice(0, 79)}…` : text;
  }
  return String(value);
}
