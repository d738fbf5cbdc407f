// The workspace of the planner: what each base is for, which footprint is drawn up, and what that costs.
import { useMemo } from 'react';
import { createPortal } from 'react-dom';
import { stationsIn, type Station } from '../api/footprints.ts';
import { useProcess } from '../api/queries.ts';
import { useWords } from '../i18n/words.ts';
import { ChainAction } from '../medical/ChainAction.tsx';
import { OtherConditions } from '../panels/OtherConditions.tsx';
import { SitingAnswer } from '../siting/SitingAnswer.tsx';
import { SitingPanel } from '../siting/SitingPanel.tsx';
import { useProofSlot } from '../routes/slot.ts';
import { evenWeights } from '../state/scenario.ts';
import { useTools } from '../state/tools.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useAnswers, useChanges, type Answers } from './answers.ts';
import { BaseTable } from './BaseTable.tsx';
import { ChangeList } from './ChangeList.tsx';
import { Difference } from './Difference.tsx';
import { baseRows, type BaseRow } from './figures.ts';
import { formInputs } from './question.ts';
import { ScenarioBar } from './ScenarioBar.tsx';
import { openNew } from './openNew.ts';
import { usePlanning } from './store.ts';
import { WeightsPart } from './WeightsPart.tsx';

export function PlanPanel() {
  const { say } = useWords();
  const set = useUi((u) => u.set);
  const slot = useProofSlot((s) => s.element);
  const { id, changes } = useView((v) => v.scenario);
  const drawn = id !== undefined || changes !== undefined;
  const sought = useView((v) => v.siting !== undefined);
  return (
    <div className="planning">
      <div className="section-head">
        <h2 className="panel-title">{say('plan.title')}</h2>
        <ChainAction />
        <Button look="quiet" icon="print" aria-label={say('report.open')} onPress={() => set({ print: true, paper: 'report', drawer: false })}>{say('report.kind')}</Button>
        <IconButton icon="close" label={say('action.close')} onPress={() => set({ panel: 'layers' })} />
      </div>
      <ScenarioBar />
      <Trouble of={['base', 'option']} />
      <Bases />
      <ChangeList />
      <Conditions />
      <WeightsPart />
      {(drawn || sought) && (slot ? createPortal(<Told drawn={drawn} />, slot) : <Told drawn={drawn} />)}
    </div>
  );
}

/** The search and what it found stand beside the table, which stays as it is. */
const Told = ({ drawn }: { drawn: boolean }) => <><SitingPanel /><SitingAnswer />{drawn && <Difference />}</>;

/** Under which conditions base line and scenario are looked at; the layers of the two maps and the report take the same. */
function Conditions() {
  const process = useProcess('scenario-evaluate').data;
  const inputs = useView((v) => v.scenario.inputs);
  const setScenario = useView((v) => v.setScenario);
  return process ? <OtherConditions inputs={formInputs(process)} values={inputs} onChange={(next) => setScenario({ inputs: next })} /> : null;
}

const noStations: Station[] = [];

/** The bases that stand, whatever is drawn up. */
export function useStanding(): Station[] {
  const { answer } = useAnswers((a) => a.base);
  return useMemo(() => (answer ? stationsIn(answer) : noStations), [answer]);
}

export function useRows(): { rows: BaseRow[]; stale: boolean } {
  const [base, option] = [useAnswers((a) => a.base), useAnswers((a) => a.option)];
  const weights = useView((v) => v.scenario.weights) ?? evenWeights;
  const changes = useChanges();
  const before = useMemo(() => base.answer && stationsIn(base.answer), [base.answer]);
  const after = useMemo(() => option.answer && stationsIn(option.answer), [option.answer]);
  const rows = useMemo(() => (before ? baseRows(before, after, changes ?? [], weights) : []), [before, after, changes, weights]);
  return { rows, stale: base.stale || option.stale };
}

function Bases() {
  const { say } = useWords();
  const { rows, stale } = useRows();
  const waiting = useAnswers((a) => a.base.answer === undefined && a.base.error === undefined);
  const merging = usePlanning((p) => p.merging);
  const { tool, hold } = useTools();
  const changes = useChanges();
  if (waiting) return <div className="skeleton" role="status" aria-label={say('state.loading')}><i /><i /><i /></div>;
  return (
    <>
      {merging && <p className="note" role="status">{say('plan.mergeTouch', { name: merging.name })} <Button look="link" onPress={() => usePlanning.getState().set({ merging: undefined })}>{say('action.cancel')}</Button></p>}
      <BaseTable rows={rows} stale={stale} />
      <div className="tool-row">
        <Button icon="pin" aria-pressed={tool === 'point'} isDisabled={!changes} onPress={() => (tool === 'point' ? hold(undefined) : openNew(say('plan.newBase')))}>{say('plan.open')}</Button>
        {tool === 'point' && <span className="note" role="status">{say('plan.openTouch')}</span>}
      </div>
    </>
  );
}

export function Trouble({ of }: { of: (keyof Answers)[] }) {
  const { say } = useWords();
  const answers = useAnswers();
  const errors = of.flatMap((name) => answers[name].error ?? []).map((e) => e.message || say('state.unreachable'));
  return [...new Set(errors)].map((text) => <p key={text} className="state bad" role="alert"><Icon name="warning" /> <span dir="auto">{text}</span></p>);
}
