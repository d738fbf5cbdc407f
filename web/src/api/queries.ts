// The questions as react-query hooks: cached by what is asked, cancelled when nobody waits any more.
import { keepPreviousData, useInfiniteQuery, useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { askAll, askCollections, askCount, askItem, askLanding, askNext, askPage, askProcess, askQueryables, askSchema, type Filters, type Loaded } from './ask.ts';
import type { Field, Page } from './shapes.ts';

/** Beyond this many records a layer is loaded for the part of the world in view only. */
export const layerCap = 20000;
const tablePage = 200;

export const useLanding = () => useQuery({ queryKey: ['landing'], queryFn: ({ signal }) => askLanding(signal), refetchInterval: 60_000 });
export const useCollections = () => useQuery({ queryKey: ['collections'], queryFn: ({ signal }) => askCollections(signal) });

const schemaQuery = (id: string) => ({ queryKey: ['schema', id], queryFn: ({ signal }: { signal: AbortSignal }) => askSchema(id, signal) });
const queryablesQuery = (id: string) => ({ queryKey: ['queryables', id], queryFn: ({ signal }: { signal: AbortSignal }) => askQueryables(id, signal) });

export const useSchema = (id: string | undefined) => useQuery({ ...schemaQuery(id ?? ''), enabled: id !== undefined });

/** Queryable fields by collection, as far as they have come in. */
export function useAllQueryables(ids: string[]): Record<string, Field[]> {
  return useQueries({
    queries: ids.map(queryablesQuery),
    combine: (results) => Object.fromEntries(ids.flatMap((id, i) => (results[i]?.data ? [[id, results[i].data]] : []))),
  });
}

/** What is asked of one collection: its own filters, and the mission where the collection has one. */
export interface Scope {
  id: string;
  filters: Filters;
  mission?: string;
}

export interface Counts {
  /** Records of the mission, before the filters. */
  all: number;
  /** Records that pass the filters too. */
  matched: number;
  /** The filters as they were sent. */
  sent: Filters;
}

/**
 * A mission's records; where it has none the collection is shared by all missions (towns, say) and is shown whole.
 */
async function askCounts({ id, filters, mission }: Scope, signal: AbortSignal): Promise<Counts> {
  const own = mission ? await askCount(id, { mission }, signal) : 0;
  const scope: Filters = own > 0 && mission ? { mission } : {};
  const all = own > 0 ? own : await askCount(id, {}, signal);
  const sent = { ...scope, ...filters };
  const matched = Object.keys(filters).length ? await askCount(id, sent, signal) : all;
  return { all, matched, sent };
}

export const useCounts = (scopes: Scope[]): UseQueryResult<Counts>[] =>
  useQueries({
    queries: scopes.map((s) => ({
      queryKey: ['counts', s],
      queryFn: ({ signal }: { signal: AbortSignal }) => askCounts(s, signal),
      placeholderData: keepPreviousData,
    })),
  });

export interface LayerQuestion {
  id: string;
  counts: Counts | undefined;
  wanted: boolean;
  bbox: string;
}

/** The records of each wanted layer: all of them, or where there are too many those in view. */
export const useRecords = (questions: LayerQuestion[]): UseQueryResult<Loaded>[] =>
  useQueries({
    queries: questions.map(({ id, counts, wanted, bbox }) => {
      const part: Filters = (counts?.matched ?? 0) > layerCap && bbox ? { bbox } : {};
      const query = { ...counts?.sent, ...part };
      return {
        queryKey: ['records', id, query],
        enabled: wanted && counts !== undefined,
        queryFn: ({ signal }: { signal: AbortSignal }) => askAll(id, query, layerCap, signal),
        placeholderData: keepPreviousData,
      };
    }),
  });

export const useNearest = (collection: string, place: { lon: number; lat: number } | undefined, filters: Filters) =>
  useQuery({
    queryKey: ['nearest', collection, place, filters],
    enabled: place !== undefined,
    queryFn: ({ signal }) => askPage(collection, { ...filters, near: `${place?.lon},${place?.lat}`, k: 5 }, signal),
  });

export const useItem = (collection: string, key: number) => useQuery({ queryKey: ['item', collection, key], queryFn: ({ signal }) => askItem(collection, key, signal) });

export const useProcess = (id: string) => useQuery({ queryKey: ['process', id], queryFn: ({ signal }) => askProcess(id, signal) });

/** Table rows, page after page along the server's own next links. */
export const useRows = (id: string, filters: Filters, bbox: string | undefined) =>
  useInfiniteQuery({
    queryKey: ['rows', id, filters, bbox],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }): Promise<Page> => (pageParam ? askNext(pageParam, signal) : askPage(id, { ...filters, ...(bbox ? { bbox } : {}), limit: tablePage }, signal)),
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });

/** Every record of a small collection: for menus and for the go-to field. */
export const useEvery = (id: string, exists: boolean) =>
  useQuery({ queryKey: ['every', id], enabled: exists, queryFn: ({ signal }) => askAll(id, {}, layerCap, signal) });
