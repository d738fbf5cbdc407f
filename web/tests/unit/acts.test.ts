// @vitest-environment happy-dom
// What the editor does against a small server that keeps one record: requests as they go out, and what the page does with each answer.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { queries } from '../../src/api/cache.ts';
import { askUndo, gone, readKey, remove, saveDraft, saveShape } from '../../src/edit/acts.ts';
import { decide, requestOf } from '../../src/edit/decide.ts';
import { firstChoices, differencesOf } from '../../src/edit/conflict.ts';
import { newDraft, withField } from '../../src/edit/draft.ts';
import { openDraft, setEditor, touchDraft, useEdit } from '../../src/edit/store.ts';
import { forgetNews, ownVersion, useLive } from '../../src/live/store.ts';
import { forgetSteps, useHistory } from '../../src/state/history.ts';
import { loadDrafts } from '../../src/state/drafts.ts';
import { useUi } from '../../src/state/ui.ts';
import { useView } from '../../src/state/view.ts';

interface Sent {
  method: string;
  path: string;
  headers: Headers;
  body: unknown;
}

const point = (lon: number, lat: number) => ({ type: 'Point' as const, coordinates: [lon, lat] });
const feature = (properties: object, geometry: unknown = point(1, 2)) => ({ type: 'Feature', id: 2, geometry, properties });
const told = { label: 'Saved: Gao', undone: 'Undone: Gao', kept: 'kept here' };

let sent: Sent[] = [];
let answers: (Response | Error)[] = [];

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => new Response(body === undefined ? null : JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });
const saved = (version: number, properties: object, geometry?: unknown) => answer(200, feature(properties, geometry), { ETag: `"${version}"`, 'Bivouac-Version': String(version) });
const problem = (status: number, more: object = {}) => answer(status, { title: 'Refused', status, detail: 'because', ...more });

beforeEach(() => {
  [sent, answers] = [[], []];
  localStorage.clear();
  setEditor('');
  setEditor('ann');
  forgetSteps();
  forgetNews();
  queries.clear();
  useView.setState({ selected: undefined });
  useUi.getState().set({ notice: undefined });
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    sent.push({ method: init.method ?? 'GET', path, headers: new Headers(init.headers), body: init.body ? JSON.parse(String(init.body)) : undefined });
    const next = answers.shift();
    if (!next) throw new Error(`nothing answers ${init.method ?? 'GET'} ${path}`);
    if (next instanceof Error) throw next;
    return next;
  });
  queries.setQueryData(readKey('bases', 2), { item: { key: 2, geometry: point(1, 2), properties: { name: 'Gao', beds: 20 } }, etag: '"7"' });
});
afterEach(() => vi.unstubAllGlobals());

const typed = (name: string, value: unknown) => touchDraft(withField(useEdit.getState().draft ?? newDraft('bases', { key: 2, base: { geometry: point(1, 2), properties: { name: 'Gao', beds: 20 } }, etag: '"7"' }), name, value));
function held<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('nothing is there');
  return value;
}

const settled = () => new Promise((done) => setTimeout(done));

describe('saving a form', () => {
  it('sends what is different, once, with the reading it began from and the reason', async () => {
    typed('beds', 24);
    touchDraft({ ...held(useEdit.getState().draft), reason: 'Comptés ✓' });
    answers = [saved(8, { name: 'Gao', beds: 24 })];
    await saveDraft(told);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ method: 'PATCH', path: '/api/collections/bases/items/2', body: { properties: { beds: 24 } } });
    expect(sent[0]?.headers.get('If-Match')).toBe('"7"');
    expect(decodeURIComponent(sent[0]?.headers.get('Bivouac-Reason') ?? '')).toBe('Comptés ✓');
    expect(useEdit.getState().draft).toBeUndefined();
    expect(loadDrafts('ann')).toEqual([]);
    expect(queries.getQueryData(readKey('bases', 2))).toMatchObject({ etag: '"8"' });
    expect(useLive.getState().epochs.bases).toBeGreaterThan(0);
    expect(useHistory.getState().past).toHaveLength(1);
  });

  it('adds a new record with its place and its filled fields', async () => {
    touchDraft(newDraft('bases', { geometry: point(3, 4), base: { geometry: null, properties: { mission: 'M' } }, properties: { name: 'New', hub: null } }));
    answers = [answer(201, { ...feature({ name: 'New' }), id: 99 }, { ETag: '"9"', 'Bivouac-Version': '9' })];
    await saveDraft(told);
    expect(sent[0]).toMatchObject({ method: 'POST', path: '/api/collections/bases/items', body: { type: 'Feature', geometry: point(3, 4), properties: { mission: 'M', name: 'New' } } });
    expect(sent[0]?.body).not.toHaveProperty('properties.hub');
    expect(useView.getState().selected).toEqual({ collection: 'bases', key: 99 });
  });

  it('puts a refusal at its field, and keeps the draft', async () => {
    typed('beds', -1);
    answers = [problem(400, { parameter: 'properties.beds' })];
    await saveDraft(told);
    expect(useEdit.getState()).toMatchObject({ saving: false, problem: { message: 'because', field: 'beds' } });
    expect(useEdit.getState().draft?.properties).toEqual({ beds: -1 });
    expect(useHistory.getState().past).toEqual([]);
  });

  it('keeps the draft when the line is broken', async () => {
    typed('beds', 24);
    answers = [new TypeError('failed to fetch')];
    await saveDraft(told);
    expect(useEdit.getState().problem?.message).toBe('kept here');
    expect(loadDrafts('ann')).toHaveLength(1);
  });
});

