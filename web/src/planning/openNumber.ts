// Leads from the map to the rows behind a number of the difference, or behind a class of the key of the two maps.
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { usePlanning } from './store.ts';

/** @param row the one that is looked at */
export function openNumber(measure: string, row?: string) {
  useView.getState().setScenario({ told: undefined });
  usePlanning.getState().set({ measure, row });
  useUi.getState().set({ sheet: 'full' });
}

/** The list of the places for which something changes. */
export const openShifts = (row: string) => openClass(undefined, row);

export function openClass(keyClass: string | undefined, row?: string) {
  useView.getState().setScenario({ told: 'map' });
  usePlanning.getState().set({ keyClass, row, shifts: undefined });
  useUi.getState().set({ sheet: 'full' });
}
