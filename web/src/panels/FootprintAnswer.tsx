// The answer as sentences with their denominators, a table as proof, and the method beneath, small and complete.
import type { BaseReach, Envelope, Footprint, Share } from '../api/footprint.ts';
import { useWords, readable, type Words } from '../i18n/words.ts';

export function FootprintAnswer({ answer, stale }: { answer: Footprint; stale: boolean }) {
  const words = useWords();
  return (
    <section className="answer" data-stale={stale} aria-live="polite" aria-busy={stale} data-testid="footprint-answer">
      {stale && <p className="state">{words.say('footprint.stale')}</p>}
      <Sentences answer={answer} words={words} />
      <Shares shares={answer.collections} words={words} />
      {answer.bases.length > 0 && <Reaches bases={answer.bases} words={words} />}
      <Method envelope={answer.envelope} words={words} />
    </section>
  );
}

function Sentences({ answer, words }: { answer: Footprint; words: Words }) {
  const { population } = answer;
  const { say, count } = words;
  const n = answer.bases.length;
  if (!population) return <p className="finding">{say('footprint.bases', { n })}</p>;
  return (
    <>
      <p className="finding">{say('footprint.reach', { n, reached: count(population.reached), total: count(population.total) })}</p>
      <p>{say('footprint.onlyOne', { only: count(population.only_one), reached: count(population.reached) })} {say('footprint.none', { none: count(population.none), total: count(population.total) })}</p>
    </>
  );
}

function Shares({ shares, words }: { shares: Share[]; words: Words }) {
  const { say, count } = words;
  return (
    <table className="table">
      <caption className="only-read">{say('footprint.table')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('filters.layer')}</th>
          <th scope="col" className="end">{say('footprint.inside')}</th>
          <th scope="col" className="end">{say('footprint.oneBase')}</th>
          <th scope="col" className="end">{say('footprint.noBase')}</th>
          <th scope="col" className="end">{say('footprint.total')}</th>
        </tr>
      </thead>
      <tbody>
        {shares.map((s) => (
          <tr key={s.id} data-collection={s.id}>
            <th scope="row">
              {words.collection(s)}
              {s.without_place > 0 && <small>{say('state.placelessShort', { n: s.without_place })}</small>}
            </th>
            {[s.inside, s.only_one, s.none, s.selected].map((n, i) => <td key={i} className="end" data-zero={n === 0 || undefined}>{count(n)}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Reaches({ bases, words }: { bases: BaseReach[]; words: Words }) {
  const { say, count } = words;
  return (
    <table className="table">
      <caption className="only-read">{say('footprint.byBase')}</caption>
      <thead>
        <tr>
          <th scope="col">{words.field({ name: 'base_reach', title: '' })}</th>
          <th scope="col" className="end">{words.field({ name: 'radius_m', title: '' })}</th>
          <th scope="col" className="end">{say('footprint.people')}</th>
          <th scope="col" className="end">{say('footprint.peopleOnly')}</th>
        </tr>
      </thead>
      <tbody>
        {bases.map((b, i) => (
          <tr key={b.key ?? `place ${i}`}>
            <th scope="row">{b.name || `#${b.key ?? i + 1}`}</th>
            <td className="end">{b.radius_m === undefined ? '' : words.km(b.radius_m)}</td>
            <td className="end" data-zero={b.population === 0 || undefined}>{count(b.population)}</td>
            <td className="end" data-zero={b.population_only === 0 || undefined}>{count(b.population_only)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const plainText = (v: unknown): string => (typeof v === 'string' || typeof v === 'number' ? String(v) : v && typeof v === 'object' ? Object.values(v).map(plainText).filter(Boolean).join(', ') : '');

function Method({ envelope, words }: { envelope: Envelope; words: Words }) {
  const { say, count } = words;
  const dropped = Object.entries(envelope.rows_dropped).filter(([, n]) => n > 0);
  const left = dropped.reduce((sum, [, n]) => sum + n, 0);
  return (
    <dl className="method">
      <div><dt>{say('method.method')}</dt><dd>{plainText(envelope.method)}</dd></div>
      <div><dt>{say('method.rows')}</dt><dd>
        {say('method.used', { used: count(envelope.rows_used), selected: count(envelope.rows_used + left) })}
        {left > 0 && ` ${say('method.dropped', { n: count(left) })} ${dropped.map(([reason, n]) => `${count(n)} ${words.say('method.reason', { reason: readable(reason).toLowerCase() })}`).join(', ')}`}
      </dd></div>
      <div><dt>{say('method.version')}</dt><dd>{plainText(envelope.version)}</dd></div>
      {envelope.warnings.map((w) => <div key={w} className="warn"><dt>{say('method.warning')}</dt><dd>{w}</dd></div>)}
    </dl>
  );
}
