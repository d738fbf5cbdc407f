// The tool in hand: what a click on the map does now, in place of asking about what stands there.
import { create } from 'zustand';
import type { Place } from '../geo/geodesic.ts';

export type Tool = 'measure' | 'base' | 'box' | 'polygon' | 'lasso' | 'circle' | NewShape;
/** A shape for a new record. */
export type NewShape = 'point' | 'line' | 'ring';

export const isNewShape = (tool: Tool | undefined): tool is NewShape => tool === 'point' || tool === 'line' || tool === 'ring';

interface ToolsState {
  tool?: Tool;
  /** Corners of what is being drawn. */
  draft: Place[];
  /** The last corner was placed with the pointer, so that Enter ends the shape; after one placed by Enter it places the next. */
  byHand: boolean;
  /** Takes a new shape when it is finished; of a lasso absent: it is the filter by place. */
  done?: (places: Place[]) => void;
  /** Where the pointer stands, while a tool is in hand. */
  hover?: Place;
  hold(tool: Tool | undefined, done?: (places: Place[]) => void): void;
  set(patch: Partial<Pick<ToolsState, 'draft' | 'hover' | 'byHand'>>): void;
}

export const useTools = create<ToolsState>()((set) => ({
  draft: [],
  byHand: false,
  hold: (tool, done) => set({ tool, done, draft: [], hover: undefined, byHand: false }),
  set: (patch) => set(patch),
}));
