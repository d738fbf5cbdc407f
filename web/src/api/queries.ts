// The questions as react-query hooks: cached by what is asked, cancelled when nobody waits any more.
import { keepPreviousData, useInfiniteQuery, useQueries, useQuery, type QueryClient, type UseQueryResult } from '@tanstack/react-query';
import { asQuery, selectionOf, type Selection } from '../state/selection.ts';
import type { FieldFilter } from '../state/filters.ts';
import type { Space } from '../state/space.ts';
import type { TimeRange } from '../state/time.ts';
import { askAll, askCollections, askCount, askFile, askItem, askLanding, askNext, askPage, askProcess, askProcesses, askQueryables, askSchema, askTileSet, runIndicator, type Loaded, type Query } from './ask.ts';
import { execute, type Outcome } from './execution.ts';
import type { Indicator } from './indicator.ts';
import type { Field, Page } from './shapes.ts';
import type { TileSet } from './tiles.ts';

/** The most records of a collection that are held on the page at once; a layer with more is drawn from tiles. */
const everyCap = 20000;
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

/** What is asked of one collection: its own filters, the time where it has one, and the mission where it has one. */
export interface Scope {
  id: string;
  fields: Field[];
  filters: Record<string, FieldFilter>;
  mission?: string;
  space?: Space;
  time?: TimeRange;
}

export interface Counts {
  /** Records of the mission and of all, before filters and time. */
  all: number;
  /** Records that pass the filters and the time too. */
  matched: number;
  /** The mission, where the collection has records of it. */
  mission?: string;
  /** It has records of all missions besides. */
  shared?: boolean;
  /** The filter by place, where it holds of the collection. */
  space?: Space;
  /** The mission's records alone: what filters and time choose from. */
  whole: Selection;
  /** Without the time: what the time chooses from. */
  timeless: Selection;
  chosen: Selection;
  /** What was chosen, as parameters. */
  sent: Query;
}

/** A mission's records, with those that all missions share; where it has none of its own the collection is shared by all (towns, say) and is shown whole. */
async function askWhole({ id, mission }: Scope, signal: AbortSignal): Promise<{ all: number; mission?: string; shared?: boolean }> {
  const own = mission ? await askCount(id, { mission }, signal) : 0;
  if (own === 0) return { all: await askCount(id, {}, signal) };
  const shared = await askCount(id, { filter: '"mission" IS NULL' }, signal);
  return { all: own + shared, mission, shared: shared > 0 };
}

async function askCounts(scope: Scope, signal: AbortSignal, client: QueryClient): Promise<Counts> {
  const { id, fields, filters, space, time } = scope;
  const { all, mission, shared } = await client.fetchQuery({ queryKey: ['whole', id, scope.mission], queryFn: () => askWhole(scope, signal), retry: false });
  const [whole, timeless, chosen] = [selectionOf({ fields, mission, shared, filters: {} }), selectionOf({ fields, mission, shared, filters, space }), selectionOf({ fields, mission, shared, filters, space, time })];
  const sent = asQuery(chosen);
  const same = chosen.filter === whole.filter && !chosen.datetime;
  return { all, mission, shared, ...(space && { space }), matched: same ? all : await askCount(id, sent, signal), whole, timeless, chosen, sent };
}

export const useCounts = (scopes: Scope[]): UseQueryResult<Counts>[] =>
  useQueries({
    queries: scopes.map((s) => ({
      queryKey: ['counts', s.id, s.filters, s.mission, s.space, s.time],
      queryFn: ({ signal, client }: { signal: AbortSignal; client: QueryClient }) => askCounts(s, signal, client),
      placeholderData: keepPreviousData,
    })),
  });

export interface LayerQuestion {
  id: string;
  query: Query | undefined;
  wanted: boolean;
}

/** All the records of each wanted layer. */
export const useRecords = (questions: LayerQuestion[]): UseQueryResult<Loaded>[] =>
  useQueries({
    queries: questions.map(({ id, query, wanted }) => ({
      queryKey: ['records', id, query],
      enabled: wanted && query !== undefined,
      queryFn: ({ signal }: { signal: AbortSignal }) => askAll(id, query ?? {}, everyCap, signal),
      placeholderData: keepPreviousData,
    })),
  });

