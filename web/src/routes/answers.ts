// The answers of the workspace, for the panel, the charts and the map alike: asked in one place, each after its question.
import { useEffect, useMemo } from 'react';
import { create } from 'zustand';
import type { Outcome } from '../api/execution.ts';
import { useProcess } from '../api/queries.ts';
import { useLayer, useWorld } from '../app/world.ts';
import { asking, noAnswer, useAsked, type Answer } from '../live/asked.ts';
import { useInForce } from '../panels/inForce.ts';
import type { FormValues } from '../panels/inputs.ts';
import { useAnalyses } from '../state/analyses.ts';
import { asQuery } from '../state/selection.ts';
import type { RoadMode } from '../state/plan.ts';
import { useView } from '../state/view.ts';
import type { Process } from '../api/shapes.ts';
import { paretoQuestion, reachQuestion, routeQuestion } from './question.ts';
import { chosenOf, detailOf, waysOf, type Way } from './ways.ts';

export interface Answers {
  route: Answer;
  front: Answer;
  /** All that is told of the chosen way, where the alternatives do not tell it. */
  detail: Answer;
  along: Answer;
  reach: Answer;
}

const none: Answers = { route: noAnswer, front: noAnswer, detail: noAnswer, along: noAnswer, reach: noAnswer };

export const useAnswers = create<Answers>()(() => none);

export const forgetAnswers = () => useAnswers.setState(none);

const askRoute = asking('route');
const askFront = asking('pareto');
const askAlong = asking('corridor');
const askReach = asking('isochrone');

const noValues: FormValues = {};
const noProcess: Process = { id: '', title: '', description: '', inputs: {}, outputs: {} } as unknown as Process;

/** Whether the filters that are in force are known: what is asked before would be asked twice. */
function useForceKnown(): boolean {
  const { loading, layers } = useWorld();
  const incidents = layers.find((l) => l.collection.id === 'incidents');
  return !loading && layers.length > 0 && (incidents?.counts.data !== undefined || incidents?.counts.error != null || !incidents);
}

/** What a form of a process says, over the filters and the time in force. */
function useForm(id: string): { process?: Process; values: FormValues } {
  const known = useForceKnown();
  const asked = useProcess(id).data;
  const process = known ? asked : undefined;
  const values = useInForce(process ?? noProcess, useAnalyses((a) => a.values[id]) ?? noValues);
  return { process, values };
}

/** Asks while the workspace is open; drawn once, and shows nothing. */
export function Asking() {
  const { plan, time } = useView();
  const ways = useAsking(plan.mode);
  const way = useView((v) => v.way);
  const chosen = chosenOf(ways, way);
  useAlong(plan.mode === 'way' ? chosen : undefined);
  const { process, values } = useForm('isochrone');
  useAsked(useAnswers, 'reach', plan.mode === 'reach' && process ? reachQuestion(plan, time, process, values) : undefined, askReach);
  useEffect(() => forgetAnswers, []);
  return null;
}

function useAsking(mode: RoadMode): Way[] {
  const { plan, time, way } = useView();
  const { process, values } = useForm('route');
  const question = mode === 'way' && process ? routeQuestion(plan, time, process, values) : undefined;
  const route = useAsked(useAnswers, 'route', question, askRoute);
  const front = useAsked(useAnswers, 'front', question && paretoQuestion(question), askFront);
  const ways = useMemo(() => waysOf(route.answer, front.answer), [route.answer, front.answer]);
  const detail = detailOf(chosenOf(ways, way));
  // A way is told of only as long as it is one of those that the question has.
  useAsked(useAnswers, 'detail', question && detail && !route.stale && !front.stale ? { ...question, ...detail } : undefined, askRoute);
  return ways;
}

/** Incidents along the chosen way, by stretches. */
function useAlong(way: Way | undefined) {
  const chosen = useLayer('incidents')?.counts.data?.chosen;
  const stale = useAnswers((a) => a.route.stale || a.front.stale);
  const question = way && chosen && !stale ? { line: way.line, collections: ['incidents'], step_km: stretchOf(way.km), ...asQuery(chosen) } : undefined;
  useAsked(useAnswers, 'along', question, askAlong);
}

const fewest = 20;
const steps = [1, 2, 5, 10, 20, 50, 100, 200];
/** Stretches of a round length, some twenty to forty of them. */
export const stretchOf = (km: number): number => steps.findLast((s) => km / s >= fewest) ?? 1;

/** The ways, and the one that is chosen, as the page shows them now. */
export function useWays(): { ways: Way[]; chosen?: Way; stale: boolean } {
  const [route, front] = [useAnswers((a) => a.route), useAnswers((a) => a.front)];
  const id = useView((v) => v.way);
  const ways = useMemo(() => waysOf(route.answer, front.answer), [route.answer, front.answer]);
  return { ways, chosen: chosenOf(ways, id), stale: route.stale || front.stale };
}

/** The answer that tells all of the chosen way, as its first. */
export function useTold(): { outcome?: Outcome; stale: boolean } {
  const { chosen, stale } = useWays();
  const [route, detail] = [useAnswers((a) => a.route), useAnswers((a) => a.detail)];
  if (!detailOf(chosen)) return { outcome: route.answer, stale };
  return { outcome: detail.answer, stale: stale || detail.stale };
}
