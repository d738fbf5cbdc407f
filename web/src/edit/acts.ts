// What the editor does: each act is one request, is shown at once, and is one step of undo.
import type { Geometry } from 'geojson';
import { flushSync } from 'react-dom';
import { queries } from '../api/cache.ts';
import { askChange } from '../api/changes.ts';
import { ApiError } from '../api/client.ts';
import { addItem, patchItem, readItem, removeItem, undoVersion, type Read, type Saved } from '../api/edit.ts';
import { ownVersion, takeIn } from '../live/store.ts';
import { rememberChange, useHistory, type Change } from '../state/history.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { decideSave, decideUndo } from './decide.ts';
import { filledOf, isChanged, mineOf, newDraft, patchOf, rebased, withShape, type Draft } from './draft.ts';
import { closeDraft, openDraft, touchDraft, useEdit, type Problem } from './store.ts';

/** The words of what was done, made where the reader's language is known. */
export interface Told {
  /** "Saved: Gao" */
  label: string;
  /** "Undone: Gao" */
  undone: string;
  /** Said when the server could not be reached. */
  kept: string;
}

export const readKey = (collection: string, key: number) => ['edit', collection, key] as const;
const readNow = (collection: string, key: number) => queries.getQueryData<Read>(readKey(collection, key));

/** The record that a change added or removed, and whether it is there after the change. */
interface Fate {
  collection: string;
  key: number;
  there: boolean;
}

/** The change was made: it is shown, can be undone, and is no news to this page. */
export function made(version: number, collections: string[], told: Told, fate?: Fate) {
  ownVersion(version);
  takeIn(collections);
  rememberChange(changeOf(version, collections, told, fate));
  useUi.getState().tell(told.label, () => useHistory.getState().undo());
}

const changeOf = (version: number, collections: string[], told: Told, fate?: Fate): Change => ({ label: told.label, back: () => takeBack(version, collections, told, fate) });

async function takeBack(version: number, collections: string[], told: Told, fate?: Fate): Promise<Change | undefined> {
  try {
    const receipt = await undoVersion(version);
    ownVersion(receipt.version);
    // Before anything is read again: the record would be asked for in vain.
    if (fate?.there) gone(fate.collection, fate.key);
    takeIn(collections);
    useUi.getState().tell(told.undone);
    // Taken back once more, it is done again.
    return changeOf(receipt.version, collections, { ...told, label: told.undone, undone: told.label }, fate && { ...fate, there: !fate.there });
  } catch (e) {
    if (e instanceof ApiError && e.clashes.length) await decideUndo(version, e.clashes, told);
    else useUi.getState().tell(messageOf(e) || told.kept);
    return undefined;
  }
}

/** Takes back any change of the store, as a new change. One of many records is asked about first: a whole file may hang on it. */
export async function askUndo(version: number, told: Told): Promise<void> {
  try {
    const { touched } = await askChange(version);
    const records = touched.reduce((sum, t) => sum + t.added + t.replaced + t.removed, 0);
    const collections = touched.flatMap((t) => t.collection ?? []);
    if (records > 1) useEdit.getState().set({ undoing: { version, records, collections, told } });
    else await undoChange(version, collections, told);
  } catch (e) {
    useUi.getState().tell(messageOf(e) || told.kept);
  }
}

export async function undoChange(version: number, collections: string[], told: Told): Promise<void> {
  const change = await takeBack(version, collections, told);
  if (change) rememberChange(change);
}

const messageOf = (e: unknown): string => (e instanceof Error ? e.message : '');

/** "changes[0].feature.properties.killed" and "killed" both name the field killed. */
export const fieldOf = (parameter: string | undefined): string | undefined => parameter?.split('.').at(-1)?.replace(/\[\d+\]$/, '') || undefined;

export const problemOf = (e: unknown, kept: string): Problem => {
  if (!(e instanceof ApiError)) return { message: messageOf(e) };
  if (e.status === 0) return { message: kept };
  return { message: e.message, field: fieldOf(e.parameter), gone: e.status === 404 };
};

/** Somebody was first. */
const isConflict = (e: unknown): boolean => e instanceof ApiError && e.status === 412;

