// What is open in the workspace on this screen; not worth keeping in a link.
import { create } from 'zustand';
import { noScenario, type Change, type Scenario } from '../state/scenario.ts';
import { useView } from '../state/view.ts';

interface PlanningState {
  /** The base whose row is open. */
  open?: number;
  /** The base that is merged into the one that is touched next. */
  merging?: { key: number; name: string };
  /** The number of the difference whose rows are open, and the row among them that is looked at. */
  measure?: string;
  row?: string;
  /** The class of the key of the two maps whose rows are open. */
  keyClass?: string;
  /** Which of the places are listed that gain or lose; absent: all. */
  shifts?: string;
  /** What the search takes the bases for that are touched next: those that stay, or those that may not be sites. */
  ruling?: 'keep' | 'close';
  set(patch: Partial<Omit<PlanningState, 'set'>>): void;
}

export const usePlanning = create<PlanningState>()((set) => ({ set: (patch) => set(patch) }));

/** The changes are others from here on; they are this page's until they are kept. */
export const setChanges = (changes: Change[]) => useView.getState().setScenario({ changes });

/** The weights, the conditions and what the maps show go on, whichever scenario is looked at. */
export const openScenario = (scenario: Scenario) =>
  useView.setState(({ scenario: { weights, compared, inputs, swipe, told } }) => ({ scenario: { ...noScenario, ...(weights && { weights }), ...(compared && { compared }), ...(inputs && { inputs }), ...(swipe !== undefined && { swipe }), ...(told && { told }), ...scenario } }));
