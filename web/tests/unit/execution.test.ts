// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { askJobs, askOutcome, dismissRun, execute } from '../../src/api/execution.ts';
import { useAnalyses } from '../../src/state/analyses.ts';

const json = (status: number, body: unknown, headers: Record<string, string> = {}) => new Response(JSON.stringify(body), { status, headers });
const started = () => json(201, {}, { Location: 'http://elsewhere.example/api/jobs/7' });
const running = { jobID: '7', status: 'running', progress: 10 };
const done = { jobID: '7', status: 'successful', progress: 100 };

/** Answers in turn, by method and path; a failure is a way that is broken. */
function serve(answer: (call: string) => Promise<Response>) {
  const calls: string[] = [];
  vi.stubGlobal('fetch', (path: string, { method = 'GET' }: RequestInit = {}) => {
    calls.push(`${method} ${path}`);
    return answer(`${method} ${path}`);
  });
  return calls;
}

afterEach(() => vi.unstubAllGlobals());

describe('a run', () => {
  it('goes on when the way to its job is broken for a moment', async () => {
    let asked = 0;
    serve(async (call) => {
      if (call.startsWith('POST')) return started();
      if (call.endsWith('/results')) return json(200, { result: { n: 1 } });
      asked += 1;
      if (asked === 1 || asked === 3) throw new TypeError('Failed to fetch');
      return json(200, asked === 2 ? running : done);
    });
    await expect(execute('p', {}, () => undefined, new AbortController().signal)).resolves.toMatchObject({ result: { result: { n: 1 } } });
    expect(asked).toBe(4);
  });
  it('fails when the way stays broken', async () => {
    serve(async (call) => {
      if (call.startsWith('POST')) return started();
      throw new TypeError('Failed to fetch');
    });
    await expect(execute('p', {}, () => undefined, new AbortController().signal)).rejects.toMatchObject({ status: 0 });
  });
  it('that is cancelled before it has a place is dismissed as soon as it has one', async () => {
    let begin: (r: Response) => void = () => undefined;
    const calls = serve((call) => (call.startsWith('POST') ? new Promise((go) => (begin = go)) : Promise.resolve(json(200, done))));
    const control = new AbortController();
    const run = execute('p', {}, () => undefined, control.signal);
    control.abort();
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    expect(calls).toHaveLength(1);
    begin(started());
    await vi.waitFor(() => expect(calls).toContain('DELETE /api/jobs/7'));
    expect(calls.filter((c) => c.startsWith('GET'))).toEqual([]);
  });
});

describe('earlier runs', () => {
  const job = { jobID: 'a/b', processID: 'indicator', status: 'successful', progress: 100, message: '', message_said: undefined, created: '2026-11-27T09:00:00Z' };
  const signal = new AbortController().signal;
  it('are asked for without those that were dismissed', async () => {
    const calls = serve(() => Promise.resolve(json(200, { jobs: [job, { ...job, jobID: '2', status: 'running', progress: 40 }], links: [] })));
    expect((await askJobs(signal)).map(({ jobID, status, progress }) => [jobID, status, progress])).toEqual([['a/b', 'successful', 100], ['2', 'running', 40]]);
    expect(calls[0]).toContain('status=accepted,running,successful,failed');
  });
  it('open again with their result, and stay open when a run that goes on is done', async () => {
    let finish: (answer: Response) => void = () => undefined;
    serve((call) => (call.startsWith('POST') ? new Promise((answer) => (finish = answer)) : Promise.resolve(json(200, { n: 1 }))));
    const running = useAnalyses.getState().run('indicator', {});
    useAnalyses.getState().reopen(job.processID, await askOutcome(job));
    finish(json(200, { n: 2 }));
    await running;
    expect(useAnalyses.getState().chosen).toBe('indicator');
    expect(useAnalyses.getState().runs.indicator).toMatchObject({ state: 'done', outcome: { result: { n: 1 } } });
  });
  it('say what was wrong', async () => {
    serve(() => Promise.resolve(json(404, { type: '', title: 'Not found', status: 404, detail: 'there is no job', code: 'not_found' })));
    await expect(askOutcome(job)).rejects.toThrow('there is no job');
    await expect(dismissRun(job)).rejects.toThrow('there is no job');
  });
  it('are dismissed by their own address', async () => {
    const calls = serve(() => Promise.resolve(json(200, { ...job, status: 'dismissed' })));
    await dismissRun(job);
    expect(calls).toEqual(['DELETE /api/jobs/a%2Fb']);
  });
});
