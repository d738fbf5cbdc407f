// The panel of a comparison: its sides, how the map shows them, one key, the difference table, and how both answers were made.
import { useEffect, useRef } from 'react';
import type { Outcome } from '../api/execution.ts';
import { useWords } from '../i18n/words.ts';
import { useCompared } from '../map/comparedPeriod.ts';
import { useComparison, type Pair } from '../state/comparison.ts';
import { Button } from '../ui/Button.tsx';
import { Choice } from '../ui/Choice.tsx';
import { Icon } from '../ui/Icon.tsx';
import { CompareKey } from './CompareKey.tsx';
import type { Compared } from './comparedLayers.ts';
import { lengthsOf, otherInputs, sideNames, type SideName } from './comparedText.ts';
import { DifferenceTable } from './DifferenceTable.tsx';
import { LayoutChoice } from './LayoutChoice.tsx';
import { differencesOf } from './difference.ts';
import { Method } from './Method.tsx';
import { Progress } from './Progress.tsx';
import { againOf, heldOf } from './question.ts';
import { useNewer } from './stale.ts';

export function ComparisonView({ pair }: { pair: Pair }) {
  const words = useWords();
  const { say } = words;
  const compared = useCompared();
  const close = useComparison((c) => c.close);
  const names = sideNames(words, pair);
  const rows = differencesOf(pair.process, pair.sides);
  const top = useRef<HTMLElement>(null);
  // The panel may have been read down to where the comparison was asked for.
  useEffect(() => void top.current?.scrollIntoView({ block: 'start' }), []);
  return (
    <section ref={top} className="comparison" aria-label={say('compare.title')} data-testid="comparison">
      <Button look="link" autoFocus onPress={close}>{say('compare.close')}</Button>
      <h3>{say('compare.of2', { name: words.process(pair.process) })}</h3>
      <ul className="compare-sides">{names.map((n, i) => <li key={i}><b>{n.title}</b> <span>{n.note}</span></li>)}</ul>
      <Cautions pair={pair} />
      {compared && <MapChoices compared={compared} />}
      {compared && <CompareKey compared={compared} names={names} />}
      {rows.length > 0 ? <DifferenceTable rows={rows} names={names} /> : <p className="state">{say('compare.noNumbers')}</p>}
      <Made sides={pair.sides} names={names} />
    </section>
  );
}

/** What a reader has to know before he compares: other lengths, other questions, older data. */
function Cautions({ pair }: { pair: Pair }) {
  const words = useWords();
  const { say } = words;
  const { asking, ask, cancel } = useComparison();
  const lengths = lengthsOf(pair);
  const others = otherInputs(words, pair);
  const run = asking?.of === pair.sides[0] ? asking.run : undefined;
  const newer = useNewer(pair.process, pair.sides);
  const [first, second] = pair.sides;
  const again = () => void ask(pair.process, first, { ...heldOf(pair.process, second), ...againOf(pair.process, second) }, { ...heldOf(pair.process, first), ...againOf(pair.process, first) });
  return (
    <>
      {lengths && <p className="state"><Icon name="warning" /> {say('compare.lengths', { a: lengths[0], b: lengths[1] })}</p>}
      {others.length > 0 && <p className="note">{say('compare.others', { list: words.list(others.map((o) => `${o.label} (${o.values.join(' / ')})`)) })}</p>}
      {newer !== undefined && <p className="state" role="status"><Icon name="warning" /> {say('kept.stale', { n: newer })} {run?.state !== 'running' && <Button look="link" onPress={again}>{say('compare.again')}</Button>}</p>}
      {run?.state === 'running' && <><Progress run={run} /><Button onPress={cancel}>{say('action.cancel')}</Button></>}
      {run?.state === 'failed' && <p className="state bad" role="alert" dir="auto"><Icon name="warning" /> {run.error?.message || say('state.unreachable')}</p>}
    </>
  );
}

function MapChoices({ compared }: { compared: Compared }) {
  const words = useWords();
  const { say } = words;
  const { set } = useComparison();
  const { choices, fields, shade, both } = compared;
  return (
    <div className="compare-choices">
      <LayoutChoice />
      {choices.length > 1 && <Choice label={say('compare.layer')} value={both.id} options={choices.map((c) => ({ id: c.id, label: c.title }))} onChange={(part) => set({ part, shade: undefined })} />}
      {fields.length > 0 && <Choice label={say('result.shade')} value={shade ?? ''} options={[{ id: '', label: say('result.noShade') }, ...fields.map((f) => ({ id: f.name, label: words.field(f) }))]} onChange={(id) => set({ shade: id })} />}
    </div>
  );
}

function Made({ sides, names }: { sides: [Outcome, Outcome]; names: [SideName, SideName] }) {
  return sides.map(({ envelope }, i) => envelope && <section key={i} className="compare-made"><h4>{names[i]?.title}</h4><Method envelope={envelope} /></section>);
}
