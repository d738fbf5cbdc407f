// What the scenario that is drawn up is called.
import { useScenario } from '../api/scenarios.ts';
import { useWords } from '../i18n/words.ts';
import { useView } from '../state/view.ts';

export function useScenarioTitle(): string {
  const { say, day } = useWords();
  const { id, title, day: until } = useView((v) => v.scenario);
  const kept = useScenario(id).data;
  const name = title ?? kept?.title ?? id ?? say('plan.draft');
  return until ? `${name}, ${day(until)}` : name;
}
