// What a workspace asks while it is open: each answer after its question, and anew when the data is another.
import { useEffect } from 'react';
import type { StoreApi } from 'zustand';
import { execute, type Outcome, type Question } from '../api/execution.ts';
import { useLatest, type Told } from '../api/latest.ts';
import { useDataEpoch } from './store.ts';

export type Answer = Told<Question, Outcome> & { stale: boolean };
export type Ask = (question: Question, signal: AbortSignal) => Promise<Outcome>;

export const noAnswer: Answer = { stale: false };

export const asking = (id: string): Ask => (question, signal) => execute(id, question, () => undefined, signal);

/** Puts the answer into the store, where all that shows it reads it. */
export function useAsked<S>(store: Pick<StoreApi<S>, 'setState'>, name: { [K in keyof S]: S[K] extends Answer ? K : never }[keyof S], question: Question | undefined, ask: Ask): Answer {
  const { answer, of, error, stale } = useLatest(question, ask, useDataEpoch());
  useEffect(() => store.setState({ [name]: { answer, of, error, stale } } as unknown as Partial<S>), [store, name, answer, of, error, stale]);
  return { answer, of, error, stale };
}
