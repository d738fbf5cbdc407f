// The answers of the workspace, for the panel, the difference and the map alike: asked in one place, each after its question.
import { useEffect, useMemo } from 'react';
import { create } from 'zustand';
import { execute } from '../api/execution.ts';
import { useProcess } from '../api/queries.ts';
import { useScenario } from '../api/scenarios.ts';
import { useLayer, useWorld } from '../app/world.ts';
import { asking, noAnswer, useAsked, type Answer, type Ask } from '../live/asked.ts';
import { questionOf } from '../panels/inputs.ts';
import type { Change } from '../state/scenario.ts';
import { useView } from '../state/view.ts';
import { layerQuestion, useComparesFootprints, type LayerQuestion } from './compared.ts';
import { compareQuestion, evaluateQuestion, forceQuestion, formInputs, scenarioText, type InForce } from './question.ts';

export interface Answers {
  /** What is. */
  base: Answer;
  /** What would be. */
  option: Answer;
  compare: Answer;
  /** The layer that the two maps show, of what is and of what would be. */
  layerBase: Answer;
  layerOption: Answer;
}

const none: Answers = { base: noAnswer, option: noAnswer, compare: noAnswer, layerBase: noAnswer, layerOption: noAnswer };

export const useAnswers = create<Answers>()(() => none);

const askFootprint = asking('scenario-evaluate');
const askCompare = asking('scenario-compare');
const askLayer: Ask = (question, signal) => {
  const { process, inputs, scenario } = question as unknown as LayerQuestion;
  return execute(process, inputs, () => undefined, signal, scenario);
};

/** The changes of the scenario that is drawn up; undefined while those that are kept are not known. */
export function useChanges(): Change[] | undefined {
  const { id, changes } = useView((v) => v.scenario);
  const kept = useScenario(changes ? undefined : id).data;
  return changes ?? (id ? kept?.body.changes : empty);
}
const empty: Change[] = [];

/** Undefined until the filters in force are known: what is asked before would be asked twice. */
export function useForce(): InForce | undefined {
  const { loading } = useWorld();
  const mission = useView((v) => v.mission);
  const bases = useLayer('bases')?.counts.data?.chosen;
  const [places, incidents] = [useLayer('places'), useLayer('incidents')];
  const conditions = useConditions();
  if (loading || !bases || !conditions || [places, incidents].some((l) => l && !l.counts.data)) return undefined;
  return { ...(mission && { mission }), bases, places: places?.counts.data?.chosen, incidents: incidents?.counts.data?.chosen, conditions };
}

const usual = {};

/** What is set in the folded form; undefined while the process is not known that says how it is sent. */
function useConditions(): InForce['conditions'] {
  const inputs = useView((v) => v.scenario.inputs);
  const process = useProcess('scenario-evaluate').data;
  return useMemo(() => (inputs ? process && questionOf(formInputs(process), inputs).question : usual), [inputs, process]);
}

/** How the scenario is asked for; undefined: it changes nothing, or is not known yet. */
export function useScenarioText(): string | undefined {
  const [scenario, mission] = [useView((v) => v.scenario), useView((v) => v.mission)];
  const changes = useChanges();
  return changes && scenarioText(scenario, changes, mission);
}

/** Asks while the workspace is open; drawn once, and shows nothing. */
export function FootprintAnswers() {
  const force = useForce();
  const text = useScenarioText();
  const layer = useComparesFootprints();
  const layerOf = (of: string | undefined) => force && text && layer ? layerQuestion(layer, force, of) : undefined;
  useAsked(useAnswers, 'base', force && forceQuestion(force), askFootprint);
  useAsked(useAnswers, 'option', force && text ? evaluateQuestion(force, text) : undefined, askFootprint);
  useAsked(useAnswers, 'compare', force && text ? compareQuestion(force, text) : undefined, askCompare);
  useAsked(useAnswers, 'layerBase', layerOf(undefined), askLayer);
  useAsked(useAnswers, 'layerOption', layerOf(text), askLayer);
  useEffect(() => () => useAnswers.setState(none), []);
  return null;
}
