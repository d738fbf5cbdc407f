// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { importOf, rowPage, type Found, type Import } from '../../src/api/imports.ts';
import { profileOf } from '../../src/importing/profile.ts';
import { useImports } from '../../src/importing/store.ts';
import { begunBefore, passing, pause, pieceBytes, sendFile } from '../../src/importing/upload.ts';
import { ApiError } from '../../src/api/client.ts';

const golden = (name: string) => (JSON.parse(readFileSync(`../api/testdata/${name}.json`, 'utf8')) as { response: { body: unknown } }).response.body;

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  useImports.setState({ uploads: {}, chosen: undefined });
});

describe('answers kept by the server’s own tests', () => {
  it('an import tells what was found and what it would do', () => {
    const i = importOf(golden('import'), '');
    expect(i.found?.columns.map((c) => c.name)).toContain('pop');
    expect(i.found?.mapping).toMatchObject({ population: 'pop' });
    expect(i.counts).toEqual({ added: 1, changed: 1, same: 1, deleted: 1, refused: 1 });
    expect(i.report?.warnings_said).toMatchObject([{ code: 'file-unknown-codes', values: { field: 'kind' } }]);
  });
  it('one that was only begun has nothing found', () => expect(importOf(golden('import-begun'), '')).toMatchObject({ state: 'receiving', found: undefined, counts: undefined }));
  it.each(['added', 'changed', 'deleted', 'refused'] as const)('rows that are %s', (kind) => {
    const page = rowPage(golden(`import-${kind}`), '');
    expect(page.rows.map((r) => r.kind)).toEqual([kind]);
    if (kind === 'changed') expect(page.rows[0]?.fields).toEqual([{ name: 'population', before: 25, after: 27488 }]);
    if (kind === 'refused') expect(page.rows[0]).toMatchObject({ reason: expect.stringMatching(/row 4/) as unknown, field: 'pop (population)', reason_said: { code: 'row-no-number', values: { value: 'x' } } });
  });
});

/** A server that keeps what comes, breaks now and then, and takes only half of some pieces. */
function server(size: number, breaks: (nth: number) => 'no' | 'before' | 'half') {
  let received = 0;
  let nth = 0;
  const begun: string[] = [];
  const one = () => ({ ...(golden('import-begun') as object), id: 'i-1', name: 'x.csv', size, received, state: 'receiving' });
  const headers = () => ({ 'Upload-Offset': String(received), 'Upload-Length': String(size) });
  const answer = async (url: string, method: string, body: Blob | undefined, offset: string | null): Promise<Response> => {
    if (method === 'POST') {
      begun.push(url);
      return new Response(JSON.stringify(one()), { status: 201 });
    }
    if (!url.endsWith('/file')) return new Response(JSON.stringify({ imports: begun.length ? [one()] : [] }), { status: 200 });
    if (method === 'GET') return new Response(null, { status: 204, headers: headers() });
    const how = breaks(++nth);
    if (how === 'before') throw new TypeError('Failed to fetch');
    if (Number(offset) !== received) return new Response(JSON.stringify({ title: 'Conflict', status: 409 }), { status: 409 });
    const bytes = body?.size ?? 0;
    received += how === 'half' ? Math.floor(bytes / 2) : bytes;
    if (how === 'half') throw new TypeError('Failed to fetch');
    return new Response(null, { status: 204, headers: headers() });
  };
  vi.stubGlobal('fetch', async (input: string | Request, init: RequestInit = {}) => {
    const request = typeof input === 'string' ? undefined : input;
    const url = request ? new URL(request.url, 'http://x').pathname : String(input);
    return answer(url, request?.method ?? init.method ?? 'GET', init.body as Blob | undefined, new Headers(init.headers).get('Upload-Offset'));
  });
  return { begun, received: () => received };
}

describe('sending', () => {
  it('goes on behind a line that breaks, from the last byte that came', async () => {
    vi.useFakeTimers();
    const size = 5 * pieceBytes + 7;
    const kept = server(size, (n) => (n === 2 ? 'half' : n === 4 || n === 5 ? 'before' : 'no'));
    await expect(sendFile(new File([new Uint8Array(size)], 'x.csv'))).resolves.toBe('i-1');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(kept.received()).toBe(size);
    expect(useImports.getState().uploads).toEqual({});
  });
  it('tells that the line is broken while it is', async () => {
    vi.useFakeTimers();
    server(10, () => 'before');
    await sendFile(new File([new Uint8Array(10)], 'x.csv'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(useImports.getState().uploads['i-1']).toMatchObject({ sent: 0, size: 10, broken: true });
  });
  it('waits longer each time, and half a minute at most', () => expect([1, 2, 3, 20].map(pause)).toEqual([1000, 2000, 4000, 30_000]));
  it.each([
    [0, true], [409, true], [429, true], [503, true], [400, false], [403, false], [413, false],
  ])('status %i may pass: %s', (status, may) => expect(passing(new ApiError(status, ''))).toBe(may));
  it('a file that was begun before goes on, another of its name does not', () => {
    const list = [{ id: 'a', state: 'receiving', name: 'x.csv', size: 9 }, { id: 'b', state: 'staged', name: 'x.csv', size: 10 }] as Import[];
    expect(begunBefore(list, { name: 'x.csv', size: 9 })?.id).toBe('a');
    expect(begunBefore(list, { name: 'x.csv', size: 10 })).toBeUndefined();
  });
});

it('a reading is kept as a profile by all columns of the file', () => {
  const found = importOf(golden('import'), '').found as Found;
  expect(profileOf('Places of the desk', { ...found, columns: [...found.columns, { name: 'lat', type: 'number', samples: [], fields: [], place: 'latitude', dropped_said: undefined }] }, { id_from: [] })).toEqual({
    title: 'Places of the desk', collection: 'places', all: ['source_id', 'pop', 'lon', 'lat'], longitude: 'lon', latitude: 'lat',
    fields: { name: { from: ['name'] }, population: { from: ['pop'] }, source_id: { from: ['source_id'] } },
  });
});
