// Saved views: documents that hold what a link does, under a short name.
import { useQuery } from '@tanstack/react-query';
import { list, object, optional, or, text } from './decode.ts';
import { askDocument, askList, changeDocument, documentOf, newId, putDocument, removeDocument, type DocumentText, type Kept, type Listed } from './documents.ts';

const body = object({ view: text, note: or(text, '') });
const document = documentOf(body);
export type SavedView = Kept<ReturnType<typeof body>>;
export type { Listed };

const changes = object({ history: list(object({ at: text, author: or(text, ''), after: optional(document) })) });

const kind = 'view';

export const askView = (id: string, signal?: AbortSignal) => askDocument(kind, id, document, '', signal);

/** Who saved a view last, when, and what it is. */
const askLast = (id: string, signal?: AbortSignal) => askDocument(kind, id, changes, '/history', signal).then((c) => c.history[0]);

export const useViews = (wanted: boolean) => useQuery({ queryKey: ['views'], enabled: wanted, queryFn: ({ signal }) => askList(kind, signal), refetchOnWindowFocus: true });
export const useLast = ({ id, version }: Listed) => useQuery({ queryKey: ['views', id, version], queryFn: ({ signal }) => askLast(id, signal) });

export type ViewText = DocumentText<{ view: string; note?: string }>;

export const addView = (view: ViewText): Promise<undefined> => putDocument(kind, newId(), view).then(() => undefined);

export const changeView = (view: Listed, how: (view: ViewText) => ViewText): Promise<undefined> => changeDocument(kind, view, document, how as (view: DocumentText<ReturnType<typeof body>>) => DocumentText<ReturnType<typeof body>>);

export const removeView = (id: string): Promise<() => Promise<unknown>> => removeDocument(kind, id, document);
