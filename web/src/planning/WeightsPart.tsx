// The weights of the factors, their sum, and how far each moves before another option is first. Nothing is asked of the server for it.
import { useMemo } from 'react';
import { partsIn } from '../api/footprints.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { beginGesture, endGesture } from '../state/history.ts';
import { evenWeights, factors } from '../state/scenario.ts';
import { useView } from '../state/view.ts';
import { Slider } from '../ui/Slider.tsx';
import { useAnswers } from './answers.ts';
import { leaderOf, turnsOf, type Turn } from './figures.ts';
import { useScenarioTitle } from './title.ts';

export function WeightsPart() {
  const { say, count } = useWords();
  const weights = useView((v) => v.scenario.weights) ?? evenWeights;
  const setScenario = useView((v) => v.setScenario);
  const sum = factors.reduce((n, f) => n + weights[f], 0);
  return (
    <section className="weights" aria-label={say('plan.weights')}>
      <h3>{say('plan.weights')} <small>{say('plan.sum', { n: count(sum) })}</small></h3>
      {factors.map((f) => (
        <div key={f} className="weight" data-factor={f}>
          <span>{say(`plan.factor.${f}`)}</span>
          <Slider label={say(`plan.factor.${f}`)} value={weights[f]} least={0} most={100} step={1} onChange={(v) => setScenario({ weights: { ...weights, [f]: v } })} onBegin={beginGesture} onEnd={endGesture} />
          <output>{count(weights[f])}</output>
        </div>
      ))}
      <Sensitivity />
      <p className="note" data-testid="normal">{say('plan.normal')}</p>
    </section>
  );
}

/** By the weighted sum of the factors, each between the worst option at 0 and the best at 1. */
function Sensitivity() {
  const words = useWords();
  const title = useScenarioTitle();
  const answer = useAnswers((a) => a.compare.answer);
  const weights = useView((v) => v.scenario.weights) ?? evenWeights;
  const options = useMemo(() => (answer ? partsIn(answer) : []), [answer]);
  const { first, totals } = leaderOf(options, weights);
  if (options.length < 2 || !first) return null;
  const nameOf = (option: string) => (option === baseLine ? words.say('plan.baseLine') : title);
  const name = nameOf(first.option);
  const each = options.map((o, i) => `${nameOf(o.option)} ${words.count(Math.round(100 * (totals[i] ?? 0)))}`);
  const turns = turnsOf(options, weights);
  return (
    <p className="note" data-testid="sensitivity" data-first={first.option}>
      {words.say('plan.totals', { totals: words.list(each) })} {turns.length ? words.say('plan.stays', { name, turns: words.list(turns.map((t) => turnText(words, t))) }) : words.say('plan.staysAlways', { name })}
    </p>
  );
}

/** What the server calls the world without a scenario. */
export const baseLine = 'As it is';

const turnText = ({ say, count }: Words, { factor, side, weight }: Turn) => say(side === 'less' ? 'plan.turnLess' : 'plan.turnMore', { factor: say(`plan.factor.${factor}`), n: count(Math.round(weight)) });