describe('a gesture on the map', () => {
  it('is one request, and leaves what is typed beside it', async () => {
    typed('beds', 24);
    answers = [saved(8, { name: 'Gao', beds: 20 }, point(5, 6))];
    await saveShape('bases', 2, point(5, 6), told);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.body).toEqual({ geometry: point(5, 6) });
    expect(useEdit.getState().draft).toMatchObject({ etag: '"8"', properties: { beds: 24 } });
    expect(useEdit.getState().draft?.geometry).toBeUndefined();
  });

  it('goes out after the one before, by the name of its answer', async () => {
    answers = [saved(8, {}, point(5, 6)), saved(9, {}, point(7, 8))];
    await Promise.all([saveShape('bases', 2, point(5, 6), told), saveShape('bases', 2, point(7, 8), told)]);
    expect(sent.map((s) => s.headers.get('If-Match'))).toEqual(['"7"', '"8"']);
  });

  it('is kept as a draft when the line is broken, and taken back when it is refused', async () => {
    answers = [new TypeError('failed to fetch')];
    await saveShape('bases', 2, point(5, 6), told);
    expect(useEdit.getState().draft?.geometry).toEqual(point(5, 6));
    openDraft(undefined);
    answers = [problem(400)];
    await saveShape('bases', 2, point(9, 9), told);
    expect(useEdit.getState()).toMatchObject({ draft: undefined, shape: undefined, problem: { message: 'because' } });
  });
});

describe('undo and redo of changes', () => {
  it('are asked of the server, each as a new change', async () => {
    typed('beds', 24);
    answers = [saved(8, {})];
    await saveDraft(told);
    answers = [answer(200, { version: 9, at: '', keys: [2] })];
    useHistory.getState().undo();
    await vi.waitFor(() => expect(useHistory.getState().future).toHaveLength(1));
    expect(sent.at(-1)).toMatchObject({ method: 'POST', path: '/api/changes/8/undo' });
    expect(useUi.getState().notice).toBe('Undone: Gao');
    answers = [answer(200, { version: 10, at: '', keys: [2] })];
    useHistory.getState().redo();
    await vi.waitFor(() => expect(useHistory.getState().past).toHaveLength(1));
    expect(sent.at(-1)).toMatchObject({ path: '/api/changes/9/undo' });
    expect(useUi.getState().notice).toBe('Saved: Gao');
  });

  it('pressed twice take two steps, in their order', async () => {
    for (const version of [8, 9]) {
      typed('beds', version);
      answers = [saved(version, {})];
      await saveDraft(told);
    }
    answers = [answer(200, { version: 10 }), answer(200, { version: 11 })];
    useHistory.getState().undo();
    useHistory.getState().undo();
    await vi.waitFor(() => expect(useHistory.getState().future).toHaveLength(2));
    expect(sent.slice(-2).map((s) => s.path)).toEqual(['/api/changes/9/undo', '/api/changes/8/undo']);
  });

  it('show both versions where others have built on it, and send what is chosen with all the rest as one change', async () => {
    answers = [
      answer(200, { version: 8, at: '', touched: [{ collection: 'bases', replaced: 1 }] }),
      problem(409, { clashes: [{ collection: 'bases', key: 2, yours: feature({ name: 'Gao', beds: 20 }), theirs: feature({ name: 'Gao', beds: 30 }) }] }),
      answer(200, { version: 8, at: '', records: [
        { collection: 'bases', key: 2, op: 'replace', before: feature({ name: 'Gao', beds: 20 }), after: feature({ name: 'Gao', beds: 24 }) },
        { collection: 'bases', key: 3, op: 'add', before: null, after: feature({ name: 'Ber' }) },
      ] }),
      saved(11, { name: 'Gao', beds: 30 }),
      saved(7, { name: 'Ber' }),
    ];
    await askUndo(8, told);
    const decision = held(useEdit.getState().decision);
    expect(decision.conflicts).toHaveLength(1);
    const conflict = held(decision.conflicts[0]);
    const differences = differencesOf(conflict.sides);
    expect(differences.map((d) => [d.field, d.mine, d.theirs, d.by])).toEqual([['beds', 20, 30, 'both']]);
    answers = [answer(200, { version: 12 })];
    await decide(decision, requestOf(conflict, firstChoices(differences), 'mine'));
    expect(sent.at(-1)).toMatchObject({ method: 'POST', path: '/api/changes' });
    expect((sent.at(-1)?.body as { changes: unknown[] }).changes).toEqual([
      { op: 'update', collection: 'bases', key: 2, ifMatch: '"11"', feature: { properties: { beds: 20 } } },
      { op: 'remove', collection: 'bases', key: 3, ifMatch: '"7"' },
    ]);
    expect(useEdit.getState().decision).toBeUndefined();
  });

  it('ask first where a whole file hangs on it', async () => {
    answers = [answer(200, { version: 4, at: '', touched: [{ collection: 'bases', added: 98 }] })];
    await askUndo(4, told);
    expect(sent).toHaveLength(1);
    expect(useEdit.getState().undoing).toMatchObject({ version: 4, records: 98, collections: ['bases'] });
  });
});

