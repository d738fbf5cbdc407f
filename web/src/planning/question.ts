// From the scenario that is drawn up to what the processes are asked.
import type { Question } from '../api/execution.ts';
import type { Process } from '../api/shapes.ts';
import type { Selection } from '../state/selection.ts';
import type { Change, Scenario } from '../state/scenario.ts';

/** What of bases, places and incidents is looked at, as the page shows it. */
export interface InForce {
  mission?: string;
  bases: Selection;
  places?: Selection;
  incidents?: Selection;
  /** Under which further conditions it is looked at. */
  conditions?: Question;
}

/** Inputs that the workspace itself fills in; all others of the evaluation stand in its folded form. */
const ours = new Set(['scenario', 'changes', 'date', 'mission', 'bases', 'priorities', 'incidents', 'datetime']);

export const formInputs = (process: Process): Process['inputs'] => Object.fromEntries(Object.entries(process.inputs).filter(([name]) => !ours.has(name) && !name.startsWith('weight_')));

/** Factors are weighed on the page: no weight is asked for, so that moving one asks nothing. */
export const forceQuestion = ({ mission, bases, places, incidents, conditions }: InForce): Question => ({
  ...conditions,
  ...(mission && { mission }),
  ...(bases.filter && { bases: bases.filter }),
  ...(places?.filter && { priorities: places.filter }),
  ...(incidents?.filter && { incidents: incidents.filter }),
  ...(incidents?.datetime && { datetime: incidents.datetime }),
});

/** How a scenario is asked for: as it is kept by its name, else as it would be kept; as of a day where one is looked at. Undefined: it changes nothing.
 * @param mission of which what it adds is; '' leaves that to all */
export function scenarioText({ id, changes, day }: Scenario, all: Change[], mission = ''): string | undefined {
  const draft = all.length ? JSON.stringify({ ...(mission && { mission }), body: { changes: all } }) : undefined;
  const what = id && !changes ? id : draft;
  return what && day ? `${what}@${day}` : what;
}

export const evaluateQuestion = (force: InForce, scenario: string): Question => ({ ...forceQuestion(force), scenario });

export const compareQuestion = (force: InForce, scenario: string): Question => ({ ...forceQuestion(force), scenarios: [scenario] });
