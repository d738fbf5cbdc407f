// What the page shows now: each collection with its way of drawing, its counts and its records, following the view.
import { createContext, useContext, useMemo } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Counts } from '../api/queries.ts';
import { layerCap, useAllQueryables, useCollections, useCounts, useEvery, useRecords } from '../api/queries.ts';
import type { Loaded } from '../api/ask.ts';
import type { Collection, Field, Item } from '../api/shapes.ts';
import { inListOrder, kindOf } from '../map/layers/index.ts';
import { textOf, type LayerKind } from '../map/layers/layer.ts';
import { useView } from '../state/view.ts';

export interface Layer {
  collection: Collection;
  kind: LayerKind;
  visible: boolean;
  fields: Field[];
  counts: UseQueryResult<Counts>;
  records: UseQueryResult<Loaded>;
  /** More stands on the server than is drawn. */
  partial: boolean;
}

export interface Mission {
  code: string;
  name: string;
  item: Item;
}

export interface World {
  layers: Layer[];
  missions: Mission[];
  mission: string;
  /** True until the collections are known. */
  loading: boolean;
  error: Error | null;
  retry(): void;
}

/** The mission that a newcomer starts with: the one whose roads are drawn; else all. */
function useStartMission(collections: Collection[]): string | undefined {
  const chosen = useView((v) => v.mission);
  const hasRoutes = collections.some((c) => c.id === 'routes');
  const hasMissions = collections.some((c) => c.id === 'missions');
  const routes = useEvery('routes', chosen === undefined && hasRoutes && hasMissions);
  if (chosen !== undefined) return chosen;
  if (!hasRoutes || !hasMissions) return '';
  if (!routes.data && !routes.isError) return undefined;
  return textOf(routes.data?.items.find((i) => textOf(i.properties.mission))?.properties.mission);
}

export const missionOf = (item: Item): Mission => {
  const code = textOf(item.properties.code) || textOf(item.properties.name);
  return { code, name: textOf(item.properties.name) || code, item };
};

const none: Collection[] = [];

export function useMakeWorld(): World {
  const asked = useCollections();
  const collections = useMemo(() => inListOrder(asked.data ?? none), [asked.data]);
  const missions = useEvery('missions', collections.some((c) => c.id === 'missions'));
  const mission = useStartMission(collections);
  const queryables = useAllQueryables(collections.map((c) => c.id));
  const layers = useLayerList(collections, mission, queryables);
  return {
    layers,
    missions: useMemo(() => (missions.data?.items ?? []).map(missionOf), [missions.data]),
    mission: mission ?? '',
    loading: asked.isPending || mission === undefined,
    error: asked.error,
    retry: () => void asked.refetch(),
  };
}

function useLayerList(collections: Collection[], mission: string | undefined, queryables: Record<string, Field[]>): Layer[] {
  const filters = useView((v) => v.filters);
  const shown = useView((v) => v.layers);
  const bbox = useView((v) => bboxOf(v.position));
  const known = collections.filter((c) => c.id in queryables && mission !== undefined);
  const scoped = known.map((c) => ({ id: c.id, filters: filters[c.id] ?? noFilters, ...missionScope(queryables[c.id], mission) }));
  const counts = useCounts(scoped);
  const kinds = known.map(kindOf);
  const visible = known.map((c, i) => c.geometryType !== 'none' && (shown ? shown.includes(c.id) : (kinds[i]?.shown ?? false)));
  const records = useRecords(known.map((c, i) => ({ id: c.id, counts: counts[i]?.data, wanted: visible[i] ?? false, bbox })));
  return known.flatMap((collection, i) => {
    const [kind, count, record] = [kinds[i], counts[i], records[i]];
    if (!kind || !count || !record) return [];
    const partial = (count.data?.matched ?? 0) > layerCap;
    return [{ collection, kind, visible: visible[i] ?? false, fields: queryables[collection.id] ?? [], counts: count, records: record, partial }];
  });
}

const noFilters = {};
const missionScope = (fields: Field[] | undefined, mission: string | undefined) => (mission && fields?.some((f) => f.name === 'mission') ? { mission } : {});

/** A box about the view, by zoom and middle alone and a good margin wide, on a coarse grid so that small moves ask nothing new. */
export function bboxOf(position: { zoom: number; lat: number; lng: number } | undefined): string {
  if (!position || position.zoom < 1.5) return '';
  const half = 360 / 2 ** Math.floor(position.zoom) * 1.5;
  const snap = (v: number, down: boolean) => (down ? Math.floor(v / (half / 4)) : Math.ceil(v / (half / 4))) * (half / 4);
  const [west, east] = [Math.max(-180, snap(position.lng - half, true)), Math.min(180, snap(position.lng + half, false))];
  const [south, north] = [Math.max(-90, snap(position.lat - half * 0.7, true)), Math.min(90, snap(position.lat + half * 0.7, false))];
  return [west, south, east, north].map((v) => +v.toFixed(4)).join(',');
}

export const WorldContext = createContext<World | undefined>(undefined);

export function useWorld(): World {
  const world = useContext(WorldContext);
  if (!world) throw new Error('app: the world is asked outside its provider');
  return world;
}

export const useLayer = (id: string | undefined): Layer | undefined => useWorld().layers.find((l) => l.collection.id === id);

export const layerIds = (layers: Layer[]): string[] => layers.filter((l) => l.visible).map((l) => l.collection.id);
