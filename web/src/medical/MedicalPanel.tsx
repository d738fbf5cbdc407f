// The chain of care from a place, whether it keeps 10 minutes, 1 hour and 2 hours, what would mend it, and how all bases stand.
import { careBasesIn, chainIn, surgeryLimitIn } from '../api/evacuation.ts';
import { useLayer } from '../app/world.ts';
import { useWords } from '../i18n/words.ts';
import { formatCoord } from '../geo/coords.ts';
import { nameOf } from '../map/layers/layer.ts';
import { CoordField } from '../panels/CoordField.tsx';
import { Method } from '../panels/Method.tsx';
import { usePrefs } from '../state/prefs.ts';
import { useView } from '../state/view.ts';
import { IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useCareAnswers } from './answers.ts';
import { BaseChains } from './BaseChains.tsx';
import { ChainBar } from './ChainBar.tsx';
import { Conditions } from './Conditions.tsx';
import { Limits } from './Limits.tsx';
import { closeChain } from './open.ts';
import { Ways } from './Ways.tsx';

export function MedicalPanel() {
  const { say } = useWords();
  const from = useView((v) => v.medical.from);
  const setMedical = useView((v) => v.setMedical);
  const name = useSceneName();
  return (
    <div className="medical">
      <div className="section-head">
        <h2 className="panel-title" data-testid="care-title">{name ? say('medical.from', { name }) : say('medical.title')}</h2>
        <IconButton icon="close" label={say('action.close')} onPress={closeChain} />
      </div>
      <Conditions />
      <Trouble />
      {from ? <Chain /> : <p className="note">{say('medical.choose')}</p>}
      <Bases />
      <CoordField label={say('medical.at')} onPlace={(at) => setMedical({ from: { at } })} />
    </div>
  );
}

/** What the place is called from which one is brought; '' while none is chosen. */
export function useSceneName(): string {
  const from = useView((v) => v.medical.from);
  const format = usePrefs((p) => p.coords);
  const bases = useLayer('bases')?.records.data?.items;
  const towns = useLayer('places')?.records.data?.items;
  const { answer, stale } = useCareAnswers((a) => a.chain);
  if (!from) return '';
  if ('at' in from) return formatCoord(...from.at, format);
  const key = 'base' in from ? from.base : from.town;
  const item = ('base' in from ? bases : towns)?.find((i) => i.key === key);
  const told = answer && !stale ? chainIn(answer).stages[0]?.place : '';
  return told || (item && nameOf(item.properties)) || `#${key}`;
}

function Trouble() {
  const { say } = useWords();
  const [chain, surface] = [useCareAnswers((a) => a.chain.error), useCareAnswers((a) => a.surface.error)];
  const texts = [chain, surface].flatMap((e) => (e ? [e.message || say('state.unreachable')] : []));
  return [...new Set(texts)].map((text) => <p key={text} className="state bad" role="alert"><Icon name="warning" /> <span dir="auto">{text}</span></p>);
}

const Skeleton = () => <div className="skeleton" role="status" aria-label={useWords().say('state.loading')}><i /><i /><i /></div>;

function Chain() {
  const { answer, error, stale } = useCareAnswers((a) => a.chain);
  if (!answer) return error ? null : <Skeleton />;
  const chain = chainIn(answer);
  return (
    <div className="care-answer" data-testid="care-chain" data-stale={stale}>
      <Limits chain={chain} />
      <ChainBar chain={chain} />
      <Ways chain={chain} stale={stale} />
      {answer.envelope && <Assumed envelope={answer.envelope} />}
    </div>
  );
}

function Assumed({ envelope }: { envelope: Parameters<typeof Method>[0]['envelope'] }) {
  const { say } = useWords();
  return <details className="care-method"><summary>{say('medical.assumed', { n: envelope.warnings.length })}</summary><Method envelope={envelope} /></details>;
}

function Bases() {
  const { answer, error, stale } = useCareAnswers((a) => a.surface);
  if (!answer) return error ? null : <Skeleton />;
  return <BaseChains bases={careBasesIn(answer)} limit={surgeryLimitIn(answer)} stale={stale} />;
}
