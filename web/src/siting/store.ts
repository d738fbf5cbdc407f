// What was asked on this screen and what of the answer is looked at; not worth keeping in a link.
import { create } from 'zustand';

interface FoundState {
  /** The question of each process whose answer is shown, as it was sent. */
  asked: Record<string, string>;
  /** The point of the front that is looked at, by its number. */
  point?: number;
  set(patch: Partial<Omit<FoundState, 'set'>>): void;
}

export const useFound = create<FoundState>()((set) => ({ asked: {}, set: (patch) => set(patch) }));

export const forgetFound = () => useFound.setState({ asked: {}, point: undefined });
