// Every analysis that the server offers: the list, and for the chosen one its form, its run and its answer. Nothing here knows any of them.
import { useRef } from 'react';
import { ApiError } from '../api/client.ts';
import { useProcess, useProcesses } from '../api/queries.ts';
import type { Process } from '../api/shapes.ts';
import { textIn, useHelp } from '../i18n/help.ts';
import { useWords } from '../i18n/words.ts';
import { useAnalyses, type Run } from '../state/analyses.ts';
import { useComparison } from '../state/comparison.ts';
import { useUi } from '../state/ui.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { ComparisonView } from './ComparisonView.tsx';
import { useInForce } from './inForce.ts';
import { questionOf, type FormValues } from './inputs.ts';
import { JobList } from './JobList.tsx';
import { KeptList } from './KeptList.tsx';
import { Progress } from './Progress.tsx';
import { ResultView } from './ResultView.tsx';
import { SchemaForm } from './SchemaForm.tsx';

export function AnalysesPanel() {
  const { say } = useWords();
  const set = useUi((u) => u.set);
  const { chosen, choose } = useAnalyses();
  const pair = useComparison((c) => c.pair);
  return (
    <>
      <div className="section-head">
        <h2 className="panel-title">{say('analyses.title')}</h2>
        <Button look="quiet" icon="print" onPress={() => set({ print: true, paper: 'brief', drawer: false })}>{say('brief.open')}</Button>
        <IconButton icon="close" label={say('action.close')} onPress={() => set({ panel: 'layers' })} />
      </div>
      {pair && <ComparisonView pair={pair} />}
      {!pair && chosen === undefined && <><ProcessList /><JobList /></>}
      {!pair && chosen !== undefined && <><Button look="link" autoFocus onPress={() => choose(undefined)}>{say('analyses.all')}</Button><Chosen key={chosen} id={chosen} /></>}
      <KeptList />
    </>
  );
}

const Skeleton = () => <div className="skeleton" role="status" aria-label={useWords().say('state.loading')}><i /><i /><i /></div>;

function Trouble({ error, retry }: { error: Error; retry(): void }) {
  const { say } = useWords();
  return <p className="state bad" role="alert">{error.message || say('state.unreachable')} <Button look="link" onPress={retry}>{say('state.tryAgain')}</Button></p>;
}

function ProcessList() {
  const asked = useProcesses();
  const choose = useAnalyses((a) => a.choose);
  const words = useWords();
  const help = useHelp();
  if (asked.error) return <Trouble error={asked.error} retry={() => void asked.refetch()} />;
  if (!asked.data) return <Skeleton />;
  return (
    <ul className="analysis-list">
      {asked.data.map(({ id, title, description }) => (
        <li key={id}><button type="button" onClick={() => choose(id)}><b>{words.process({ id, title })}</b><small dir="auto">{textIn(help, description)}</small></button></li>
      ))}
    </ul>
  );
}

function Chosen({ id }: { id: string }) {
  const asked = useProcess(id);
  if (asked.error) return <Trouble error={asked.error} retry={() => void asked.refetch()} />;
  return asked.data ? <Analysis process={asked.data} /> : <Skeleton />;
}

const noValues: FormValues = {};

function Analysis({ process }: { process: Process }) {
  const words = useWords();
  const help = useHelp();
  const { id } = process;
  const values = useInForce(process, useAnalyses((a) => a.values[id]) ?? noValues);
  const run = useAnalyses((a) => a.runs[id]);
  const setValue = useAnalyses((a) => a.setValue);
  const { form, start, problems } = useRunning(process, values, run);
  return (
    <section className="analysis" aria-label={words.process(process)} data-process={id}>
      <h3>{words.process(process)}</h3>
      <p className="note" dir="auto">{textIn(help, process.description)}</p>
      <form ref={form} onSubmit={(e) => { e.preventDefault(); start(); }} noValidate>
        <SchemaForm inputs={process.inputs} values={values} problems={problems} help onChange={(name, value) => setValue(id, name, value)} />
        <RunButtons id={id} run={run} />
      </form>
      <RunState process={process} run={run} />
      {run?.outcome && <ResultView process={process} outcome={run.outcome} stale={run.state !== 'done'} />}
    </section>
  );
}

/** The input that the server's refusal names, though it may name a member of it: "places[2]". */
const namedInput = (process: Process, error: Error | undefined): string | undefined => {
  const named = error instanceof ApiError ? (error.parameter ?? '').replace(/^inputs\./, '').split(/[.[]/)[0] : undefined;
  return named && named in process.inputs ? named : undefined;
};

/** Starts a run, or goes to the first input that is not right; what the server refuses is said at the input it names. */
function useRunning(process: Process, values: FormValues, run: Run | undefined) {
  const { say } = useWords();
  const form = useRef<HTMLFormElement>(null);
  const begin = useAnalyses((a) => a.run);
  const [tried, refuse] = useAnalysesRefusal(process.id);
  const refused = namedInput(process, run?.error);
  const problems = Object.fromEntries(Object.entries(tried).map(([name, id]) => [name, say(id)]));
  if (refused && run?.error) problems[refused] = run.error.message;
  const show = () => setTimeout(() => form.current?.querySelector<HTMLElement>('[data-problem] :is(input, textarea, button)')?.focus(), 30);
  const start = () => {
    const { question, problems: wrong } = questionOf(process.inputs, values);
    refuse(wrong);
    if (Object.keys(wrong).length) show();
    else void begin(process.id, question).then(() => useAnalyses.getState().runs[process.id]?.error && show());
  };
  return { form, start, problems };
}

const useAnalysesRefusal = (id: string) => {
  const refused = useAnalyses((a) => a.refused[id]);
  const refuse = useAnalyses((a) => a.refuse);
  return [refused ?? {}, (wrong: NonNullable<typeof refused>) => refuse(id, wrong)] as const;
};

function RunButtons({ id, run }: { id: string; run: Run | undefined }) {
  const { say } = useWords();
  const cancel = useAnalyses((a) => a.cancel);
  const running = run?.state === 'running';
  return (
    <div className="form-foot">
      <div className="tool-row">
        <Button look="primary" type="submit" isDisabled={running}>{say(run?.outcome ? 'analyses.again' : 'analyses.run')}</Button>
        {running && <Button onPress={() => cancel(id)}>{say('action.cancel')}</Button>}
      </div>
      {running && <Progress run={run} />}
    </div>
  );
}

function RunState({ process, run }: { process: Process; run: Run | undefined }) {
  const { say } = useWords();
  if (run?.state === 'dismissed') return <p className="state" role="status">{say('analyses.dismissed')}</p>;
  if (run?.state !== 'failed' || namedInput(process, run.error)) return null;
  return <p className="state bad" role="alert"><Icon name="warning" /> {run.error?.message || say('state.unreachable')}</p>;
}
