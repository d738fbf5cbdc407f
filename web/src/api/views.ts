// Saved views: documents that hold what a link does, under a short name.
import { useQuery } from '@tanstack/react-query';
import { answered, asked, decoded } from './client.ts';
import { list, number, object, optional, or, text } from './decode.ts';

const body = object({ view: text, note: or(text, '') });
const entry = { id: text, title: text, version: number, classification: or(text, 'unclassified'), mission: optional(text) };

const listed = object(entry);
export type Listed = ReturnType<typeof listed>;

const document = object({ ...entry, body });
export type SavedView = ReturnType<typeof document>;

const views = object({ documents: list(listed) });
const changes = object({ history: list(object({ at: text, author: or(text, ''), after: optional(document) })) });

const json = { Accept: 'application/json' };
const path = (id = '') => `/api/documents/view${id && `/${encodeURIComponent(id)}`}`;

const askViews = (signal?: AbortSignal) => decoded(asked(fetch(path(), { signal, headers: json })), views).then((v) => v.documents);

export const askView = (id: string, signal?: AbortSignal) => decoded(asked(fetch(path(id), { signal, headers: json })), document);

/** Who saved a view last, when, and what it is. */
const askLast = (id: string, signal?: AbortSignal) => decoded(asked(fetch(`${path(id)}/history`, { signal, headers: json })), changes).then((c) => c.history[0]);

export const useViews = (wanted: boolean) => useQuery({ queryKey: ['views'], enabled: wanted, queryFn: ({ signal }) => askViews(signal), refetchOnWindowFocus: true });
export const useLast = ({ id, version }: Listed) => useQuery({ queryKey: ['views', id, version], queryFn: ({ signal }) => askLast(id, signal) });

/** What a view says of itself; the mission null is shared by all. */
export interface ViewText {
  title: string;
  body: { view: string; note?: string };
  classification: string;
  mission: string | null;
}

const put = (id: string, view: ViewText, head: Record<string, string> = {}) =>
  answered(asked(fetch(path(id), { method: 'PUT', headers: { ...json, ...head, 'Content-Type': 'application/json' }, body: JSON.stringify(view) })));

const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
/** Short enough to be read aloud. */
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (n) => letters[n % letters.length]).join('');

export const addView = (view: ViewText): Promise<undefined> => put(newId(), view).then(() => undefined);

/** A view as it stands, with the name of that reading. */
async function readView(id: string): Promise<{ view: SavedView; head: Record<string, string> }> {
  const { data, response } = await answered(asked(fetch(path(id), { headers: json, cache: 'no-cache' })));
  return { view: document(data, ''), head: { 'If-Match': response.headers.get('ETag') ?? '' } };
}

const textOf = ({ title, body: of, classification, mission }: SavedView): ViewText => ({ title, body: of, classification, mission: mission ?? null });

/** Changes a view as it is known here: somebody else's change of it is never lost. */
export async function changeView({ id, version }: Listed, how: (view: ViewText) => ViewText): Promise<undefined> {
  const { view, head } = await readView(id);
  await put(id, how(textOf(view)), view.version === version ? head : { 'If-Match': `"${version}"` });
  return undefined;
}

/** Removes a view; what it was may be put back. */
export async function removeView(id: string): Promise<() => Promise<unknown>> {
  const { view, head } = await readView(id);
  await answered(asked(fetch(path(id), { method: 'DELETE', headers: { ...json, ...head } })));
  return () => put(id, textOf(view));
}
