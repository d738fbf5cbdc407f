// The scenario beside the base line: each number with its unit, and what it is made of.
import { Fragment, useMemo } from 'react';
import { balanceIn, measuresIn } from '../api/footprints.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { useView } from '../state/view.ts';
import { Segments } from '../ui/Segments.tsx';
import { useAnswers } from './answers.ts';
import { CompareMaps, OnMap } from './DifferenceOnMap.tsx';
import { pairsOf, type Ends, type Pair } from './figures.ts';
import { madeBy, rowsOf, unstatedIn } from './madeOf.ts';
import { MadeOf } from './MadeOf.tsx';
import { Trouble } from './PlanPanel.tsx';
import { usePlanning } from './store.ts';
import { figureText, isMoney, unitText } from './units.ts';
import { useScenarioTitle } from './title.ts';

export function Difference() {
  const words = useWords();
  const { say } = words;
  const { answer, stale } = useAnswers((a) => a.compare);
  const title = useScenarioTitle();
  const [base, option] = [useAnswers((a) => a.base.answer), useAnswers((a) => a.option.answer)];
  const { measure: open, set } = usePlanning();
  const told = useView((v) => v.scenario.told);
  const setScenario = useView((v) => v.setScenario);
  const pairs = useMemo(() => (answer ? pairsOf(measuresIn(answer)) : []), [answer]);
  const groups = [...new Set(pairs.map((p) => p.factor))];
  // How many bases there are is of no factor, and stands before them.
  const inGroups = [['', pairs.filter(isCount)], ...groups.map((g) => [g, pairs.filter((p) => p.factor === g && !isCount(p))])] as [string, Pair[]][];
  const balance = answer && balanceIn(answer);
  const unpriced = useMemo(() => new Map(pairs.filter(isMoney).flatMap((p) => {
    const of = madeBy(p);
    return of ? [[p.measure, unstatedIn(rowsOf(of, [base, option]))] as const] : [];
  })), [pairs, base, option]);
  const made = useMemo(() => pairs.filter((p) => p.measure === open).map(madeBy)[0], [pairs, open]);
  return (
    <section className="plan-difference" aria-label={say('compare.difference')}>
      <div className="section-head">
        <h3>{say('compare.difference')}</h3>
        <Segments label={say('plan.told')} value={told ?? 'table'} options={[{ id: 'table', label: say('plan.told.table') }, { id: 'map', label: say('plan.told.map') }]} onChange={(to) => setScenario({ told: to === 'map' ? 'map' : undefined })} />
      </div>
      <p dir="auto"><b>{title}</b></p>
      <CompareMaps />
      <Trouble of={['compare', 'layerBase', 'layerOption']} />
      {!answer && <p className="note">{say('plan.noDifference')}</p>}
      {balance && <p className="note" data-testid="plan-balance">{say('plan.balance', { gained: words.count(balance.people_gained), places: words.count(balance.places_gained), lost: words.count(balance.people_lost), placesLost: words.count(balance.places_lost) })}</p>}
      {told === 'map' && answer && <OnMap />}
      {told !== 'map' && answer && (
        <table className="table difference" data-testid="plan-difference" data-stale={stale}>
          <caption className="only-read">{say('compare.difference')}</caption>
          <thead><tr><th scope="col">{say('compare.measure')}</th><th scope="col" className="end">{say('plan.baseLine')}</th><th scope="col" className="end">{say('plan.scenario')}</th><th scope="col" className="end">{say('compare.change')}</th></tr></thead>
          {inGroups.map(([g, mine]) => (
            <tbody key={g}>
              {g && <tr className="group"><th scope="rowgroup" colSpan={4}>{factorText(words, g)}</th></tr>}
              {mine.map((p) => (
                <Fragment key={p.measure}>
                  <Row pair={p} all={pairs.find((q) => q.measure === 'people')?.after} words={words} open={open === p.measure} unstated={unpriced.get(p.measure) ?? [0, 0]} toggle={() => set({ measure: open === p.measure ? undefined : p.measure, row: undefined })} />
                  {open === p.measure && made && <tr className="made-of"><td colSpan={4}><MadeOf made={made} sides={[base, option]} process="scenario-compare" parameters={answer.envelope?.parameters ?? {}} /></td></tr>}
                </Fragment>
              ))}
            </tbody>
          ))}
        </table>
      )}
    </section>
  );
}

const isCount = ({ measure }: Pair) => measure === 'bases';

const known = ['priority', 'threat', 'support', 'medical', 'operational'] as const;
export const factorText = ({ say }: Words, factor: string) => {
  const one = known.find((f) => f === factor);
  return one ? say(`plan.factor.${one}`) : factor;
};

export const measureText = (words: Words, { measure, title }: Pick<Pair, 'measure' | 'title'>) => words.field({ name: `measure_${measure}`, title });

interface RowProps {
  pair: Pair;
  all: number | undefined;
  words: Words;
  open: boolean;
  /** How many of its rows state nothing, on either side. */
  unstated: [before: number, after: number];
  toggle(): void;
}

function Row({ pair, all, words, open, unstated, toggle }: RowProps) {
  const { measure, before, after, beforeEnds, afterEnds, layer } = pair;
  const name = measureText(words, pair);
  const of = pair.unit === '{person}' && layer === 'places' && measure !== 'people' && all !== undefined ? words.say('compare.of', { n: words.count(all) }) : '';
  const unit = words.parts([unitText(words, pair), of]);
  const opens = madeBy(pair) !== undefined;
  const missing = (n: number) => n > 0 && <small data-unstated={n}>{words.say('plan.unstatedIn', { n })}</small>;
  const ends = (of: Ends | undefined) => of && <small>{words.say('compare.interval', { low: figureText(words, pair, of[0]), high: figureText(words, pair, of[1]) })}</small>;
  return (
    <tr data-measure={measure} data-verdict={judged(pair, unstated).verdict} data-after={after}>
      <th scope="row">{opens ? <button type="button" className="link" aria-expanded={open} onClick={toggle}>{name}</button> : name}{unit && <small>{unit}</small>}</th>
      <td className="end figure" onClick={opens ? toggle : undefined}>{figureText(words, pair, before)}{ends(beforeEnds)}{missing(unstated[0])}</td>
      <td className="end figure" onClick={opens ? toggle : undefined}>{figureText(words, pair, after)}{ends(afterEnds)}{missing(unstated[1])}</td>
      <td className="end change"><Change pair={judged(pair, unstated)} words={words} /></td>
    </tr>
  );
}

/** Where one side leaves out more than the other, neither is better, and they are not the same. */
function judged(pair: Pair, [before, after]: RowProps['unstated']): Pair {
  if (before === after || pair.change === undefined) return pair;
  return pair.verdict === 'same' ? { ...pair, change: undefined } : { ...pair, verdict: 'neutral' };
}

export function Change({ pair, words }: { pair: Pair; words: Words }) {
  const { change, verdict } = pair;
  if (change === undefined) return <>{words.say('plan.unknown')}</>;
  if (verdict === 'same') return <span className="none">{words.say('compare.same')}</span>;
  const signed = <bdi dir="ltr">{change > 0 ? '+' : '−'}{figureText(words, pair, Math.abs(change))}</bdi>;
  if (verdict === 'open') return <>{signed}<small>{words.say('compare.open')}</small></>;
  return <><span className="triangle" aria-hidden="true">{change > 0 ? '▲' : '▼'}</span> {signed}</>;
}
