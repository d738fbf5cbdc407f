// Writes: each is one request, one version, one step of undo. What was read is named by its ETag, so that nobody's work is lost.
import { answered, asked, decoded, marked } from './client.ts';
import { receipt, type Receipt } from './changes.ts';
import { item, type Item, type Version } from './shapes.ts';

/** A record as it was read for editing, with the name of that reading. */
export interface Read {
  item: Item;
  etag: string;
}

export interface Saved extends Read {
  version: number;
}

/** What is to be changed: absent members stay. */
export interface Patch {
  geometry?: Version['geometry'];
  properties?: Record<string, unknown>;
}

const geojson = { Accept: 'application/geo+json, application/json' };

const itemsPath = (collection: string) => `/api/collections/${encodeURIComponent(collection)}/items`;
const itemPath = (collection: string, key: number) => `${itemsPath(collection)}/${key}`;

/** Why, as the header carries it: any script in plain letters. */
const why = (reason: string): Record<string, string> => (reason.trim() ? { 'Bivouac-Reason': encodeURIComponent(reason.trim()) } : {});
const ifMatch = (etag: string | undefined): Record<string, string> => (etag ? { 'If-Match': etag } : {});

async function readOf(response: Promise<Response>): Promise<Saved> {
  const { data, response: { headers } } = await answered(asked(response));
  return { item: marked(item(data, ''), headers.get('Bivouac-Classification')), etag: headers.get('ETag') ?? '', version: Number(headers.get('Bivouac-Version')) };
}

/** A record as it stands now, whatever time the page shows. */
export const readItem = (collection: string, key: number, signal?: AbortSignal): Promise<Read> =>
  readOf(fetch(itemPath(collection, key), { signal, headers: geojson, cache: 'no-cache' }));

export const addItem = (collection: string, { geometry, properties }: Version, reason: string): Promise<Saved> =>
  readOf(fetch(itemsPath(collection), { method: 'POST', headers: { ...geojson, ...why(reason), 'Content-Type': 'application/geo+json' }, body: JSON.stringify({ type: 'Feature', geometry, properties }) }));

export const patchItem = (collection: string, key: number, etag: string | undefined, patch: Patch, reason: string): Promise<Saved> =>
  readOf(fetch(itemPath(collection, key), { method: 'PATCH', headers: { ...geojson, ...why(reason), ...ifMatch(etag), 'Content-Type': 'application/merge-patch+json' }, body: JSON.stringify(patch) }));

/** Answers with the version in which the record is gone. */
export async function removeItem(collection: string, key: number, etag: string | undefined, reason: string): Promise<number> {
  const { response } = await answered(asked(fetch(itemPath(collection, key), { method: 'DELETE', headers: { ...why(reason), ...ifMatch(etag) } })));
  return Number(response.headers.get('Bivouac-Version'));
}

export type ChangeRequest =
  | { op: 'add'; collection: string; feature: Version & { type: 'Feature' } }
  | { op: 'update'; collection: string; key: number; ifMatch?: string; feature: Patch }
  | { op: 'remove'; collection: string; key: number; ifMatch?: string };

const post = (path: string, body: unknown): Promise<Receipt> =>
  decoded(asked(fetch(path, { method: 'POST', headers: { Accept: 'application/json', 'Content-Type': 'application/json' }, body: JSON.stringify(body) })), receipt);

/** Many changes as one: all of them or none. */
export const changeMany = (changes: ChangeRequest[], reason: string) => post('/api/changes', { reason: reason.trim(), changes });

/** A new change that takes one back; refused with both sides where others have built on it. */
export const undoVersion = (version: number, reason = '') => post(`/api/changes/${version}/undo`, { reason: reason.trim() });
