// Runs a process: the server answers at once, or with a job that is asked again until it is done.
import { past } from '../state/past.ts';
import { ApiError, answered, asked, follow, marked, type Answer } from './client.ts';
import { list, number, object, optional, or, record, text } from './decode.ts';
import { envelope, type Envelope } from './envelope.ts';
import { warning } from './warning.ts';

/** The inputs of a process. */
export type Question = Record<string, unknown>;

export interface Outcome {
  result: Record<string, unknown>;
  /** Absent where the process states none. */
  envelope?: Envelope;
  marking?: string;
}

export const job = object({ jobID: or(text, ''), processID: or(text, ''), status: text, progress: or(number, 0), message: or(text, ''), message_said: optional(warning), created: or(text, '') });
export type Job = ReturnType<typeof job>;
const jobs = object({ jobs: list(job) });

/** Where an outcome is: in the answer itself, or under the name of an output. */
export function outcomeOf(body: unknown): Outcome {
  const whole = record(body, '');
  const [only] = Object.values(whole);
  const from = 'envelope' in whole || typeof only !== 'object' || only === null || !('envelope' in only) ? whole : record(only, '');
  if (!('envelope' in from)) return { result: from };
  const { result, envelope: said } = object({ result: record, envelope })(from, '');
  return { result, envelope: said };
}

const read = ({ data, response }: Answer): Outcome => marked(outcomeOf(data), response.headers.get('Bivouac-Classification'));

/** First soon, for most are quick; then ever slower, up to a second. */
const waits = [120, 200, 300, 500, 800];
const pause = (tries: number) => new Promise((go) => setTimeout(go, waits[tries] ?? 1000));

const dismissal = () => new DOMException('dismissed', 'AbortError');

/** Where a job is to be asked for; absent: the answer is there at once. */
function placeOf({ response }: Answer): string | undefined {
  const place = response.status === 201 ? response.headers.get('Location') : null;
  return place === null ? undefined : new URL(place, location.href).pathname;
}

/** @param tell is told how far a job has come
 * @param scenario in which it is asked; absent: in what is */
export async function execute(id: string, inputs: Question, tell: (job: Job) => void, signal: AbortSignal, scenario?: string): Promise<Outcome> {
  const query = new URLSearchParams({ ...past(), ...(scenario && { scenario }) }).toString();
  const headers = { Accept: 'application/json', 'Content-Type': 'application/json', Prefer: 'respond-async' };
  // Not ended by the signal: only its answer tells which job is to be dismissed.
  const starting = answered(asked(fetch(`/api/processes/${encodeURIComponent(id)}/execution${query && `?${query}`}`, { method: 'POST', headers, body: JSON.stringify({ inputs }) })));
  const cancelled = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(dismissal()), { once: true }));
  const asks = new AbortController();
  const run = starting.then((first) => {
    const place = placeOf(first);
    return place && !asks.signal.aborted ? watch(place, tell, asks.signal) : read(first);
  });
  try {
    return await Promise.race([run, cancelled]);
  } catch (e) {
    asks.abort();
    if (signal.aborted) void starting.then(dismissLate).catch(() => undefined);
    throw e;
  }
}

/** Runs a process while its asker waits: for an answer that is larger than a server keeps of a job. */
export async function executeNow(id: string, inputs: Question, signal: AbortSignal): Promise<Outcome> {
  const query = new URLSearchParams(past()).toString();
  const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
  return read(await answered(asked(fetch(`/api/processes/${encodeURIComponent(id)}/execution${query && `?${query}`}`, { method: 'POST', headers, body: JSON.stringify({ inputs }), signal }))));
}

async function dismissLate(first: Answer) {
  const place = placeOf(first);
  if (place) await dismissJob(place);
}

async function watch(place: string, tell: (job: Job) => void, signal: AbortSignal): Promise<Outcome> {
  for (let tries = 0; ; tries++) {
    const now = await patient(() => follow(place, job, signal));
    tell(now);
    if (now.status === 'dismissed') throw dismissal();
    if (now.status === 'successful' || now.status === 'failed') return patient(() => jobOutcome(place, now, signal));
    await pause(tries);
  }
}

const passing = new Set([0, 502, 503, 504]);
const mostTries = 5;

/** A job goes on while the way to it is broken for a moment. */
async function patient<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (e) {
      if (tries >= mostTries || !(e instanceof ApiError && passing.has(e.status))) throw e;
      await pause(tries);
    }
  }
}

/** The results of a job; of a failed one, what was wrong is thrown. */
async function jobOutcome(pathname: string, { status, message }: Job, signal: AbortSignal): Promise<Outcome> {
  const results = await answered(asked(fetch(`${pathname}/results`, { headers: { Accept: 'application/json' }, signal })));
  if (status === 'failed') throw new Error(message);
  return read(results);
}

const placeOfJob = ({ jobID }: Pick<Job, 'jobID'>) => `/api/jobs/${encodeURIComponent(jobID)}`;

/** The most runs that are listed. */
const mostJobs = 50;

/** The reader's runs, the newest first, without those that were dismissed. */
export async function askJobs(signal: AbortSignal): Promise<Job[]> {
  const { jobs: all } = await follow(`/api/jobs?limit=${mostJobs}&status=accepted,running,successful,failed`, jobs, signal);
  return all;
}

export const askOutcome = (of: Job): Promise<Outcome> => jobOutcome(placeOfJob(of), of, new AbortController().signal);

export const dismissRun = (of: Job) => dismissJob(placeOfJob(of));

/** Asks a run for the best that it has so far: it ends soon, with that. */
export const stopRun = (jobID: string) => answered(asked(fetch(`${placeOfJob({ jobID })}/stop`, { method: 'POST' })));

const dismissJob = (pathname: string) => answered(asked(fetch(pathname, { method: 'DELETE' })));
