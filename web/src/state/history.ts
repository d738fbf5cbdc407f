// Undo and redo of what is drawn and picked: one gesture is one step, however many small moves it was made of.
import { create } from 'zustand';
import type { Drawn } from './drawn.ts';
import type { Pick } from './url.ts';
import { useView } from './view.ts';

interface Sketch {
  footprint: Pick;
  drawn: Drawn;
}

interface HistoryState {
  past: Sketch[];
  future: Sketch[];
  undo(): void;
  redo(): void;
}

const most = 100;

/** What the sketch was when the gesture began; undefined while none is under way. */
let begun: Sketch | undefined;
/** Set while undo or redo itself changes the view. */
let moving = false;

const sketchOf = ({ footprint, drawn }: Sketch): Sketch => ({ footprint, drawn });
const same = (a: Sketch, b: Sketch) => a.footprint === b.footprint && a.drawn === b.drawn;

export const useHistory = create<HistoryState>()((set, get) => {
  const go = (from: 'past' | 'future', to: 'past' | 'future') => {
    const steps = get()[from];
    const target = steps.at(-1);
    if (!target || begun) return;
    const now = sketchOf(useView.getState());
    moving = true;
    useView.setState(target);
    moving = false;
    set({ [from]: steps.slice(0, -1), [to]: [...get()[to], now] });
  };
  return { past: [], future: [], undo: () => go('past', 'future'), redo: () => go('future', 'past') };
});

const remember = (before: Sketch) => useHistory.setState((h) => ({ past: [...h.past, before].slice(-most), future: [] }));

/** From here to endGesture all changes are one step. */
export function beginGesture() {
  begun ??= sketchOf(useView.getState());
}

export function endGesture() {
  const before = begun;
  begun = undefined;
  if (before && !same(before, useView.getState())) remember(before);
}

useView.subscribe((now, before) => {
  if (moving || begun || same(now, before)) return;
  // Another mission has other bases: its steps do not lead back into this one.
  if (now.mission !== before.mission) return useHistory.setState({ past: [], future: [] });
  remember(sketchOf(before));
});
