// How time moves: window or cumulative, how far a step goes, how fast it plays. For this screen only; the range itself is in the view.
import { create } from 'zustand';
import type { Step } from './time.ts';

export const speeds = [0.5, 1, 2, 4] as const;
/** Steps a second; four are the most. */
export type Speed = (typeof speeds)[number];

interface Clock {
  cumulative: boolean;
  step: Step;
  speed: Speed;
  playing: boolean;
  set(patch: Partial<Omit<Clock, 'set'>>): void;
}

export const useClock = create<Clock>()((set) => ({ cumulative: false, step: 'month', speed: 1, playing: false, set: (patch) => set(patch) }));
