// The answers of the workspace, for the panel, the difference and the map alike: asked in one place, each after its question.
import { useEffect } from 'react';
import { create } from 'zustand';
import { useScenario } from '../api/scenarios.ts';
import { useLayer, useWorld } from '../app/world.ts';
import { asking, noAnswer, useAsked, type Answer } from '../live/asked.ts';
import type { Change } from '../state/scenario.ts';
import { useView } from '../state/view.ts';
import { compareQuestion, evaluateQuestion, forceQuestion, type InForce } from './question.ts';

export interface Answers {
  /** What is. */
  base: Answer;
  /** What would be. */
  option: Answer;
  compare: Answer;
}

const none: Answers = { base: noAnswer, option: noAnswer, compare: noAnswer };

export const useAnswers = create<Answers>()(() => none);

const askFootprint = asking('scenario-evaluate');
const askCompare = asking('scenario-compare');

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
  if (loading || !bases || [places, incidents].some((l) => l && !l.counts.data)) return undefined;
  return { ...(mission && { mission }), bases, places: places?.counts.data?.chosen, incidents: incidents?.counts.data?.chosen };
}

/** Asks while the workspace is open; drawn once, and shows nothing. */
export function FootprintAnswers() {
  const scenario = useView((v) => v.scenario);
  const changes = useChanges();
  const force = useForce();
  const compared = force && changes && compareQuestion(force, scenario, changes);
  useAsked(useAnswers, 'base', force && forceQuestion(force), askFootprint);
  useAsked(useAnswers, 'option', compared && changes && evaluateQuestion(force, scenario, changes), askFootprint);
  useAsked(useAnswers, 'compare', compared, askCompare);
  useEffect(() => () => useAnswers.setState(none), []);
  return null;
}
