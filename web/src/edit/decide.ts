// What happens when others were first: both versions are read and laid before the editor, and what he chooses is one new change.
import { ApiError, type Clash } from '../api/client.ts';
import { askChange, type ChangedRecord } from '../api/changes.ts';
import { changeMany, readItem, type ChangeRequest, type Read } from '../api/edit.ts';
import type { Version } from '../api/shapes.ts';
import { nameOf } from '../map/layers/layer.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { made, type Told } from './acts.ts';
import { differencesOf, resolutionOf, type Side } from './conflict.ts';
import { mineOf, type Draft } from './draft.ts';
import { closeDraft, useEdit, type Conflict, type Decision } from './store.ts';

/** The record as it stands; undefined where it is gone. */
const theirs = (collection: string, key: number): Promise<Read | undefined> =>
  readItem(collection, key).catch((e: unknown) => {
    if (e instanceof ApiError && e.status === 404) return undefined;
    throw e;
  });

const sideOf = (read: Read | undefined): Version | null => (read ? { geometry: read.item.geometry, properties: read.item.properties } : null);

const titleOf = (...versions: (Version | null | undefined)[]): string => versions.map((v) => (v ? nameOf(v.properties) : '')).find(Boolean) ?? '';

/** Somebody has changed the record since it was read. */
export async function decideSave(draft: Draft, told: Told, kind: 'save' | 'remove' = 'save', title = ''): Promise<void> {
  const { collection, key, base, reason } = draft;
  if (key === undefined) return;
  const now = await theirs(collection, key);
  const sides = { base, mine: kind === 'remove' ? null : mineOf(draft), theirs: sideOf(now) };
  const conflict = { collection, key, title: title || titleOf(sides.mine, sides.theirs, base), sides, etag: now?.etag };
  useEdit.getState().set({ decision: { kind, told, reason, conflicts: [conflict], decided: [], along: [] } });
}

const feature = (v: Version) => ({ type: 'Feature' as const, geometry: v.geometry, properties: v.properties });

/** The opposite of what a change did to one record that nobody has touched since. */
function opposite({ collection, key, before, after }: ChangedRecord, etag: string | undefined): ChangeRequest | undefined {
  if (!before) return { op: 'remove', collection, key, ifMatch: etag };
  if (!after) return { op: 'add', collection, feature: feature(before) };
  return { op: 'update', collection, key, ifMatch: etag, feature: { geometry: before.geometry, properties: before.properties } };
}

/** Others have built on a change that is to be undone: they are asked about one by one, the rest goes along. */
export async function decideUndo(version: number, clashes: Clash[], told: Told): Promise<void> {
  const detail = await askChange(version);
  const disputed = (r: { collection: string; key: number }) => clashes.some((c) => c.collection === r.collection && c.key === r.key);
  const conflicts = await Promise.all(clashes.map(async ({ collection, key, yours, theirs: stands }): Promise<Conflict> => {
    const now = stands && (await theirs(collection, key));
    const base = detail.records.find((r) => r.collection === collection && r.key === key)?.after;
    return { collection, key, title: titleOf(yours, stands), sides: { base, mine: yours, theirs: stands }, etag: now?.etag };
  }));
  const along = await Promise.all(detail.records.filter((r) => !disputed(r)).map(async (r) => opposite(r, (await theirs(r.collection, r.key))?.etag)));
  useEdit.getState().set({ decision: { kind: 'undo', told, reason: '', conflicts, decided: [], along: along.flatMap((r) => r ?? []) } });
}

/** What one decision asks of the server; undefined where theirs stands as it is. */
export function requestOf({ collection, key, sides, etag }: Conflict, choices: Record<string, Side>, whole: Side): ChangeRequest | undefined {
  const { mine, theirs: stands } = sides;
  if (mine && stands) {
    const patch = resolutionOf(differencesOf(sides), choices);
    return Object.keys(patch).length ? { op: 'update', collection, key, ifMatch: etag, feature: patch } : undefined;
  }
  if (whole === 'theirs') return undefined;
  if (mine) return { op: 'add', collection, feature: feature(mine) };
  return stands ? { op: 'remove', collection, key, ifMatch: etag } : undefined;
}

/** Takes one decision; after the last all of them go to the server as one change. */
export async function decide(decision: Decision, request: ChangeRequest | undefined): Promise<void> {
  const next = { ...decision, decided: [...decision.decided, request] };
  const { set } = useEdit.getState();
  if (next.decided.length < next.conflicts.length) return set({ decision: next });
  const requests = [...next.decided.flatMap((r) => r ?? []), ...next.along];
  if (!requests.length) return finish(decision);
  set({ saving: true });
  try {
    const { version } = await changeMany(requests, decision.reason);
    finish(decision);
    made(version, [...new Set(requests.map((r) => r.collection))], decision.told);
    for (const r of requests) if (r.op === 'remove') forget(r.collection, r.key);
  } catch (e) {
    if (e instanceof ApiError && e.status === 412) await again(decision);
    else useUi.getState().tell(e instanceof ApiError && e.status === 0 ? decision.told.kept : e instanceof Error ? e.message : decision.told.kept);
  } finally {
    set({ saving: false });
  }
}

function forget(collection: string, key: number) {
  const { selected, select } = useView.getState();
  if (selected?.collection === collection && selected.key === key) select(undefined);
}

/** Decided: the draft that led here is done with. */
function finish({ kind, conflicts: [first] }: Decision) {
  const { draft, set } = useEdit.getState();
  set({ decision: undefined });
  if (kind !== 'undo' && draft && first && draft.collection === first.collection && draft.key === first.key) closeDraft(draft);
}

/** They were changed yet again while this was being decided: the newest versions are laid out anew. */
async function again(decision: Decision): Promise<void> {
  const conflicts = await Promise.all(decision.conflicts.map(async (c): Promise<Conflict> => {
    const now = await theirs(c.collection, c.key);
    return { ...c, sides: { ...c.sides, theirs: sideOf(now) }, etag: now?.etag };
  }));
  useEdit.getState().set({ decision: { ...decision, conflicts, decided: [] } });
}
