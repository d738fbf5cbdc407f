// What the scenario that is drawn up is called.
import { useScenario } from '../api/scenarios.ts';
import { useWords } from '../i18n/words.ts';
import { useView } from '../state/view.ts';

export function useScenarioName(): string {
  const { say } = useWords();
  const { id, title } = useView((v) => v.scenario);
  const kept = useScenario(id).data;
  return title ?? kept?.title ?? id ?? say('plan.draft');
}

/** With the day as of which it is looked at. */
export function useScenarioTitle(): string {
  const { day } = useWords();
  const name = useScenarioName();
  const until = useView((v) => v.scenario.day);
  return until ? `${name}, ${day(until)}` : name;
}