describe('a record that others have changed', () => {
  it('is read again, and both versions are laid out', async () => {
    typed('beds', 24);
    answers = [problem(412), saved(8, { name: 'Gao 2', beds: 20 })];
    await saveDraft(told);
    const [decision, draft] = [held(useEdit.getState().decision), useEdit.getState().draft];
    expect(decision).toMatchObject({ kind: 'save', conflicts: [{ key: 2, etag: '"8"', sides: { mine: { properties: { name: 'Gao', beds: 24 } }, theirs: { properties: { name: 'Gao 2', beds: 20 } } } }] });
    expect(draft, 'nothing is lost until it is decided').toBeDefined();
    answers = [problem(412), saved(9, { name: 'Gao 3', beds: 20 })];
    await decide(decision, requestOf(held(decision.conflicts[0]), { name: 'theirs', beds: 'mine' }, 'mine'));
    expect(useEdit.getState().decision?.conflicts[0]?.etag, 'changed once more meanwhile').toBe('"9"');
  });

  it('is not removed unseen', async () => {
    answers = [problem(412), saved(8, { name: 'Gao 2' })];
    await remove('bases', 2, 'Gao', 'closed', told);
    expect(sent[0]).toMatchObject({ method: 'DELETE' });
    expect(useEdit.getState().decision).toMatchObject({ kind: 'remove', reason: 'closed', conflicts: [{ title: 'Gao', sides: { mine: null } }] });
  });

  it('when it is gone, is neither selected nor open', async () => {
    useView.setState({ selected: { collection: 'bases', key: 2 } });
    typed('beds', 24);
    gone('bases', 2);
    await settled();
    expect(useView.getState().selected).toBeUndefined();
    expect(useEdit.getState().draft).toBeUndefined();
    expect(loadDrafts('ann')).toEqual([]);
  });
});

describe('drafts', () => {
  it('are each user’s own, survive a reload, and are put aside when another record is opened', () => {
    typed('beds', 24);
    expect(loadDrafts('ann')).toMatchObject([{ collection: 'bases', key: 2, etag: '"7"', properties: { beds: 24 } }]);
    expect(loadDrafts('bob')).toEqual([]);
    openDraft(undefined);
    expect(useEdit.getState().left).toHaveLength(1);
    setEditor('bob');
    expect(useEdit.getState().left).toEqual([]);
    setEditor('ann');
    expect(useEdit.getState().left).toMatchObject([{ key: 2 }]);
  });
  it('go when all is again as it was, and what cannot be read is left out', () => {
    typed('beds', 24);
    typed('beds', 20);
    expect(loadDrafts('ann')).toEqual([]);
    localStorage.setItem('bivouac.draft.ann/bases/7', '{"collection":');
    localStorage.setItem('bivouac.draft.ann/bases/8', '{"collection":"bases"}');
    expect(loadDrafts('ann')).toEqual([]);
  });
  it('tell a place that goes from one that stays', () => {
    touchDraft(newDraft('bases', { key: 2, base: { geometry: point(1, 2), properties: {} }, geometry: null }));
    expect(loadDrafts('ann')[0]?.geometry).toBeNull();
    typed('beds', 1);
  });
});

it('a version of one’s own is no news, whichever comes first', () => {
  const commit = (version: number) => ({ version, at: '', author: '', reason: '', undoes: undefined, touched: [{ collection: 'bases', document: undefined, added: 1, replaced: 0, removed: 0 }] });
  useLive.getState().heard(commit(50));
  expect(useLive.getState().waiting).toHaveLength(1);
  ownVersion(50);
  ownVersion(51);
  useLive.getState().heard(commit(51));
  expect(useLive.getState().waiting).toEqual([]);
});
