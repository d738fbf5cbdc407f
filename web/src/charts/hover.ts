// The stretch of time under the pointer or the focus: one for time bar and charts, so that all of them mark it.
import { create } from 'zustand';

interface Hover {
  start?: number;
  end?: number;
  mark(span?: { start: number; end: number }): void;
}

export const useHover = create<Hover>()((set) => ({ mark: (span) => set({ start: span?.start, end: span?.end }) }));
