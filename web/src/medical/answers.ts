// What the panel, the map and the print show of the chain of care: asked in one place, each after its question.
import { useEffect } from 'react';
import { create } from 'zustand';
import { execute, type Question } from '../api/execution.ts';
import { useProcess } from '../api/queries.ts';
import { useLayer, useWorld } from '../app/world.ts';
import { noAnswer, useAsked, type Answer, type Ask } from '../live/asked.ts';
import { useScenarioText } from '../planning/answers.ts';
import { useView } from '../state/view.ts';
import { chainQuestion, conditions, surfaceQuestion, type Counted } from './question.ts';

interface CareAnswers {
  /** From where the casualty lies. */
  chain: Answer;
  /** Of the whole area and of all bases. */
  surface: Answer;
}

const none: CareAnswers = { chain: noAnswer, surface: noAnswer };

export const useCareAnswers = create<CareAnswers>()(() => none);

/** A question, and the scenario in which it is asked. */
interface Supposed {
  inputs: Question;
  scenario?: string;
}

const asking = (id: string): Ask => (question, signal) => {
  const { inputs, scenario } = question as unknown as Supposed;
  return execute(id, inputs, () => undefined, signal, scenario);
};
const askChain = asking('casevac-chain');
const askSurface = asking('casevac-surface');

/** The scenario that is asked; undefined: what is. */
export function useAskedScenario(): string | undefined {
  const asIs = useView((v) => v.medical.asIs);
  const scenario = useScenarioText();
  return asIs ? undefined : scenario;
}

/** Places and incidents as the page shows them; undefined while they are not known. */
function useCounted(): Counted[] | undefined {
  const layers = [useLayer('places'), useLayer('incidents')].filter((l) => l !== undefined);
  const all = layers.flatMap(({ collection, counts }) => (counts.data ? [{ collection: collection.id, selection: counts.data.chosen }] : []));
  return all.length === layers.length ? all : undefined;
}

/** Asks while the panel is open; drawn once, and shows nothing. */
export function CareQuestions() {
  const { mission, loading } = useWorld();
  const medical = useView((v) => v.medical);
  const chain = useProcess('casevac-chain').data;
  const surface = useProcess('casevac-surface').data;
  const scenario = useAskedScenario();
  const counted = useCounted();
  const supposed = (inputs: Question | undefined): Question | undefined => inputs && { inputs, ...(scenario && { scenario }) };
  useAsked(useCareAnswers, 'chain', chain && !loading ? supposed(chainQuestion(conditions(chain, medical, mission), medical)) : undefined, askChain);
  useAsked(useCareAnswers, 'surface', surface && !loading && counted ? supposed(surfaceQuestion(conditions(surface, medical, mission), counted)) : undefined, askSurface);
  useEffect(() => () => useCareAnswers.setState(none), []);
  return null;
}
