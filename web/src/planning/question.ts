// From the scenario that is drawn up to what the processes are asked.
import type { Question } from '../api/execution.ts';
import type { Selection } from '../state/selection.ts';
import type { Change, Scenario } from '../state/scenario.ts';

/** What of bases, places and incidents is looked at, as the page shows it. */
export interface InForce {
  mission?: string;
  bases: Selection;
  places?: Selection;
  incidents?: Selection;
}

/** Factors are weighed on the page: no weight is asked for, so that moving one asks nothing. */
export const forceQuestion = ({ mission, bases, places, incidents }: InForce): Question => ({
  ...(mission && { mission }),
  ...(bases.filter && { bases: bases.filter }),
  ...(places?.filter && { priorities: places.filter }),
  ...(incidents?.filter && { incidents: incidents.filter }),
  ...(incidents?.datetime && { datetime: incidents.datetime }),
});

/** How a scenario is asked for: as it is kept by its name, else by its changes; as of a day where one is looked at. Undefined: it changes nothing. */
export function scenarioText({ id, changes, day }: Scenario, all: Change[]): string | undefined {
  const what = id && !changes ? id : all.length ? JSON.stringify(all) : undefined;
  return what && day ? `${what}@${day}` : what;
}

export const evaluateQuestion = (force: InForce, scenario: string): Question => ({ ...forceQuestion(force), scenario });

export const compareQuestion = (force: InForce, scenario: string): Question => ({ ...forceQuestion(force), scenarios: [scenario] });
