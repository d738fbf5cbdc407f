// How an answer was made, small and complete: warnings first, then the method, its records, and the version of the data.
import type { Envelope } from '../api/envelope.ts';
import { useWords } from '../i18n/words.ts';

const plainText = (v: unknown): string => (typeof v === 'string' || typeof v === 'number' ? String(v) : v && typeof v === 'object' ? Object.values(v).map(plainText).filter(Boolean).join(', ') : '');

export function Method({ envelope }: { envelope: Envelope }) {
  const { say, count, warning, dropped } = useWords();
  const left = Object.values(envelope.rows_dropped).reduce((sum, n) => sum + n, 0);
  const seed = plainText(envelope.seed);
  return (
    <dl className="method" data-testid="method">
      {envelope.warnings.map((w) => <div key={w.text} className="warn"><dt>{say('method.warning')}</dt><dd dir="auto">{warning(w)}</dd></div>)}
      <div><dt>{say('method.method')}</dt><dd>{plainText(envelope.method)}</dd></div>
      <div><dt>{say('method.rows')}</dt><dd>
        {say('method.used', { used: count(envelope.rows_used), selected: count(envelope.rows_selected ?? envelope.rows_used + left) })}
        {left > 0 && ` ${say('method.dropped', { n: count(left) })} ${dropped(envelope.rows_dropped)}`}
      </dd></div>
      {seed && <div><dt>{say('method.seed')}</dt><dd>{seed}</dd></div>}
      <div><dt>{say('method.version')}</dt><dd>{plainText(envelope.version)}</dd></div>
    </dl>
  );
}
