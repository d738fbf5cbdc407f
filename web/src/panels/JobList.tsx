// Earlier runs of the reader's own, the newest first: how far each is, its result opened again, and the way to be rid of it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/client.ts';
import { askJobs, askOutcome, dismissRun, type Job } from '../api/execution.ts';
import { useProcesses } from '../api/queries.ts';
import { useWords } from '../i18n/words.ts';
import { useAnalyses } from '../state/analyses.ts';
import { Button } from '../ui/Button.tsx';
import { Progress } from './Progress.tsx';

/** How often a list is asked for again while something in it runs. */
const beat = 1000;
const over = ({ status }: Job) => status === 'successful' || status === 'failed';

export function JobList() {
  const { say } = useWords();
  const asked = useQuery({
    queryKey: ['jobs'],
    queryFn: ({ signal }) => askJobs(signal),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.every(over) ?? true ? false : beat),
  });
  if (asked.error) return <p className="state bad" role="alert">{asked.error.message || say('state.unreachable')} <Button look="link" onPress={() => void asked.refetch()}>{say('state.tryAgain')}</Button></p>;
  if (!asked.data?.length) return null;
  return (
    <section className="jobs" aria-labelledby="jobs-title">
      <h3 id="jobs-title">{say('analyses.earlier')}</h3>
      <ol data-testid="jobs">{asked.data.map((job) => <Entry key={job.jobID} job={job} />)}</ol>
    </section>
  );
}

function Entry({ job }: { job: Job }) {
  const words = useWords();
  const { say } = words;
  const processes = useProcesses();
  const { open, remove } = useJobActs(job);
  const name = words.process({ id: job.processID, title: processes.data?.find((p) => p.id === job.processID)?.title ?? '' });
  const at = words.moment(Date.parse(job.created));
  const failed = open.error ?? remove.error;
  return (
    <li data-job={job.jobID} data-status={job.status}>
      <p><b><bdi>{name}</bdi></b> <small><bdi>{at}</bdi> · <bdi>{say(`job.${job.status}` as 'job.running')}</bdi></small></p>
      {job.status === 'running' && <Progress run={{ state: 'running', progress: job.progress, step: job.message_said }} />}
      <div className="tool-row">
        {job.status === 'successful' && <Button look="link" aria-label={say('analyses.openOf', { name, at })} isPending={open.isPending} onPress={() => open.mutate()}>{say('analyses.open')}</Button>}
        {job.status === 'failed' && !open.error && <Button look="link" aria-label={say('analyses.whyOf', { name, at })} isPending={open.isPending} onPress={() => open.mutate()}>{say('analyses.why')}</Button>}
        <Button look="link" aria-label={say(over(job) ? 'analyses.removeOf' : 'analyses.cancelOf', { name, at })} isPending={remove.isPending} onPress={() => remove.mutate()}>{say(over(job) ? 'analyses.remove' : 'action.cancel')}</Button>
      </div>
      {failed && <p className="state bad" role="alert" dir="auto">{failed.message || say('state.unreachable')}</p>}
    </li>
  );
}

function useJobActs(job: Job) {
  const client = useQueryClient();
  const reopen = useAnalyses((a) => a.reopen);
  const open = useMutation({ mutationFn: () => askOutcome(job), onSuccess: (outcome) => reopen(job.processID, outcome) });
  const remove = useMutation({
    mutationFn: () => dismissRun(job).catch((e: unknown) => {
      // Somebody was quicker, here or in another window: it is gone all the same.
      if (!(e instanceof ApiError && (e.status === 404 || e.status === 410))) throw e;
    }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  });
  return { open, remove };
}
