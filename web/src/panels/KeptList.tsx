// Answers that were kept as layers: each with its name, parameters and version of the data, its eye and its place in the pile.
import { useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import { useWords } from '../i18n/words.ts';
import { useAnalyses, type Kept } from '../state/analyses.ts';
import { useComparison } from '../state/comparison.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { WayPapers } from '../convoy/WayPapers.tsx';
import { CompareWith } from './CompareWith.tsx';
import { againOf } from './question.ts';
import { ResultKey } from './ResultKey.tsx';
import { useNewer } from './stale.ts';

export function KeptList() {
  const { say } = useWords();
  const kept = useAnalyses((a) => a.kept);
  if (!kept.length) return null;
  return (
    <section className="kept" aria-labelledby="kept-title">
      <h3 id="kept-title">{say('kept.title')}</h3>
      <ul data-testid="kept">{kept.map((k, at) => <KeptRow key={k.key} kept={k} first={at === 0} />)}</ul>
    </section>
  );
}

function KeptRow({ kept, first }: { kept: Kept; first: boolean }) {
  const { say, code } = useWords();
  const { look, raise, drop, runAgain, lasting } = useAnalyses();
  const close = useComparison((c) => c.close);
  const [comparing, compare] = useState(false);
  const { key, process, outcome, visible, layers } = kept;
  const { envelope, marking } = outcome;
  const version = Number(envelope?.version);
  const title = say('kept.name', { name: kept.title, n: key });
  const newer = useNewer(process, [outcome]);
  const stale = newer !== undefined;
  const again = () => {
    close();
    void runAgain(process.id, againOf(process, outcome));
  };
  return (
    <li data-kept={key} data-stale={stale || undefined}>
      <div className="layer-head">
        <span className="layer-name">{title}</span>
        {!first && <IconButton icon="arrow" label={say('kept.raise', { name: title })} onPress={() => raise(key)} />}
        <IconButton icon="close" label={say('kept.drop', { name: title })} onPress={() => drop(key)} />
        <ToggleButton className="button icon-only" isSelected={visible} onChange={(on) => look(key, on)} aria-label={say('layers.show', { name: title })}><Icon name={visible ? 'eye' : 'hidden'} /></ToggleButton>
      </div>
      {marking && marking !== 'unclassified' && <p className="kept-marking">{code('classification', marking)}</p>}
      <p className="note">{parametersText(envelope?.parameters ?? {})} · {say('status.version', { n: version })}</p>
      {stale && <p className="state" role="status"><Icon name="warning" /> {say('kept.stale', { n: newer })}</p>}
      {!lasting.includes(key) && <p className="note">{say('kept.brief')}</p>}
      <div className="tool-row">
        <Button look="link" aria-label={say('kept.againOf', { name: title })} onPress={again}>{say('analyses.again')}</Button>
        <Button look="link" aria-label={say('kept.compareOf', { name: title })} aria-expanded={comparing} onPress={() => compare(!comparing)}>{say('compare.go')}</Button>
      </div>
      <WayPapers outcome={outcome} />
      {comparing && <CompareWith process={process} outcome={outcome} />}
      {visible && layers.map((l) => <ResultKey key={l.part.id} {...l} />)}
    </li>
  );
}

/** Shapes are too long to be read: they are in the file of the answer. */
const parametersText = (parameters: Record<string, unknown>) =>
  Object.entries(parameters).flatMap(([name, v]) => (v === null || (typeof v === 'object' && !Array.isArray(v)) ? [] : [`${name} ${String(v)}`])).join(', ');
