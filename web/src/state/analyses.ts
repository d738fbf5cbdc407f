// The analyses of this screen: which one is open, what its form holds, its run, and what of its answer is on the map.
import { create } from 'zustand';
import { execute, type Outcome } from '../api/execution.ts';
import type { Process } from '../api/shapes.ts';
import type { Warning } from '../api/warning.ts';
import type { MessageId } from '../i18n/languages.ts';
import type { Drawn } from '../panels/resultShapes.ts';

export interface Run {
  state: 'running' | 'done' | 'failed' | 'dismissed';
  /** 0 to 100, of a job. */
  progress?: number;
  /** Which step it takes. */
  step?: Warning;
  /** Of a run that goes on as a job. */
  job?: string;
  outcome?: Outcome;
  error?: Error;
}

/** A part of an answer on the map, and the field whose number shades it. */
export type Shown = Record<string, { shade?: string }>;

/** An answer that stays as a layer, whatever is run after it. */
export interface Kept {
  key: number;
  /** As it was described then: it tells how the answer is read. */
  process: Process;
  title: string;
  outcome: Outcome;
  layers: Drawn[];
  visible: boolean;
}

interface AnalysesState {
  /** Absent: the list of all. */
  chosen?: string;
  /** The one that was open last: the map shows its answer. */
  last?: string;
  values: Record<string, Record<string, unknown>>;
  runs: Record<string, Run>;
  shown: Record<string, Shown>;
  /** Inputs that were not sent, since the page can tell that they are wrong. */
  refused: Record<string, Record<string, MessageId>>;
  refuse(id: string, problems: Record<string, MessageId>): void;
  choose(id: string | undefined): void;
  setValue(id: string, name: string, value: unknown): void;
  run(id: string, inputs: Record<string, unknown>): Promise<void>;
  cancel(id: string): void;
  /** Opens the result of an earlier run, in place of what its analysis shows. */
  reopen(id: string, outcome: Outcome): void;
  /** Opens an analysis with these inputs and none other, and runs it. */
  runAgain(id: string, inputs: Record<string, unknown>): Promise<void>;
  show(id: string, shown: Shown): void;
  /** The uppermost first. */
  kept: Kept[];
  /** The keys of those that outlast a reload of the page. */
  lasting: number[];
  keep(answer: Omit<Kept, 'key' | 'visible'>): void;
  look(key: number, visible: boolean): void;
  /** Up by one place. */
  raise(key: number): void;
  drop(key: number): void;
}

const raised = (kept: Kept[], at: number): Kept[] => (at < 1 ? kept : [...kept.slice(0, at - 1), ...kept.slice(at, at + 1), ...kept.slice(at - 1, at), ...kept.slice(at + 1)]);

const underWay = new Map<string, AbortController>();

export const useAnalyses = create<AnalysesState>()((set, get) => {
  const settle = (id: string, run: Run) => set((s) => ({ runs: { ...s.runs, [id]: run } }));
  return {
    values: {},
    runs: {},
    shown: {},
    refused: {},
    refuse: (id, problems) => set((s) => ({ refused: { ...s.refused, [id]: problems } })),
    choose: (chosen) => set(chosen === undefined ? { chosen } : { chosen, last: chosen }),
    setValue: (id, name, value) => set((s) => ({ values: { ...s.values, [id]: { ...s.values[id], [name]: value } } })),
    run: async (id, inputs) => {
      underWay.get(id)?.abort();
      const control = new AbortController();
      underWay.set(id, control);
      // The answer before stays in sight until the next is there.
      const before = get().runs[id]?.outcome;
      const tell = (run: Run) => underWay.get(id) === control && settle(id, run);
      tell({ state: 'running', outcome: before });
      try {
        const outcome = await execute(id, inputs, ({ jobID, progress, message_said: step }) => tell({ state: 'running', job: jobID, progress, step, outcome: before }), control.signal);
        tell({ state: 'done', outcome });
      } catch (e) {
        const dismissed = e instanceof DOMException && e.name === 'AbortError';
        tell(dismissed ? { state: 'dismissed', outcome: before } : { state: 'failed', error: e as Error, outcome: before });
      }
    },
    cancel: (id) => underWay.get(id)?.abort(),
    reopen: (id, outcome) => {
      // What runs goes on: it is in the list of runs.
      underWay.delete(id);
      settle(id, { state: 'done', outcome });
      set({ chosen: id, last: id });
    },
    runAgain: (id, inputs) => {
      // A filter or a time that the question did not have is not that of the page either.
      set((s) => ({ chosen: id, last: id, values: { ...s.values, [id]: { filter: '', datetime: '', ...inputs } } }));
      return get().run(id, inputs);
    },
    show: (id, shown) => set((s) => ({ shown: { ...s.shown, [id]: shown } })),
    kept: [],
    lasting: [],
    keep: (answer) => set((s) => ({ kept: [{ ...answer, key: 1 + Math.max(0, ...s.kept.map((k) => k.key)), visible: true }, ...s.kept] })),
    look: (key, visible) => set((s) => ({ kept: s.kept.map((k) => (k.key === key ? { ...k, visible } : k)) })),
    raise: (key) => set((s) => ({ kept: raised(s.kept, s.kept.findIndex((k) => k.key === key)) })),
    drop: (key) => set((s) => ({ kept: s.kept.filter((k) => k.key !== key) })),
  };
});

/** Nothing of a reader stays for the next. */
export function forgetAnalyses() {
  for (const control of underWay.values()) control.abort();
  underWay.clear();
  useAnalyses.setState({ chosen: undefined, last: undefined, values: {}, runs: {}, shown: {}, refused: {}, kept: [], lasting: [] });
}
