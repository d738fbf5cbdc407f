// On the card of a road or a hazard, while the planner's workspace is open: what the scenario does to it.
import { usePanel } from '../app/openPanel.ts';
import { useWords } from '../i18n/words.ts';
import { actOn, withAct } from '../state/scenario.ts';
import { Button } from '../ui/Button.tsx';
import { useChanges } from './answers.ts';
import { setChanges } from './store.ts';

export function ScenarioActions({ collection, itemKey, title }: { collection: string; itemKey: number; title: string }) {
  const { say } = useWords();
  const open = usePanel() === 'plan';
  const changes = useChanges();
  if (!open || !changes || !['routes', 'roads', 'hazards'].includes(collection)) return null;
  const now = actOn(changes, itemKey, collection)?.act;
  const put = (act: Parameters<typeof withAct>[1]) => setChanges(withAct(changes, act, { key: itemKey, name: title }, collection));
  const button = (act: 'open_route' | 'close_route' | 'clear_hazard', label: string) => <Button aria-pressed={now === act} onPress={() => put(now === act ? undefined : act)}>{label}</Button>;
  if (collection === 'hazards') return button('clear_hazard', say('plan.clearHazard'));
  return <>{button('open_route', say('plan.openRoute'))}{button('close_route', say('plan.closeRoute'))}</>;
}
