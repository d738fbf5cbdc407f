// What would bring care in time, each tried alone by the server; what is a change of the footprint goes into the planner's scenario.
import type { CareChain, Mend } from '../api/evacuation.ts';
import { useWords } from '../i18n/words.ts';
import { useChanges } from '../planning/answers.ts';
import { useHistory } from '../state/history.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { mended } from './figures.ts';
import { limitText, mendText } from './words.ts';

export function Ways({ chain, stale }: { chain: CareChain; stale: boolean }) {
  return ['advanced_care', 'surgery'].map((name) => {
    const stage = chain.stages.find((s) => s.stage === name);
    return stage && !stage.in_time ? <WaysTo key={name} limit={stage.limit_min} mends={chain.mends.filter((m) => m.stage === name)} stale={stale} /> : null;
  });
}

function WaysTo({ limit, mends, stale }: { limit: number; mends: Mend[]; stale: boolean }) {
  const words = useWords();
  const { say } = words;
  return (
    <section className="care-ways" aria-label={say('medical.ways', { limit: limitText(words, limit) })}>
      <h3>{say('medical.ways', { limit: limitText(words, limit) })}</h3>
      {mends.length ? <ul>{mends.map((m, i) => <Way key={i} mend={m} stale={stale} />)}</ul> : <p className="note">{say('medical.noWays')}</p>}
    </section>
  );
}

function Way({ mend, stale }: { mend: Mend; stale: boolean }) {
  const words = useWords();
  const { say, duration } = words;
  const changes = useChanges();
  const asIs = useView((v) => v.medical.asIs);
  const text = mendText(words, mend);
  // What was tried on what is begins a scenario of its own, and never one that is drawn up otherwise.
  const next = changes && mended(asIs ? [] : changes, mend);
  const tryIt = () => {
    if (!next) return;
    const { medical, scenario } = useView.getState();
    const { asIs: _, ...rest } = medical;
    useView.setState({ medical: rest, scenario: asIs ? { changes: next, ...(scenario.weights && { weights: scenario.weights }) } : { ...scenario, changes: next } });
    useUi.getState().tell(say('medical.tried', { change: text }), () => useHistory.getState().undo());
  };
  return (
    <li data-mend={mend.kind} data-minutes={mend.minutes} data-enough={mend.in_time}>
      <span>{text}</span>
      <b className="figure">{mend.minutes === undefined ? say('plan.unknown') : duration(mend.minutes)}</b>
      {!mend.in_time ? <small>{say('medical.notEnough')}</small> : next ? <Button isDisabled={stale} onPress={tryIt} aria-label={say('medical.tryThis', { change: text })}>{say('medical.try')}</Button> : <small>{say('medical.enough')}</small>}
    </li>
  );
}
