// Undo and redo: of what is drawn, picked and filtered by, which is this page's alone, and of changes to records, which the server takes back.
// One gesture is one step, however many small moves it was made of.
import { create } from 'zustand';
import type { Drawn } from './drawn.ts';
import type { Filters } from './filters.ts';
import type { Medical } from './medical.ts';
import type { Plan } from './plan.ts';
import type { Scenario } from './scenario.ts';
import type { Siting } from './siting.ts';
import type { Space } from './space.ts';
import type { Pick } from './url.ts';
import { useView } from './view.ts';

interface Sketch {
  filters: Filters;
  space?: Space;
  footprint: Pick;
  drawn: Drawn;
  plan: Plan;
  scenario: Scenario;
  medical: Medical;
  siting?: Siting;
}

/** A change that the server holds. */
export interface Change {
  /** What was done, for people. */
  label: string;
  /** Takes it back, and answers with the change that brings it again; undefined where it was not taken back. */
  back(): Promise<Change | undefined>;
}

type Step = { sketch: Sketch } | { change: Change };

interface HistoryState {
  past: Step[];
  future: Step[];
  /** The server is being asked. */
  busy: boolean;
  undo(): void;
  redo(): void;
}

const most = 100;

/** What the sketch was when the gesture began; undefined while none is under way. */
let begun: Sketch | undefined;
/** Steps asked for while the server still takes one back: they follow in their order, unless it refuses. */
const waiting: (() => void)[] = [];
/** Set while undo or redo itself changes the view. */
let moving = false;

const sketchOf = ({ filters, space, footprint, drawn, plan, scenario, medical, siting }: Sketch): Sketch => ({ filters, space, footprint, drawn, plan, scenario, medical, siting });
const same = (a: Sketch, b: Sketch) =>
  a.filters === b.filters && a.space === b.space && a.footprint === b.footprint && a.drawn === b.drawn && a.plan === b.plan && a.scenario === b.scenario && a.medical === b.medical && a.siting === b.siting;

export const useHistory = create<HistoryState>()((set, get) => {
  const pass = (from: 'past' | 'future', to: 'past' | 'future', step: Step, opposite: Step) =>
    set((h) => ({ [from]: h[from].filter((s) => s !== step), [to]: [...h[to], opposite] }));
  const go = (from: 'past' | 'future', to: 'past' | 'future') => {
    if (get().busy) return void waiting.push(() => go(from, to));
    const step = get()[from].at(-1);
    if (!step || begun) return;
    if ('change' in step) return void takeBack(from, to, step);
    const now = sketchOf(useView.getState());
    moving = true;
    useView.setState(step.sketch);
    moving = false;
    pass(from, to, step, { sketch: now });
  };
  const takeBack = async (from: 'past' | 'future', to: 'past' | 'future', step: { change: Change }) => {
    set({ busy: true });
    const opposite = await step.change.back().finally(() => set({ busy: false }));
    if (!opposite) return void waiting.splice(0);
    pass(from, to, step, { change: opposite });
    waiting.shift()?.();
  };
  return { past: [], future: [], busy: false, undo: () => go('past', 'future'), redo: () => go('future', 'past') };
});

const remember = (step: Step) => useHistory.setState((h) => ({ past: [...h.past, step].slice(-most), future: [] }));

/** A change was made: it is the next to be undone. */
export const rememberChange = (change: Change) => remember({ change });

/** Nothing is left to be undone: somebody else is at the page. */
export const forgetSteps = () => useHistory.setState({ past: [], future: [] });

/** From here to endGesture all changes are one step. */
export function beginGesture() {
  begun ??= sketchOf(useView.getState());
}

export function endGesture() {
  const before = begun;
  begun = undefined;
  if (before && !same(before, useView.getState())) remember({ sketch: before });
}

const changesOnly = (steps: Step[]) => steps.filter((s) => 'change' in s);

useView.subscribe((now, before) => {
  if (moving || begun || same(now, before)) return;
  // Another mission has other bases: what was drawn there does not lead back into this one.
  if (now.mission !== before.mission) return useHistory.setState((h) => ({ past: changesOnly(h.past), future: changesOnly(h.future) }));
  remember({ sketch: sketchOf(before) });
});
