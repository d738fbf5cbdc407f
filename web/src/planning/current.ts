// The changes as they stand now, for what is done outside of a drawing: by a touch of the map, or at the end of a gesture.
import { queries } from '../api/cache.ts';
import type { KeptScenario } from '../api/scenarios.ts';
import type { Change } from '../state/scenario.ts';
import { useView } from '../state/view.ts';

export function currentChanges(): Change[] | undefined {
  const { id, changes } = useView.getState().scenario;
  if (changes || !id) return changes ?? [];
  return queries.getQueryData<KeptScenario>(['scenarios', id])?.body.changes;
}
