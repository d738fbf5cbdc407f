// What is open in the workspace on this screen; not worth keeping in a link.
import { create } from 'zustand';
import type { Change } from '../state/scenario.ts';
import { useView } from '../state/view.ts';

interface PlanningState {
  /** The base whose row is open. */
  open?: number;
  /** The base that is merged into the one that is touched next. */
  merging?: { key: number; name: string };
  set(patch: Partial<Omit<PlanningState, 'set'>>): void;
}

export const usePlanning = create<PlanningState>()((set) => ({ set: (patch) => set(patch) }));

/** The changes are others from here on; they are this page's until they are kept. */
export const setChanges = (changes: Change[]) => useView.getState().setScenario({ changes });
