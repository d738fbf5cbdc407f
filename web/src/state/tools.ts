// The tool in hand: what a click on the map does now, in place of asking about what stands there.
import { create } from 'zustand';
import type { Place } from '../geo/geodesic.ts';

export type Tool = 'measure' | 'base' | 'box' | 'polygon';

interface ToolsState {
  tool?: Tool;
  /** Corners of the area that is being drawn. */
  draft: Place[];
  /** Where the pointer stands, while a tool is in hand. */
  hover?: Place;
  hold(tool: Tool | undefined): void;
  set(patch: Partial<Pick<ToolsState, 'draft' | 'hover'>>): void;
}

export const useTools = create<ToolsState>()((set) => ({
  draft: [],
  hold: (tool) => set({ tool, draft: [], hover: undefined }),
  set: (patch) => set(patch),
}));
