// Two answers of one analysis side by side: which two, the run of the other period, and the layer that is compared.
import { create } from 'zustand';
import { execute, type Outcome } from '../api/execution.ts';
import type { Process } from '../api/shapes.ts';
import { periodOf, type Question } from '../panels/question.ts';
import type { Run } from './analyses.ts';
import { useSwipe } from './swipe.ts';

export interface Pair {
  process: Process;
  /** The earlier period first. */
  sides: [Outcome, Outcome];
}

interface ComparisonState {
  /** Absent: nothing is compared. */
  pair?: Pair;
  /** A run that a comparison waits for, and the answer that it was asked from. */
  asking?: { of: Outcome; run: Run };
  /** The layer that is compared, and the field that shades it; absent: the first of both. */
  part?: string;
  shade?: string;
  open(process: Process, one: Outcome, other: Outcome): void;
  /** Asks the other question, and shows both answers; with two questions, both anew. */
  ask(process: Process, of: Outcome, other: Question, own?: Question): Promise<void>;
  cancel(): void;
  close(): void;
  set(patch: Partial<Pick<ComparisonState, 'part' | 'shade'>>): void;
}

/** The earlier one first; what states no period comes before what does, for it holds all. */
export function inOrder(process: Process, one: Outcome, other: Outcome): [Outcome, Outcome] {
  const start = (o: Outcome) => periodOf(process, o)?.from ?? '';
  return start(other) < start(one) ? [other, one] : [one, other];
}

const blank = { pair: undefined, asking: undefined, part: undefined, shade: undefined } as const;

let underWay: AbortController | undefined;

export const useComparison = create<ComparisonState>()((set, get) => ({
  ...blank,
  open: (process, one, other) => {
    const another = get().pair?.process.id !== process.id;
    if (another) useSwipe.getState().reset();
    set({ pair: { process, sides: inOrder(process, one, other) }, asking: undefined, ...(another && { part: undefined, shade: undefined }) });
  },
  ask: async (process, of, other, own) => {
    underWay?.abort();
    const control = new AbortController();
    underWay = control;
    const tell = (run: Run) => underWay === control && set({ asking: { of, run } });
    tell({ state: 'running' });
    const run = (question: Question) => execute(process.id, question, ({ progress, message_said: step }) => tell({ state: 'running', progress, step }), control.signal);
    try {
      const second = await run(other);
      const first = own ? await run(own) : of;
      if (underWay === control) get().open(process, first, second);
    } catch (e) {
      const dismissed = e instanceof DOMException && e.name === 'AbortError';
      tell(dismissed ? { state: 'dismissed' } : { state: 'failed', error: e as Error });
    }
  },
  cancel: () => underWay?.abort(),
  close: () => {
    useSwipe.getState().reset();
    set(blank);
  },
  set: (patch) => set(patch),
}));

/** Nothing of it outlasts its reader. */
export function forgetComparison() {
  underWay?.abort();
  underWay = undefined;
  useComparison.getState().close();
}
