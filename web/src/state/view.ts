// The one view that map, panels, table and link share.
import { create } from 'zustand';
import type { Drawn } from './drawn.ts';
import { emptyPlan, type Plan } from './plan.ts';
import { withFilter, type FieldFilter } from './filters.ts';
import { noMedical, type Medical } from './medical.ts';
import { noScenario, type Scenario } from './scenario.ts';
import type { Siting } from './siting.ts';
import type { Space } from './space.ts';
import type { TimeRange } from './time.ts';
import { emptyView, formatView, parseView, type MapPosition, type ViewState } from './url.ts';

interface ViewActions {
  move(position: MapPosition): void;
  chooseMission(mission: string): void;
  showLayers(layers: string[]): void;
  setFilter(collection: string, field: string, value: FieldFilter | undefined): void;
  /** Absent: everywhere. */
  setSpace(space: Space | undefined): void;
  clearFilters(): void;
  /** Absent: all time. */
  setTime(time: TimeRange | undefined): void;
  showCharts(charts: boolean): void;
  openTable(collection: string | undefined): void;
  select(selected: ViewState['selected']): void;
  togglePick(key: number): void;
  setPick(bases: number[]): void;
  setRadius(metres: number | undefined): void;
  draw(patch: Partial<Drawn>): void;
  /** Asks something else of the roads: the ways are others then. */
  setPlan(patch: Partial<Plan>): void;
  /** Draws up another footprint, or the same one further. */
  setScenario(patch: Partial<Scenario>): void;
  /** Asks something else of the chain of care. */
  setMedical(patch: Partial<Medical>): void;
  /** Absent: nothing is sought. */
  seek(siting: Siting | undefined): void;
  chooseWay(way: string | undefined): void;
  /** Absent: the present. */
  goBack(asof: string | undefined): void;
  follow(hash: string): void;
}

export const useView = create<ViewState & ViewActions>()((set) => ({
  ...(typeof location === 'undefined' ? emptyView : parseView(location.hash)),
  move: (position) => set({ position }),
  chooseMission: (mission) => set({ mission, selected: undefined, space: undefined, footprint: { bases: [] }, plan: emptyPlan, way: undefined, scenario: noScenario, medical: noMedical, siting: undefined }),
  showLayers: (layers) => set({ layers }),
  setFilter: (collection, field, value) => set((s) => ({ filters: withFilter(s.filters, collection, field, value) })),
  setSpace: (space) => set({ space }),
  clearFilters: () => set({ filters: {}, space: undefined }),
  setTime: (time) => set({ time }),
  showCharts: (charts) => set({ charts }),
  openTable: (table) => set({ table }),
  select: (selected) => set({ selected }),
  togglePick: (key) => set((s) => ({ footprint: { ...s.footprint, bases: toggled(s.footprint.bases, key) } })),
  setPick: (bases) => set((s) => ({ footprint: { ...s.footprint, bases } })),
  setRadius: (radiusMetres) => set((s) => ({ footprint: radiusMetres === undefined ? { bases: s.footprint.bases } : { ...s.footprint, radiusMetres } })),
  draw: (patch) => set((s) => ({ drawn: { ...s.drawn, ...patch } })),
  setPlan: (patch) => set((s) => ({ plan: { ...s.plan, ...patch } })),
  setScenario: (patch) => set((s) => ({ scenario: { ...s.scenario, ...patch } })),
  setMedical: (patch) => set((s) => ({ medical: { ...s.medical, ...patch } })),
  seek: (siting) => set({ siting }),
  chooseWay: (way) => set({ way }),
  goBack: (asof) => set({ asof }),
  follow: (hash) => set({ ...blank, ...parseView(hash) }),
}));

const blank: Partial<ViewState> = { position: undefined, mission: undefined, layers: undefined, table: undefined, selected: undefined, space: undefined, time: undefined, charts: undefined, workspace: undefined, way: undefined, siting: undefined, asof: undefined };

function toggled(keys: number[], key: number): number[] {
  return keys.includes(key) ? keys.filter((k) => k !== key) : [...keys, key];
}

/** Keeps the address bar in step, at most four times a second, and follows links typed or pasted into it. */
export function keepLink(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => history.replaceState(null, '', `#${formatView(useView.getState())}`);
  const stop = useView.subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(write, 250);
  });
  const follow = () => useView.getState().follow(location.hash);
  addEventListener('hashchange', follow);
  return () => {
    stop();
    removeEventListener('hashchange', follow);
  };
}
