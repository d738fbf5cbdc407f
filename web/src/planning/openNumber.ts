// Leads from the map to the rows behind a number of the difference, or behind a class of the key of the two maps.
import type { Scenario } from '../state/scenario.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { usePlanning } from './store.ts';

/** What stands already is no step to take back. */
function tell(told: Scenario['told']) {
  const { scenario, setScenario } = useView.getState();
  if (scenario.told !== told) setScenario({ told });
  useUi.getState().set({ sheet: 'full' });
}

/** @param row the one that is looked at */
export function openNumber(measure: string, row?: string) {
  usePlanning.getState().set({ measure, row });
  tell(undefined);
}

export function openClass(keyClass: string | undefined, row?: string) {
  usePlanning.getState().set({ keyClass, row, shifts: undefined });
  tell('map');
}

/** The list of the places for which something changes. */
export const openShifts = (row: string) => openClass(undefined, row);
