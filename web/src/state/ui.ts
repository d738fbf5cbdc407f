// What is open on this screen now; not worth keeping in a link.
import { create } from 'zustand';

export type Panel = 'layers' | 'footprint';
/** The sheet of the phone: how much of it is up. */
export type SheetHeight = 'heading' | 'half' | 'full';

interface UiState {
  panel: Panel;
  drawer: boolean;
  sheet: SheetHeight;
  keys: boolean;
  search: boolean;
  /** The place that was clicked and is asked about. */
  place?: { lon: number; lat: number };
  /** The place under the pointer, or the middle of the map. */
  cursor?: { lon: number; lat: number };
  notice?: string;
  set(patch: Partial<Omit<UiState, 'set'>>): void;
}

export const useUi = create<UiState>()((set) => ({ panel: 'layers', drawer: false, sheet: 'half', keys: false, search: false, set: (patch) => set(patch) }));
