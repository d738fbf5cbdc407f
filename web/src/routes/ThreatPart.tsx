// Where on the roads incidents concentrate: sections by their rate, each with how sure that is. It runs the analysis as the page's
// filters and time have it, and again when they change.
import { useEffect } from 'react';
import { useProcess } from '../api/queries.ts';
import type { Process } from '../api/shapes.ts';
import { textIn, useHelp } from '../i18n/help.ts';
import { useWords } from '../i18n/words.ts';
import { useDataEpoch } from '../live/store.ts';
import { Progress } from '../panels/Progress.tsx';
import { ResultView } from '../panels/ResultView.tsx';
import { useInForce } from '../panels/inForce.ts';
import { questionOf } from '../panels/inputs.ts';
import { useAnalyses } from '../state/analyses.ts';
import { Icon } from '../ui/Icon.tsx';
import { Further } from './Further.tsx';
import { isRelative } from './threat.ts';

export function ThreatPart() {
  const process = useProcess('route-threat').data;
  return process ? <Threat process={process} /> : null;
}

const noValues = {};

function Threat({ process }: { process: Process }) {
  const { say } = useWords();
  const help = useHelp();
  const { id } = process;
  const values = useInForce(process, useAnalyses((a) => a.values[id]) ?? noValues);
  const run = useAnalyses((a) => a.runs[id]);
  const question = JSON.stringify(questionOf(process.inputs, values).question);
  const epoch = useDataEpoch();
  useEffect(() => {
    const { runs, run: begin } = useAnalyses.getState();
    useAnalyses.setState({ last: id });
    const timer = setTimeout(() => runs[id]?.state !== 'running' && void begin(id, JSON.parse(question) as Record<string, unknown>), 200);
    return () => clearTimeout(timer);
  }, [id, question, epoch]);
  return (
    <>
      <p className="note" dir="auto">{textIn(help, process.description)}</p>
      <Further process={process} />
      {run?.state === 'running' && <Progress run={run} />}
      {run?.state === 'failed' && <p className="state bad" role="alert"><Icon name="warning" /> {run.error?.message || say('state.unreachable')}</p>}
      {run?.outcome && isRelative(run.outcome) && <p className="notice" data-testid="relative">{say('routes.relativeNote')}</p>}
      {run?.outcome && <ResultView process={process} outcome={run.outcome} stale={run.state !== 'done'} />}
    </>
  );
}
