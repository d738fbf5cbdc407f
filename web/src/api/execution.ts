// Runs a process: the server answers at once, or with a job that is asked again until it is done.
import { past } from '../state/past.ts';
import { answered, asked, follow, marked, type Answer } from './client.ts';
import { number, object, or, record, text } from './decode.ts';
import { envelope, type Envelope } from './envelope.ts';

export interface Outcome {
  result: Record<string, unknown>;
  /** Absent where the process states none. */
  envelope?: Envelope;
  marking?: string;
}

export const job = object({ jobID: or(text, ''), processID: or(text, ''), status: text, progress: or(number, 0), message: or(text, ''), created: or(text, '') });
export type Job = ReturnType<typeof job>;

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

/** @param tell is told how far a job has come */
export async function execute(id: string, inputs: Record<string, unknown>, tell: (job: Job) => void, signal: AbortSignal): Promise<Outcome> {
  const query = new URLSearchParams(past()).toString();
  const headers = { Accept: 'application/json', 'Content-Type': 'application/json', Prefer: 'respond-async' };
  const first = await answered(asked(fetch(`/api/processes/${encodeURIComponent(id)}/execution${query && `?${query}`}`, { method: 'POST', headers, body: JSON.stringify({ inputs }), signal })));
  const place = first.response.status === 201 ? first.response.headers.get('Location') : null;
  if (!place) return read(first);
  const { pathname } = new URL(place, location.href);
  for (let tries = 0; ; tries++) {
    if (signal.aborted) {
      await dismissJob(pathname);
      throw new DOMException('dismissed', 'AbortError');
    }
    const now = await follow(pathname, job);
    tell(now);
    if (now.status === 'dismissed') throw new DOMException('dismissed', 'AbortError');
    if (now.status === 'successful' || now.status === 'failed') return jobOutcome(pathname, now);
    await pause(tries);
  }
}

/** The results of a job; of a failed one, what was wrong is thrown. */
export async function jobOutcome(pathname: string, { status, message }: Job, signal?: AbortSignal): Promise<Outcome> {
  const results = await answered(asked(fetch(`${pathname}/results`, { headers: { Accept: 'application/json' }, signal })));
  if (status === 'failed') throw new Error(message);
  return read(results);
}

export const dismissJob = (pathname: string) => answered(asked(fetch(pathname, { method: 'DELETE' })));
