// What was changed, by whom and why: commits of the whole store, and the history of one record.
import { asked, decoded } from './client.ts';
import { list, number, object, optional, or, text, type Decoder } from './decode.ts';
import { version } from './shapes.ts';

export const touch = object({ collection: optional(text), document: optional(text), added: or(number, 0), replaced: or(number, 0), removed: or(number, 0) });
export type Touch = ReturnType<typeof touch>;

const commitShape = { version: number, at: text, author: or(text, ''), reason: or(text, ''), undoes: optional(number) };

export const commit = object({ ...commitShape, touched: or(list(touch), []) });
export type Commit = ReturnType<typeof commit>;

export type Op = 'add' | 'replace' | 'remove';
const op = text as Decoder<Op>;
const sides = { op, before: optional(version), after: optional(version) };

const changedRecord = object({ collection: text, key: number, ...sides });
export type ChangedRecord = ReturnType<typeof changedRecord>;

export const commitDetail = object({ ...commitShape, touched: or(list(touch), []), records: or(list(changedRecord), []), more: (v) => v === true });
export type CommitDetail = ReturnType<typeof commitDetail>;

const historyEntry = object({ ...commitShape, ...sides });
export type HistoryEntry = ReturnType<typeof historyEntry>;
export const history = object({ history: list(historyEntry) });

const link = object({ rel: or(text, ''), href: text });
export const commits = object({ changes: list(commit), links: or(list(link), []) });

export const receipt = object({ version: number, at: or(text, ''), keys: or(list(number), []) });
export type Receipt = ReturnType<typeof receipt>;

const json = { Accept: 'application/json' };
const get = <T>(path: string, decoder: Decoder<T>, signal?: AbortSignal) => decoded(asked(fetch(path, { signal, headers: json })), decoder);

export const changesPage = 50;

/** The latest changes, those before a version where one is given. */
export const askChanges = (before: number | undefined, signal?: AbortSignal) =>
  get(`/api/changes?limit=${changesPage}${before === undefined ? '' : `&before=${before}`}`, commits, signal).then((c) => c.changes);

export const askChange = (v: number, signal?: AbortSignal) => get(`/api/changes/${v}`, commitDetail, signal);

export const askHistory = (collection: string, key: number, signal?: AbortSignal) =>
  get(`/api/collections/${encodeURIComponent(collection)}/items/${key}/history`, history, signal).then((h) => h.history);
