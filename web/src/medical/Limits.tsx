// First aid, advanced care and surgery: who gives it, where, how far and when, and whether that keeps the limit.
import type { CareChain, CareStage, StageName } from '../api/evacuation.ts';
import { useWords } from '../i18n/words.ts';
import { Icon } from '../ui/Icon.tsx';
import { verdictOf } from './figures.ts';
import { assetText, careName, careWhere, limitText, verdictText } from './words.ts';

const limited: StageName[] = ['first_aid', 'advanced_care', 'surgery'];

export function Limits({ chain }: { chain: CareChain }) {
  const { say } = useWords();
  const stages = chain.stages.filter((s) => limited.some((name) => name === s.stage));
  const apart = stages.every((s) => s.in_time) && !chain.allInTime;
  return (
    <>
      <ul className="care-limits" aria-label={say('medical.limits')}>{stages.map((s) => <Limit key={s.stage} stage={s} chain={chain} />)}</ul>
      {apart && <p className="state bad" role="note"><Icon name="warning" /> {say('medical.apart')}</p>}
    </>
  );
}

function Limit({ stage, chain }: { stage: CareStage; chain: CareChain }) {
  const words = useWords();
  const verdict = verdictOf(stage);
  return (
    <li data-stage={stage.stage} data-verdict={verdict} data-minutes={stage.minutes}>
      <b className="limit">{limitText(words, stage.limit_min)}</b>
      <span className="care">
        <span>{careName(words, stage.stage)}</span>
        <small>{careWhere(words, stage, chain.legsOf(stage.stage as StageName))}</small>
        {stage.asset && <small>{assetText(words, stage.asset)}</small>}
      </span>
      <span className="verdict"><Icon name={verdict === 'met' ? 'check' : 'warning'} />{verdictText(words, verdict, stage.late_min)}</span>
    </li>
  );
}
