// One function a question; every answer is decoded.
import { past } from '../state/past.ts';
import { answered, api, asked, decoded, follow, marked } from './client.ts';
import { footprint, type Footprint } from './footprint.ts';
import { indicator, type Indicator } from './indicator.ts';
import { highest, markingOf } from './marking.ts';
import { tileSet, tileSetPath } from './tiles.ts';
import { collections, fields, item, landing, page, process, processes, type Item, type Page } from './shapes.ts';

const json = { Accept: 'application/json' };
const geojson = { Accept: 'application/geo+json, application/json' };

/** Parameters of a selection, as they are sent. */
export type Query = Record<string, string>;

export const askLanding = (signal?: AbortSignal) => decoded(api.GET('/', { signal, headers: json }), landing);

export const askCollections = (signal?: AbortSignal) => decoded(api.GET('/collections', { params: { query: past() }, signal, headers: json }), collections).then((c) => c.collections);

const at = (collectionId: string) => ({ path: { collectionId } });

const schemas = { Accept: 'application/schema+json, application/json' };

export const askSchema = (id: string, signal?: AbortSignal) =>
  decoded(api.GET('/collections/{collectionId}/schema', { params: at(id), signal, headers: schemas }), fields);

export const askQueryables = (id: string, signal?: AbortSignal) =>
  decoded(api.GET('/collections/{collectionId}/queryables', { params: at(id), signal, headers: schemas }), fields);

/** The address of a file with what is asked of a collection, from a link that has the file with everything. */
export function fileAddress(href: string, query: Query): string {
  const { pathname, searchParams } = new URL(href, location.href);
  Object.entries({ ...query, ...past() }).forEach(([name, value]) => searchParams.set(name, value));
  return `${pathname}?${searchParams.toString()}`;
}

/** What a file would hold: how many records, and how high they are classified. */
export async function askFile(address: string, signal?: AbortSignal): Promise<{ records: number; marking: string }> {
  const { headers } = (await answered(asked(fetch(address, { method: 'HEAD', signal })))).response;
  return { records: Number(headers.get('OGC-NumberMatched')), marking: headers.get('Bivouac-Classification') ?? '' };
}

type ItemsQuery = Record<string, string | number>;

export const askPage = (id: string, query: ItemsQuery, signal?: AbortSignal): Promise<Page> =>
  decoded(api.GET('/collections/{collectionId}/items', { params: { ...at(id), query: { ...query, ...past() } }, signal, headers: geojson }), page);

export const askCount = (id: string, query: Query, signal?: AbortSignal) =>
  askPage(id, { ...query, resultType: 'hits' }, signal).then((p) => p.matched);

export const askNext = (href: string, signal?: AbortSignal) => follow(href, page, signal);

export const askItem = (id: string, key: number, signal?: AbortSignal, scenario?: string) =>
  decoded(api.GET('/collections/{collectionId}/items/{featureId}', { params: { path: { collectionId: id, featureId: key }, query: { ...past(), ...(scenario && { scenario }) } }, signal, headers: geojson }), item);

export const askProcesses = (signal?: AbortSignal) => decoded(api.GET('/processes', { signal, headers: json }), processes).then((p) => p.processes);

export const askProcess = (id: string, signal?: AbortSignal) =>
  decoded(api.GET('/processes/{processId}', { params: { path: { processId: id } }, signal, headers: json }), process);

// The description leaves the inputs open, since each process states its own.
export const runFootprint = (inputs: Record<string, unknown>, signal?: AbortSignal): Promise<Footprint> =>
  decoded(api.POST('/processes/{processId}/execution', { params: { path: { processId: 'footprint' }, query: past() }, body: { inputs: inputs as Record<string, never> }, signal, headers: json }), footprint);

export const runIndicator = (inputs: Record<string, unknown>, signal?: AbortSignal): Promise<Indicator> =>
  decoded(api.POST('/processes/{processId}/execution', { params: { path: { processId: 'indicator' }, query: past() }, body: { inputs: inputs as Record<string, never> }, signal, headers: json }), indicator);

export const askTileSet = (id: string, query: Query, signal?: AbortSignal) => follow(tileSetPath(id, { ...query, ...past() }), tileSet, signal);

export interface Loaded {
  items: Item[];
  /** How many records pass the filters, loaded or not. */
  matched: number;
  marking?: string;
}

const pageSize = 10000;

/** All records that pass, page after page, or the first `most` of them. */
export async function askAll(id: string, query: ItemsQuery, most: number, signal?: AbortSignal): Promise<Loaded> {
  let next = await askPage(id, { ...query, limit: Math.min(pageSize, most) }, signal);
  const items = [...next.items];
  const found = markingOf(next);
  const matched = next.matched;
  while (next.next && items.length < most) {
    next = await askNext(next.next, signal);
    items.push(...next.items);
    found.push(...markingOf(next));
  }
  return marked({ items: items.slice(0, most), matched }, found.length ? highest(found) : undefined);
}
