// How two maps of a comparison stand on this screen: behind a line or beside each other, and which of them a phone shows.
import { create } from 'zustand';

export type Layout = 'swipe' | 'beside';

interface Swipe {
  layout: Layout;
  /** Where the line stands, in hundredths of the map from its inline start. */
  at: number;
  /** The side that a phone shows. */
  side: 0 | 1;
  set(patch: Partial<Omit<Swipe, 'set'>>): void;
  /** Both sides alike, and a phone shows the second; how the maps stand stays. */
  reset(): void;
}

const blank = { at: 50, side: 1 } as const;

export const useSwipe = create<Swipe>()((set) => ({ layout: 'swipe', ...blank, set: (patch) => set(patch), reset: () => set(blank) }));
