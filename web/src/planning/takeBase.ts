// A base was touched, in the table or on the map: its row opens, or another is merged into it.
import { merged, type BaseRef } from '../state/scenario.ts';
import { ruled, ruleOf } from '../state/siting.ts';
import { useView } from '../state/view.ts';
import { currentChanges } from './current.ts';
import { setChanges, usePlanning } from './store.ts';

/** One that is planned or closed is in no table: its card says so, and opens it. */
export const takesBase = ({ status }: Record<string, unknown>): boolean => usePlanning.getState().merging !== undefined || (status !== 'planned' && status !== 'closed');

export function takeBase({ key }: BaseRef) {
  const { open, merging, ruling, set } = usePlanning.getState();
  const { siting, seek } = useView.getState();
  if (ruling && siting) return seek(ruled(siting, key, ruleOf(siting, key) === ruling ? undefined : ruling));
  if (!merging) return set({ open: open === key ? undefined : key });
  const changes = currentChanges();
  if (changes && merging.key !== key) setChanges(merged(changes, merging, key));
  set({ merging: undefined, open: merging.key });
}