/** One write after the other: the second names the reading that the first has made. */
let queue: Promise<unknown> = Promise.resolve();
function inTurn<T>(act: () => Promise<T>): Promise<T> {
  const next = queue.then(act, act);
  queue = next.catch(() => undefined);
  return next;
}

/** Saves the open draft: all that is different, at once. */
export const saveDraft = (told: Told): Promise<void> => inTurn(async () => {
  const { draft, set, saving } = useEdit.getState();
  if (!draft || saving) return;
  set({ saving: true, problem: undefined });
  try {
    const saved = await send(draft);
    closeDraft(draft);
    keep(draft.collection, saved);
    useView.getState().select({ collection: draft.collection, key: saved.item.key });
    made(saved.version, [draft.collection], told, draft.key === undefined ? { collection: draft.collection, key: saved.item.key, there: true } : undefined);
  } catch (e) {
    if (isConflict(e)) await decideSave(draft, told);
    else set({ problem: problemOf(e, told.kept) });
  } finally {
    set({ saving: false });
  }
});

function send(draft: Draft): Promise<Saved> {
  const { collection, key, etag, reason } = draft;
  if (key !== undefined) return patchItem(collection, key, etag, patchOf(draft), reason);
  const { geometry, properties } = mineOf(draft);
  return addItem(collection, { geometry, properties: filledOf(properties) }, reason);
}

/** What the server answered is what the form goes on from. */
const keep = (collection: string, { item, etag }: Read) => queries.setQueryData<Read>(readKey(collection, item.key), { item, etag });

/** A record's shape after one gesture on the map. What is typed beside it stays in the draft. */
export const saveShape = (collection: string, key: number, geometry: Geometry, told: Told): Promise<void> => inTurn(async () => {
  const { draft, set } = useEdit.getState();
  const open = draft?.collection === collection && draft.key === key ? draft : undefined;
  const read = readNow(collection, key);
  if (!read) return set({ shape: undefined });
  const from = open ?? newDraft(collection, { key, base: read.item, etag: read.etag });
  set({ saving: true, problem: undefined });
  try {
    const saved = await patchItem(collection, key, from.etag, { geometry }, from.reason);
    keep(collection, saved);
    const { geometry: _done, ...rest } = from;
    const after = rebased(rest, saved.item, saved.etag);
    if (open && isChanged(after)) touchDraft(after);
    else if (open) closeDraft(open);
    made(saved.version, [collection], told);
  } catch (e) {
    const mine = withShape(from, geometry);
    if (isConflict(e)) await decideSave(mine, told);
    else {
      // Without an answer the gesture is kept; a refused one is taken back.
      if (e instanceof ApiError && e.status === 0) touchDraft(mine);
      set({ problem: problemOf(e, told.kept) });
    }
  } finally {
    set({ saving: false, shape: undefined });
  }
});

/** Removes a record that was read; where it has changed since, both versions are shown first. */
export const remove = (collection: string, key: number, title: string, reason: string, told: Told): Promise<void> => inTurn(async () => {
  const { set } = useEdit.getState();
  const read = readNow(collection, key) ?? (await readItem(collection, key));
  set({ saving: true, problem: undefined });
  try {
    const version = await removeItem(collection, key, read.etag, reason);
    gone(collection, key);
    made(version, [collection], told, { collection, key, there: false });
  } catch (e) {
    if (isConflict(e)) await decideSave(newDraft(collection, { key, base: read.item, etag: read.etag, reason }), told, 'remove', title);
    else set({ problem: problemOf(e, told.kept) });
  } finally {
    set({ saving: false });
  }
});

/** The record is not there any more: no card, no draft of it. */
export function gone(collection: string, key: number) {
  const { draft } = useEdit.getState();
  if (draft?.collection === collection && draft.key === key) closeDraft(draft);
  queries.removeQueries({ queryKey: readKey(collection, key) });
  const { selected, select } = useView.getState();
  // At once: what stands on the screen would be read again with the rest of the collection.
  if (selected?.collection === collection && selected.key === key) flushSync(() => select(undefined));
}

/** The same work as a new record: where the old one was removed meanwhile. */
export function asNew(draft: Draft) {
  closeDraft(draft);
  const { geometry, properties } = mineOf(draft);
  useView.getState().select(undefined);
  openDraft(undefined);
  touchDraft(newDraft(draft.collection, { geometry, properties, reason: draft.reason }));
}
