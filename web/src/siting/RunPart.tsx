// The search: begun, followed while it goes on, stopped with the best that it has, or called off.
import { stopRun } from '../api/execution.ts';
import { useWords } from '../i18n/words.ts';
import { Progress } from '../panels/Progress.tsx';
import { useAnalyses } from '../state/analyses.ts';
import type { Siting } from '../state/siting.ts';
import { useUi } from '../state/ui.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { processOf } from './question.ts';
import { search, type Search } from './search.ts';

export function RunPart({ siting, found: { question, run } }: { siting: Siting; found: Search }) {
  const { say } = useWords();
  const cancel = useAnalyses((a) => a.cancel);
  const tell = useUi((u) => u.tell);
  const id = processOf(siting.sought);
  const running = run?.state === 'running';
  const stop = (job: string) => stopRun(job).catch((e: Error) => tell(e.message || say('state.unreachable')));
  return (
    <div className="siting-run">
      <div className="tool-row">
        <Button look="primary" isDisabled={running || !question} onPress={() => question && search(id, question)}>{say('siting.find')}</Button>
        {running && run.job && <Button onPress={() => void stop(run.job ?? '')}>{say('siting.stop')}</Button>}
        {running && <Button onPress={() => cancel(id)}>{say('action.cancel')}</Button>}
      </div>
      {running && <Progress run={run} />}
      {run?.state === 'dismissed' && <p className="state" role="status">{say('analyses.dismissed')}</p>}
      {run?.state === 'failed' && <p className="state bad" role="alert" data-testid="siting-trouble"><Icon name="warning" /> <span dir="auto">{run.error?.message || say('state.unreachable')}</span></p>}
    </div>
  );
}
