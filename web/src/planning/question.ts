// From the scenario that is drawn up to what the processes are asked.
import type { Question } from '../api/execution.ts';
import type { Selection } from '../state/selection.ts';
import { upTo, type Change, type Scenario } from '../state/scenario.ts';

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

/** As it is kept a scenario is asked for by its name; what is new in it goes along as changes. */
export function evaluateQuestion(force: InForce, { id, changes, day }: Scenario, all: Change[]): Question {
  if (id && !changes) return { ...forceQuestion(force), scenario: named(id, day) };
  return { ...forceQuestion(force), changes: upTo(all, day) };
}

export function compareQuestion(force: InForce, { id, changes, day }: Scenario, all: Change[]): Question | undefined {
  if (id && !changes) return { ...forceQuestion(force), scenarios: [named(id, day)] };
  const until = upTo(all, day);
  return until.length ? { ...forceQuestion(force), scenarios: [], changes: until } : undefined;
}

/** How a scenario is asked for: as it is kept by its name, else by its changes; as of a day where one is looked at. Undefined: it changes nothing. */
export function scenarioText({ id, changes, day }: Scenario, all: Change[]): string | undefined {
  const what = id && !changes ? id : all.length ? JSON.stringify(all) : undefined;
  return what && day ? `${what}@${day}` : what;
}

const named = (id: string, day: string | undefined) => (day ? `${id}@${day}` : id);
