// How an answer was made, small and complete: warnings first, then the method, its records, and the version of the data.
import type { Envelope } from '../api/envelope.ts';
import { useWords } from '../i18n/words.ts';

const plainText = (v: unknown): string => (typeof v === 'string' || typeof v === 'number' ? String(v) : v && typeof v === 'object' ? Object.values(v).map(plainText).filter(Boolean).join(', ') : '');

export function Method({ envelope }: { envelope: Envelope }) {
  const { say, warning, rows } = useWords();
  const seed = plainText(envelope.seed);
  return (
    <dl className="method" data-testid="method">
      {envelope.warnings.map((w) => <div key={w.text} className="warn"><dt>{say('method.warning')}</dt><dd dir="auto">{warning(w)}</dd></div>)}
      <div><dt>{say('method.method')}</dt><dd>{plainText(envelope.method)}</dd></div>
      <div><dt>{say('method.rows')}</dt><dd>{rows(envelope)}</dd></div>
      {seed && <div><dt>{say('method.seed')}</dt><dd>{seed}</dd></div>}
      <div><dt>{say('method.version')}</dt><dd>{plainText(envelope.version)}</dd></div>
    </dl>
  );
}
