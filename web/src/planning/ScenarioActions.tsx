// On the card of a road, a hazard or a base that is not open, while the planner's workspace is open: what the scenario does to it.
import { usePanel } from '../app/openPanel.ts';
import { useWords } from '../i18n/words.ts';
import { actOn, openingOf, reopened, withAct, withoutChange, type BaseRef, type Change } from '../state/scenario.ts';
import { useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { useChanges } from './answers.ts';
import { setChanges, usePlanning } from './store.ts';

interface Props {
  collection: string;
  itemKey: number;
  title: string;
  /** Of a base: open, planned, closed. */
  status: unknown;
}

export function ScenarioActions({ collection, itemKey, title, status }: Props) {
  const { say } = useWords();
  const open = usePanel() === 'plan';
  const changes = useChanges();
  if (!open || !changes) return null;
  if (collection === 'bases' && (status === 'planned' || status === 'closed')) return <Reopen base={{ key: itemKey, name: title }} changes={changes} />;
  if (!['routes', 'roads', 'hazards'].includes(collection)) return null;
  const now = actOn(changes, itemKey, collection)?.act;
  const put = (act: Parameters<typeof withAct>[1]) => setChanges(withAct(changes, act, { key: itemKey, name: title }, collection));
  const button = (act: 'open_route' | 'close_route' | 'clear_hazard', label: string) => <Button aria-pressed={now === act} onPress={() => put(now === act ? undefined : act)}>{label}</Button>;
  if (collection === 'hazards') return button('clear_hazard', say('plan.clearHazard'));
  return <>{button('open_route', say('plan.openRoute'))}{button('close_route', say('plan.closeRoute'))}</>;
}

function Reopen({ base, changes }: { base: BaseRef; changes: Change[] }) {
  const { say } = useWords();
  const at = openingOf(changes, base.key);
  const press = () => {
    setChanges(at === undefined ? reopened(changes, base) : withoutChange(changes, at));
    if (at !== undefined) return;
    useView.getState().select(undefined);
    usePlanning.getState().set({ open: base.key });
  };
  return <Button aria-pressed={at !== undefined} onPress={press}>{say('plan.reopen')}</Button>;
}
