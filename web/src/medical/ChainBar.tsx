// The chain to surgery as one bar and leg by leg, and what of it takes longest.
import type { CareChain, StageName } from '../api/evacuation.ts';
import { useWords } from '../i18n/words.ts';
import { Bar } from './Bar.tsx';
import { endOf, kindOf, wholeOf } from './figures.ts';
import { legName, legWay, limitingText, limitText } from './words.ts';

export function ChainBar({ chain }: { chain: CareChain }) {
  const words = useWords();
  const { say, count } = words;
  const limits = { advanced: chain.stages.find((s) => s.stage === 'advanced_care')?.limit_min ?? 0, surgery: chain.stages.find((s) => s.stage === 'surgery')?.limit_min ?? 0 };
  // Where no surgery is reached, the way to advanced care is what there is to tell.
  const stage = chain.stages.find((s) => s.stage === 'surgery' && s.minutes !== undefined) ?? chain.stages.find((s) => s.stage === 'advanced_care' && s.minutes !== undefined);
  if (!stage) return null;
  const legs = chain.legsOf(stage.stage as StageName);
  if (!endOf(legs)) return null;
  return (
    <section className="care-chain" aria-label={say('medical.chain')} data-stage={stage.stage}>
      <h3 data-testid="care-most">{limitingText(words, stage)}</h3>
      <Bar legs={legs} whole={wholeOf([endOf(legs)], limits.surgery)} figures marks={[{ minutes: limits.advanced, label: limitText(words, limits.advanced) }, { minutes: limits.surgery, label: limitText(words, limits.surgery), limit: true }]} />
      <details>
        <summary>{say('medical.chain')}</summary>
        <ol className="care-legs" data-testid="care-legs">
          {legs.map((leg, i) => (
            <li key={i} data-kind={kindOf(leg)} data-leg={leg.leg} data-limiting={leg.limiting || undefined} data-minutes={leg.minutes}>
              <i className="swatch" aria-hidden="true" />
              <span>{legName(words, leg)} <small>{legWay(words, leg)}{leg.meanwhile && ` · ${say('medical.meanwhile')}`}</small></span>
              <span className="figure">{say('unit.minutes', { n: count(leg.minutes, 1) })}</span>
            </li>
          ))}
          <li className="sum"><span /><b>{say('medical.total')}</b><b className="figure">{say('unit.minutes', { n: count(stage.minutes ?? 0, 1) })}</b></li>
        </ol>
      </details>
    </section>
  );
}
