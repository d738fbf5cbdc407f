// What is being edited on this page now: the open draft, drafts left over, and what waits for a decision.
import type { Geometry } from 'geojson';
import { create } from 'zustand';
import type { ChangeRequest } from '../api/edit.ts';
import { dropDraft, loadDrafts, storeDraft } from '../state/drafts.ts';
import type { Told } from './acts.ts';
import type { Sides } from './conflict.ts';
import { draftId, isChanged, type Draft } from './draft.ts';

export interface Problem {
  message: string;
  /** The field that it stands under. */
  field?: string;
  /** The record was removed meanwhile. */
  gone?: boolean;
}

export interface Conflict {
  collection: string;
  key: number;
  /** '' where the record has no name. */
  title: string;
  sides: Sides;
  /** Names their version as it was read. */
  etag?: string;
}

/** Conflicts of one change, decided one after the other and then sent as one. */
export interface Decision {
  /** What is decided about. */
  kind: 'save' | 'remove' | 'undo';
  told: Told;
  reason: string;
  conflicts: Conflict[];
  /** What was decided so far; its length is the next conflict's number. */
  decided: (ChangeRequest | undefined)[];
  /** What goes along, undisputed. */
  along: ChangeRequest[];
}

export interface Removal {
  collection: string;
  key: number;
  title: string;
}

/** A change of more than one record, about to be undone. */
export interface Undoing {
  version: number;
  records: number;
  collections: string[];
  told: Told;
}

interface EditState {
  /** Whose drafts these are. */
  user: string;
  draft?: Draft;
  /** Of the same user, not open now. */
  left: Draft[];
  saving: boolean;
  problem?: Problem;
  decision?: Decision;
  removal?: Removal;
  undoing?: Undoing;
  /** The selected record's shape while it is dragged, and until the server has it. */
  shape?: Geometry;
  set(patch: Partial<Omit<EditState, 'set' | 'user'>>): void;
}

export const useEdit = create<EditState>()((set) => ({ user: '', left: [], saving: false, set: (patch) => set(patch) }));

const without = (drafts: Draft[], d: Draft | undefined) => (d ? drafts.filter((x) => draftId(x) !== draftId(d)) : drafts);

/** The page is somebody's now: his drafts are offered. */
export function setEditor(user: string) {
  if (useEdit.getState().user === user) return;
  useEdit.setState({ user, draft: undefined, left: loadDrafts(user), saving: false, problem: undefined, decision: undefined, removal: undefined, undoing: undefined, shape: undefined });
}

/** Puts the open draft aside, where it waits to be gone on with, and opens another or none. */
export function openDraft(next: Draft | undefined) {
  const { draft, left } = useEdit.getState();
  const kept = draft && isChanged(draft) ? [draft, ...without(left, draft)] : without(left, draft);
  useEdit.setState({ draft: next, left: without(kept, next), problem: undefined, shape: undefined });
}

/** What is typed is kept as it is typed. */
export function touchDraft(draft: Draft) {
  const touched = { ...draft, at: Date.now() };
  const { user } = useEdit.getState();
  if (isChanged(touched)) storeDraft(user, touched);
  else dropDraft(user, touched);
  useEdit.setState({ draft: touched });
}

/** It is saved, or given up. */
export function closeDraft(draft: Draft) {
  const { user, draft: open, left } = useEdit.getState();
  dropDraft(user, draft);
  useEdit.setState({ left: without(left, draft), ...(open && draftId(open) === draftId(draft) && { draft: undefined, problem: undefined, shape: undefined }) });
}
