// What is open on this screen now; not worth keeping in a link.
import type { Geometry } from 'geojson';
import { create } from 'zustand';
import type { Outcome } from '../api/execution.ts';
import type { Footprint } from '../api/footprint.ts';

export type Paper = 'map' | 'brief' | 'convoy' | 'report';
export type Panel = 'layers' | 'footprint' | 'analyses' | 'edit' | 'changes' | 'alerts' | 'views' | 'routes' | 'plan' | 'medical' | 'imports';
/** The sheet of the phone: how much of it is up. */
export type SheetHeight = 'heading' | 'half' | 'full';
/** What the sheet holds when no card does. */
export type SheetPart = 'layers' | 'filters';

interface UiState {
  panel: Panel;
  drawer: boolean;
  sheet: SheetHeight;
  part: SheetPart;
  keys: boolean;
  search: boolean;
  /** The place that was clicked and is asked about. */
  place?: { lon: number; lat: number };
  /** Records that are drawn as one and were clicked: what they share, and the box they lie in. */
  group?: { collection: string; count: number; at: [lon: number, lat: number]; box: [west: number, south: number, east: number, north: number]; properties: Record<string, unknown> };
  /** The place that was clicked for which a scenario changes something, by its key. */
  shift?: number;
  /** The place under the pointer, or the middle of the map. */
  cursor?: { lon: number; lat: number };
  notice?: string;
  /** Takes back what the notice tells. */
  noticeUndo?: () => void;
  /** The sentence that stands on the map; stale while the next one is computed. */
  answer?: { text: string; stale: boolean };
  /** The footprint that the map shows. */
  reach?: Footprint;
  /** The shape of an analysis that was clicked, and the one under the pointer, by number. */
  result?: number;
  resultHover?: number;
  /** A record's shape of another time, shown beside the one it has. */
  former?: Geometry;
  /** The sheet for paper is open. */
  print: boolean;
  /** Which sheet: the map as it is, the brief that sums it up, or the convoy sheet of a way. */
  paper: Paper;
  /** The report that is laid out: its marking is that of the page. */
  report?: { marking?: string };
  /** The way that the convoy sheet is of, counted from 1, in an answer of the analysis route. */
  convoy?: { outcome: Outcome; way: number; letter: string };
  set(patch: Partial<Omit<UiState, 'set' | 'tell'>>): void;
  /** Says something for some seconds, and offers to take it back. */
  tell(notice: string, undo?: () => void): void;
}

/** How long a notice stands, longer where it can be acted on. */
const [brief, long] = [3_000, 9_000];
let timer: ReturnType<typeof setTimeout> | undefined;

export const useUi = create<UiState>()((set) => ({
  panel: 'layers', drawer: false, sheet: 'half', part: 'layers', keys: false, print: false, paper: 'map', search: false,
  set: (patch) => set(patch),
  tell: (notice, undo) => {
    clearTimeout(timer);
    set({ notice, noticeUndo: undo });
    timer = setTimeout(() => set({ notice: undefined, noticeUndo: undefined }), undo ? long : brief);
  },
}));