/** What the server says of each wanted layer's tiles; the map asks for the tiles themselves. */
export const useTileSets = (questions: LayerQuestion[]): UseQueryResult<TileSet>[] =>
  useQueries({
    queries: questions.map(({ id, query, wanted }) => ({
      queryKey: ['tiles', id, query],
      enabled: wanted && query !== undefined,
      queryFn: ({ signal }: { signal: AbortSignal }) => askTileSet(id, query ?? {}, signal),
      placeholderData: keepPreviousData,
    })),
  });

/** Counts, shares and rates; nothing is asked while inputs are absent. */
export const useIndicator = (inputs: Record<string, unknown> | undefined): UseQueryResult<Indicator> =>
  useQuery({
    queryKey: ['indicator', inputs],
    enabled: inputs !== undefined,
    queryFn: ({ signal }) => runIndicator(inputs ?? {}, signal),
    placeholderData: keepPreviousData,
  });

/** The answer of any process, run again only when it is asked something else. */
export const useOutcome = (id: string, inputs: Record<string, unknown> | undefined): UseQueryResult<Outcome> =>
  useQuery({
    queryKey: ['outcome', id, inputs],
    enabled: inputs !== undefined,
    queryFn: ({ signal }) => execute(id, inputs ?? {}, () => undefined, signal),
  });

export const useNearest = (collection: string, place: { lon: number; lat: number } | undefined, query: Query) =>
  useQuery({
    queryKey: ['nearest', collection, place, query],
    enabled: place !== undefined,
    queryFn: ({ signal }) => askPage(collection, { ...query, near: `${place?.lon},${place?.lat}`, k: 5 }, signal),
  });

/** How many of a selection lie within a distance of a place. */
export const useCountNear = (collection: string, query: Query | undefined, place: { lon: number; lat: number }, metres: number) =>
  useQuery({
    queryKey: ['near', collection, query, place, metres],
    enabled: query !== undefined,
    queryFn: ({ signal }) => askCount(collection, { ...query, near: `${place.lon},${place.lat}`, radius: String(metres) }, signal),
  });

export const useItem = (collection: string, key: number) => useQuery({ queryKey: ['item', collection, key], queryFn: ({ signal }) => askItem(collection, key, signal) });

/** A record as it would be in a scenario; that of the question before stays until it is known. */
export const useItemIn = (scenario: string | undefined, collection: string, key: number) =>
  useQuery({ queryKey: ['item', collection, key, scenario], enabled: scenario !== undefined, placeholderData: keepPreviousData, retry: false, queryFn: ({ signal }) => askItem(collection, key, signal, scenario) });

export const useProcesses = () => useQuery({ queryKey: ['processes'], queryFn: ({ signal }) => askProcesses(signal) });

export const useProcess = (id: string, wanted = true) => useQuery({ queryKey: ['process', id], enabled: wanted, queryFn: ({ signal }) => askProcess(id, signal) });

/** One page of records, for a list that is not to be long. */
export const usePageOf = (id: string, query: Query, limit: number, wanted = true) =>
  useQuery({ queryKey: ['page', id, query, limit], enabled: wanted, queryFn: ({ signal }) => askPage(id, { ...query, limit }, signal) });

/** Table rows, page after page along the server's own next links. */
export const useRows = (id: string, query: Query, bbox: string | undefined) =>
  useInfiniteQuery({
    queryKey: ['rows', id, query, bbox],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }): Promise<Page> => (pageParam ? askNext(pageParam, signal) : askPage(id, { ...query, ...(bbox ? { bbox } : {}), limit: tablePage }, signal)),
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });

/** What the file at an address would hold. */
export const useFile = (address: string | undefined) => useQuery({ queryKey: ['file', address], enabled: address !== undefined, queryFn: ({ signal }) => askFile(address ?? '', signal) });

/** Every record of a small collection: for menus and for the go-to field. */
export const useEvery = (id: string, exists: boolean) =>
  useQuery({ queryKey: ['every', id], enabled: exists, queryFn: ({ signal }) => askAll(id, {}, everyCap, signal) });
