// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { execute } from '../../src/api/execution.ts';

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
