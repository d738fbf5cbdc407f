// What the page shows now: each collection with its way of drawing, its counts and its records, following the view.
import { createContext, useContext, useMemo } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Counts } from '../api/queries.ts';
import { useAllQueryables, useCollections, useCounts, useEvery, useRecords, useTileSets } from '../api/queries.ts';
import type { Loaded, Query } from '../api/ask.ts';
import type { Collection, Field, Item } from '../api/shapes.ts';
import type { TileSet } from '../api/tiles.ts';
import { inListOrder, isTiled, kindOf } from '../map/layers/index.ts';
import { textOf, type LayerKind } from '../map/layers/layer.ts';
import { boundsOf, type Bounds } from '../map/shapes.ts';
import { asQuery, isTimed, placedWell } from '../state/selection.ts';
import { useView } from '../state/view.ts';

export interface Layer {
  collection: Collection;
  kind: LayerKind;
  visible: boolean;
  fields: Field[];
  counts: UseQueryResult<Counts>;
  /** Whether the time range chooses among its records. */
  timed: boolean;
  /** Drawn from tiles; else from its records. */
  tiled: boolean;
  records: UseQueryResult<Loaded>;
  tiles: UseQueryResult<TileSet>;
  /** What its tiles are asked with: the selection, without what is placed too coarsely to be a point. */
  tileQuery?: Query;
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
  // At another time every question has another answer: all that asks is drawn again.
  useView((v) => v.asof);
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
  const space = useView((v) => v.space);
  const shown = useView((v) => v.layers);
  const time = useView((v) => v.time);
  const known = collections.filter((c) => c.id in queryables && mission !== undefined);
  const fieldsOf = (c: Collection) => queryables[c.id] ?? [];
  const scopes = known.map((c) => ({ id: c.id, fields: fieldsOf(c), filters: filters[c.id] ?? noFilters, ...(c.geometryType === 'point' && space && { space }), ...(isTimed(fieldsOf(c)) && time && { time }), ...missionScope(fieldsOf(c), mission) }));
  const counts = useCounts(scopes);
  const kinds = known.map(kindOf);
  const visible = known.map((c, i) => c.geometryType !== 'none' && (shown ? shown.includes(c.id) : (kinds[i]?.shown ?? false)));
  const tileQueries = known.map((c, i) => tileQueryOf(fieldsOf(c), counts[i]?.data));
  const records = useRecords(known.map((c, i) => ({ id: c.id, query: counts[i]?.data?.sent, wanted: (visible[i] ?? false) && !isTiled(c) })));
  const tiles = useTileSets(known.map((c, i) => ({ id: c.id, query: tileQueries[i], wanted: (visible[i] ?? false) && isTiled(c) })));
  return known.flatMap((collection, i) => {
    const [kind, count, record, tile] = [kinds[i], counts[i], records[i], tiles[i]];
    if (!kind || !count || !record || !tile) return [];
    const fields = fieldsOf(collection);
    return [{ collection, kind, visible: visible[i] ?? false, fields, counts: count, timed: isTimed(fields), tiled: isTiled(collection), records: record, tiles: tile, tileQuery: tileQueries[i] }];
  });
}

const noFilters = {};
const missionScope = (fields: Field[], mission: string | undefined) => (mission && fields.some((f) => f.name === 'mission') ? { mission } : {});
const tileQueryOf = (fields: Field[], counts: Counts | undefined): Query | undefined => counts && asQuery({ ...counts.chosen, filter: placedWell(fields, counts.chosen.filter) });

/** The layer that counts, handles and tables speak of first: incidents where they are shown. */
export const firstShown = (layers: Layer[]): Layer | undefined => layers.find((l) => l.visible && l.collection.id === 'incidents') ?? layers.find((l) => l.visible);

/** What of a layer is on the map, and what is not for want of a place that is known well enough. */
export function placedOf({ tiled, tiles, records, counts }: Layer): { shown: number; placeless: number } | undefined {
  if (tiled) {
    if (!tiles.data || !counts.data) return undefined;
    const { numberInTiles, numberOutside } = tiles.data;
    return { shown: numberInTiles, placeless: Math.max(0, counts.data.matched - numberInTiles - numberOutside) };
  }
  if (!records.data) return undefined;
  const placeless = records.data.items.filter((i) => !i.geometry).length;
  return { shown: records.data.items.length - placeless, placeless };
}

/** The box round what is drawn of a layer. */
export function boundsOfLayer({ tiled, tiles, records }: Layer): Bounds | undefined {
  if (!tiled) return boundsOf((records.data?.items ?? []).map((i) => i.geometry));
  const [west, south, east, north] = tiles.data?.bounds ?? [];
  return west !== undefined && south !== undefined && east !== undefined && north !== undefined ? [west, south, east, north] : undefined;
}

export const WorldContext = createContext<World | undefined>(undefined);

export function useWorld(): World {
  const world = useContext(WorldContext);
  if (!world) throw new Error('app: the world is asked outside its provider');
  return world;
}

export const useLayer = (id: string | undefined): Layer | undefined => useWorld().layers.find((l) => l.collection.id === id);

export const layerIds = (layers: Layer[]): string[] => layers.filter((l) => l.visible).map((l) => l.collection.id);
