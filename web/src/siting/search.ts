// What is sought, as a question to the server: asked for by hand, for it may take its time.
import { useMemo } from 'react';
import { useProcess } from '../api/queries.ts';
import type { Question } from '../api/execution.ts';
import type { Process } from '../api/shapes.ts';
import { useInForce } from '../panels/inForce.ts';
import type { FormValues } from '../panels/inputs.ts';
import { useChanges, useForce } from '../planning/answers.ts';
import { useStanding } from '../planning/PlanPanel.tsx';
import { useAnalyses, type Run } from '../state/analyses.ts';
import type { Siting } from '../state/siting.ts';
import { useView } from '../state/view.ts';
import { conditionsOf, drawnPlaces, processOf, sitingQuestion } from './question.ts';
import { useFound } from './store.ts';

const noProcess: Process = { id: '', title: '', description: '', inputs: {}, outputs: {} } as unknown as Process;

const none: Question = {};

export interface Search {
  process?: Process;
  values: FormValues;
  /** Those of the workspace that are not as usual here, by their names here. */
  conditions: Question;
  /** Undefined until the filters in force are known, or while something is missing. */
  question?: Question;
  problem?: 'siting.needNumber' | 'siting.needAims' | 'siting.closesAll';
  /** Bases that are drawn and may be candidates. */
  drawn: number;
  run?: Run;
  /** The answer is that of another question. */
  stale: boolean;
}

export function useSearch(siting: Siting): Search {
  const id = processOf(siting.sought);
  const process = useProcess(id).data;
  const evaluation = useProcess('scenario-evaluate').data;
  const force = useForce();
  const conditions = useMemo(() => (process && evaluation && force ? conditionsOf(evaluation, process, force) : undefined), [process, evaluation, force]);
  const typed = useInForce(process ?? noProcess, siting.values);
  const values = { ...conditions, ...typed };
  const standing = useStanding().length;
  const { places } = useView((v) => v.drawn);
  const changes = useChanges();
  const run = useAnalyses((a) => a.runs[id]);
  const asked = useFound((f) => f.asked[id]);
  const drawn = useMemo(() => drawnPlaces(changes ?? [], places), [changes, places]);
  const made = process && force && conditions && standing > 0 ? sitingQuestion(siting, process, values, { force, standing, drawn, conditions }) : undefined;
  const question = made && 'question' in made ? made.question : undefined;
  return {
    process, values, conditions: conditions ?? none, drawn: drawn.length, run, question,
    problem: made && 'problem' in made ? made.problem : undefined,
    stale: run?.outcome !== undefined && (run.state !== 'done' || asked !== JSON.stringify(question)),
  };
}

export function search(id: string, question: Question) {
  useFound.getState().set({ asked: { ...useFound.getState().asked, [id]: JSON.stringify(question) }, point: undefined });
  void useAnalyses.getState().run(id, question);
}

