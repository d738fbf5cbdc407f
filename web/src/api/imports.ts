// Files on their way into the store: sent in pieces, looked through, compared row by row, and taken by an approval.
import type { Feature } from 'geojson';
import { answered, asked, decoded } from './client.ts';
import { anything, list, map, number, object, optional, or, record, text, type Decoder } from './decode.ts';
import { warning } from './warning.ts';

export const rowKinds = ['added', 'changed', 'deleted', 'same', 'refused'] as const;
export type RowKind = (typeof rowKinds)[number];

export type ImportState = 'receiving' | 'reading' | 'staged' | 'failed' | 'taking' | 'approved';

const truth: Decoder<boolean> = (v) => v === true;
const texts = or(list(text), []);

const options = object({
  collection: optional(text), profile: optional(text), format: optional(text), encoding: optional(text), separator: optional(text), crs: optional(text), layer: optional(text), cell_km: optional(number), mission: optional(text),
  longitude: optional(text), latitude: optional(text), shape: optional(text), mapping: or(map(text), {}), id_from: texts, key: optional(text), whole: truth, strict_codes: truth,
});
export type ImportOptions = ReturnType<typeof options>;

const column = object({ name: text, type: text, samples: texts, fields: texts, place: optional(text as Decoder<'longitude' | 'latitude' | 'shape'>), dropped_said: optional(warning) });
export type FileColumn = ReturnType<typeof column>;
const field = object({ name: text, title: or(text, ''), type: text, required: truth, new: truth });
export type FileField = ReturnType<typeof field>;

const found = object({
  format: text, encoding: optional(text), separator: optional(text), crs: optional(text), layers: texts, layer: optional(text), collection: text, new: truth, geometry: or(text, ''),
  profile: optional(text), profiles: texts, mapping: or(map(text), {}), columns: list(column), fields: list(field), key: optional(text), id: text,
});
export type Found = ReturnType<typeof found>;

const report = object({ rows: number, without_place: number, at_zero: number, notes_said: or(list(warning), []), warnings_said: or(list(warning), []) });
const counts = object({ added: number, changed: number, same: number, deleted: number, refused: number });
export type ImportCounts = ReturnType<typeof counts>;
const progress = object({ step: text as Decoder<'receiving' | 'looking' | 'comparing' | 'taking'>, done: number, total: number, rate: number, left_s: number });
export type ImportProgress = ReturnType<typeof progress>;

export const importOf = object({
  id: text, name: text, size: number, received: number, state: text as Decoder<ImportState>, created: text, updated: text, expires: text, options, progress,
  found: optional(found), report: optional(report), counts: optional(counts), against: optional(number), version: optional(number), problem: optional(object({ parameter: or(text, ''), detail: text, said: optional(warning) })),
});
export type Import = ReturnType<typeof importOf>;

/** Work goes on, and the answer will be another one soon. */
export const goesOn = ({ state }: Pick<Import, 'state'>) => state === 'reading' || state === 'taking';

const changed = object({ name: text, before: anything, after: anything });
const row = object({ kind: text as Decoder<RowKind>, row: optional(number), line: optional(number), key: optional(number), source_id: or(text, ''), fields: or(list(changed), []), feature: optional(record), field: or(text, ''), reason: or(text, ''), reason_said: optional(warning) });
export type ImportRow = ReturnType<typeof row>;

const link = object({ rel: or(text, ''), href: text });
const rows = object({ kind: text, numberMatched: number, columns: texts, rows: list(row), links: or(list(link), []) });

export interface RowPage {
  matched: number;
  columns: string[];
  rows: ImportRow[];
  next?: string;
}

export const rowPage: Decoder<RowPage> = (v, where) => {
  const raw = rows(v, where);
  return { matched: raw.numberMatched, columns: raw.columns, rows: raw.rows, next: raw.links.find((l) => l.rel === 'next')?.href };
};

const receipt = object({ version: optional(number), counts });
export type ImportReceipt = ReturnType<typeof receipt>;

/** Options that are null go back to what is found out. */
export type OptionsPatch = { [K in keyof ImportOptions]?: ImportOptions[K] | null };

const path = (id: string, part = '') => `/api/imports/${encodeURIComponent(id)}${part}`;
const json = { Accept: 'application/json' };

export const askImports = (signal?: AbortSignal) => decoded(asked(fetch('/api/imports', { signal, headers: json, cache: 'no-store' })), object({ imports: list(importOf) })).then((d) => d.imports);

export const askImport = (id: string, signal?: AbortSignal) => decoded(asked(fetch(path(id), { signal, headers: json, cache: 'no-store' })), importOf);

export const beginImport = (name: string, size: number) =>
  decoded(asked(fetch('/api/imports', { method: 'POST', headers: { ...json, 'Content-Type': 'application/json' }, body: JSON.stringify({ name, size }) })), importOf);

export const restageImport = (id: string, patch: OptionsPatch) =>
  decoded(asked(fetch(path(id), { method: 'PATCH', headers: { ...json, 'Content-Type': 'application/merge-patch+json' }, body: JSON.stringify(patch) })), importOf);

export async function dropImport(id: string): Promise<void> {
  await answered(asked(fetch(path(id), { method: 'DELETE', headers: json })));
}

/** How many bytes have come. */
export async function askOffset(id: string, signal?: AbortSignal): Promise<number> {
  const { response } = await answered(asked(fetch(path(id, '/file'), { signal, headers: json, cache: 'no-store' })));
  return Number(response.headers.get('Upload-Offset'));
}

/** Sends a piece, and tells how many bytes have come with it. */
export async function sendPiece(id: string, offset: number, piece: Blob, signal?: AbortSignal): Promise<number> {
  const headers = { ...json, 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(offset) };
  const { response } = await answered(asked(fetch(path(id, '/file'), { method: 'PATCH', headers, body: piece, signal })));
  return Number(response.headers.get('Upload-Offset'));
}

/** The address of rows, to be asked or downloaded. */
export function rowsAddress(id: string, kind: RowKind, more: Record<string, string> = {}): string {
  return `${path(id, '/rows')}?${new URLSearchParams({ kind, ...more }).toString()}`;
}

export const askRows = (id: string, kind: RowKind, limit: number, signal?: AbortSignal) =>
  decoded(asked(fetch(rowsAddress(id, kind, { limit: String(limit) }), { signal, headers: json, cache: 'no-store' })), rowPage);

const drawn = object({ features: list(record) });

/** The first rows of a kind as shapes for the map. */
export const askDrawn = (id: string, kind: RowKind, limit: number, signal?: AbortSignal): Promise<Feature[]> =>
  decoded(asked(fetch(rowsAddress(id, kind, { limit: String(limit), f: 'geojson' }), { signal, headers: { Accept: 'application/geo+json' }, cache: 'no-store' })), drawn).then((d) => d.features as unknown as Feature[]);

export const approveImport = (id: string, reason: string): Promise<ImportReceipt> =>
  decoded(asked(fetch(path(id, '/approval'), { method: 'POST', headers: { ...json, 'Content-Type': 'application/json' }, body: JSON.stringify({ reason: reason.trim() }) })), receipt);
