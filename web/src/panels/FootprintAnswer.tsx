// The answer as sentences with their denominators, a table as proof, and the method beneath, small and complete.
import type { Feature } from 'geojson';
import type { BaseReach, Footprint, Share } from '../api/footprint.ts';
import { findingOf } from './footprint.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { Method } from './Method.tsx';

export function FootprintAnswer({ answer, stale }: { answer: Footprint; stale: boolean }) {
  const words = useWords();
  return (
    <section className="answer" data-stale={stale} aria-live="polite" aria-busy={stale} data-testid="footprint-answer">
      {stale && <p className="state">{words.say('footprint.stale')}</p>}
      <Sentences answer={answer} words={words} />
      <ReachKey answer={answer} words={words} />
      <Shares shares={answer.collections} words={words} />
      <p className="note">{words.say('footprint.whole')}</p>
      {answer.bases.length > 0 && <Reaches bases={answer.bases} words={words} />}
      <Method envelope={answer.envelope} />
    </section>
  );
}

function Sentences({ answer, words }: { answer: Footprint; words: Words }) {
  const { population, gaps } = answer;
  const { say, count } = words;
  return (
    <>
      <p className="finding">{findingOf(answer, words)}</p>
      {population && <p>{say('footprint.onlyOne', { only: count(population.only_one), reached: count(population.reached) })} {say('footprint.none', { none: count(population.none), total: count(population.total) })}</p>}
      {gaps && <p data-testid="gaps">{gapsText(gaps, words)}</p>}
    </>
  );
}

const areaIn = (f: Feature): number => Number(f.properties?.area_m2) || 0;

function gapsText(gaps: Feature, { say, area }: Words): string {
  const share = Number(gaps.properties?.share);
  return share > 0 ? say('footprint.gapsOf', { gaps: area(areaIn(gaps)), all: area(areaIn(gaps) / share) }) : say('footprint.gapsNone');
}

/** The key of what is drawn on the map, and its proof: how much ground at least one base covers, two, three, and none. */
export function ReachKey({ answer: { union, overlap, gaps }, words }: { answer: Footprint; words: Words }) {
  const { say, area, count } = words;
  if (!union) return null;
  const depths = (overlap?.features ?? []).map((f) => ({ depth: Number(f.properties?.depth), feature: f }));
  const rows = [
    { id: 'union', label: say('footprint.someRing'), feature: union },
    ...depths.map(({ depth, feature }) => ({ id: `depth-${Math.min(depth, 4)}`, label: say('footprint.depth', { n: count(depth) }), feature })),
    ...(gaps ? [{ id: 'gaps', label: say('footprint.gaps'), feature: gaps }] : []),
  ];
  return (
    <table className="table">
      <caption className="only-read">{say('footprint.key')}</caption>
      <thead><tr><th scope="col">{say('footprint.key')}</th><th scope="col" className="end">{say('footprint.area')}</th></tr></thead>
      <tbody>
        {rows.map(({ id, label, feature }) => (
          <tr key={label} data-area={areaIn(feature)}>
            <th scope="row"><i className="reach-mark" data-reach={id} />{label}</th>
            <td className="end">{area(areaIn(feature))}</td>
          </tr>
        ))}
      </tbody>
    </table>
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
  // New bases come last, in the order in which they were drawn.
  const stored = bases.filter((b) => b.key !== undefined).length;
  const name = (b: BaseReach, i: number) => (b.key === undefined ? say('draw.base', { n: i - stored + 1 }) : b.name || `#${b.key}`);
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
            <th scope="row">{name(b, i)}</th>
            <td className="end">{b.radius_m === undefined ? '' : words.km(b.radius_m)}</td>
            <td className="end" data-zero={b.population === 0 || undefined}>{count(b.population)}</td>
            <td className="end" data-zero={b.population_only === 0 || undefined}>{count(b.population_only)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
