// What the report asks: the base line beside the scenarios that are chosen, of what the page shows.
import { useMemo } from 'react';
import { askReport, type Report } from '../api/reports.ts';
import type { Question } from '../api/execution.ts';
import { useLatest } from '../api/latest.ts';
import { useScenarioList, useScenarios } from '../api/scenarios.ts';
import { useWorld } from '../app/world.ts';
import { useDataEpoch } from '../live/store.ts';
import { useChanges, useForce } from '../planning/answers.ts';
import { forceQuestion } from '../planning/question.ts';
import { useScenarioTitle } from '../planning/title.ts';
import { upTo, type Change } from '../state/scenario.ts';
import { useView } from '../state/view.ts';

/** So many options stand beside the base line. */
export const mostOptions = 4;

/** What can stand beside the base line; the draft has the id draft. */
export interface Choice {
  id: string;
  title: string;
}

export const draft = '+';

/** The kept scenarios, that of the workspace first, with the day as of which it is looked at; and what is new in it. */
export function useChoices(): Choice[] {
  const { id, changes, day } = useView((v) => v.scenario);
  const title = useScenarioTitle();
  const { mission } = useWorld();
  const list = useScenarios().data;
  return useMemo(() => {
    const kept = (list ?? []).filter((s) => !s.mission || !mission || s.mission === mission || s.id === id).map((s) => ({ id: s.id, title: s.title }));
    const open: Choice[] = changes ? (changes.length ? [{ id: draft, title }] : []) : id ? [{ id: day ? `${id}@${day}` : id, title }] : [];
    return [...open, ...kept.filter((k) => !open.some((o) => o.id === k.id))];
  }, [list, mission, id, changes, day, title]);
}

export function useReportQuestion(chosen: Choice[]): Question | undefined {
  const force = useForce();
  const { day } = useView((v) => v.scenario);
  const changes = useChanges();
  if (!force || !chosen.length) return undefined;
  const own = chosen.find((c) => c.id === draft);
  if (own && !changes) return undefined;
  return { ...forceQuestion(force), scenarios: chosen.filter((c) => c.id !== draft).map((c) => c.id), ...(own && changes && { changes: upTo(changes, day), draft: own.title }) };
}

export function useReport(question: Question | undefined): { report?: Report; error?: Error } {
  const { answer, error, stale } = useLatest(question, askReport, useDataEpoch());
  return { report: stale ? undefined : answer, error };
}

/** The changes of each option, none of the base line; undefined until they are known. */
export function useChangesOf(chosen: Choice[]): Change[][] | undefined {
  const { day } = useView((v) => v.scenario);
  const own = useChanges();
  const kept = chosen.filter((c) => c.id !== draft).map((c) => c.id.split('@'));
  const documents = useScenarioList(kept.map(([id = '']) => id));
  const known = !documents.some((d) => !d.data);
  const of = documents.map((d, i) => upTo(d.data?.body.changes ?? [], kept[i]?.[1]));
  // Maps are drawn anew where the list is another one, so that the same changes are the same list.
  const text = known ? JSON.stringify([[], ...of, ...(chosen.some((c) => c.id === draft) ? [upTo(own ?? [], day)] : [])]) : undefined;
  return useMemo(() => (text === undefined ? undefined : (JSON.parse(text) as Change[][])), [text]);
}
