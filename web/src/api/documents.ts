// Documents that people keep on the server: views and scenarios alike, each kind with a body of its own.
import { answered, asked, decoded } from './client.ts';
import { list, number, object, optional, or, text, type Decoder } from './decode.ts';

const entry = { id: text, title: text, version: number, classification: or(text, 'unclassified'), mission: optional(text) };

const listed = object(entry);
export type Listed = ReturnType<typeof listed>;

export type Kept<B> = Listed & { body: B };
export const documentOf = <B>(body: Decoder<B>): Decoder<Kept<B>> => (v, where) => ({ ...listed(v, where), body: object({ body })(v, where).body as B });

/** What a document says of itself; the mission null is shared by all. */
export interface DocumentText<B> {
  title: string;
  body: B;
  classification: string;
  mission: string | null;
}

const json = { Accept: 'application/json' };
const path = (kind: string, id = '') => `/api/documents/${kind}${id && `/${encodeURIComponent(id)}`}`;

const documents = object({ documents: list(listed) });
export const askList = (kind: string, signal?: AbortSignal): Promise<Listed[]> => decoded(asked(fetch(path(kind), { signal, headers: json })), documents).then((d) => d.documents);

export const askDocument = <T>(kind: string, id: string, decoder: Decoder<T>, part = '', signal?: AbortSignal): Promise<T> =>
  decoded(asked(fetch(path(kind, id) + part, { signal, headers: json })), decoder);

export const putDocument = <B>(kind: string, id: string, document: DocumentText<B>, head: Record<string, string> = {}) =>
  answered(asked(fetch(path(kind, id), { method: 'PUT', headers: { ...json, ...head, 'Content-Type': 'application/json' }, body: JSON.stringify(document) })));

const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
/** Short enough to be read aloud. */
export const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (n) => letters[n % letters.length]).join('');

/** A document as it stands, with the name of that reading. */
async function readDocument<B>(kind: string, id: string, decoder: Decoder<Kept<B>>): Promise<{ document: Kept<B>; head: Record<string, string> }> {
  const { data, response } = await answered(asked(fetch(path(kind, id), { headers: json, cache: 'no-cache' })));
  return { document: decoder(data, ''), head: { 'If-Match': response.headers.get('ETag') ?? '' } };
}

const textOf = <B>({ title, body, classification, mission }: Kept<B>): DocumentText<B> => ({ title, body, classification, mission: mission ?? null });

/** Changes a document as it is known here: somebody else's change of it is never lost. */
export async function changeDocument<B>(kind: string, { id, version }: Pick<Listed, 'id' | 'version'>, decoder: Decoder<Kept<B>>, how: (document: DocumentText<B>) => DocumentText<B>): Promise<undefined> {
  const { document, head } = await readDocument(kind, id, decoder);
  await putDocument(kind, id, how(textOf(document)), document.version === version ? head : { 'If-Match': `"${version}"` });
  return undefined;
}

/** Removes a document; what it was may be put back. */
export async function removeDocument<B>(kind: string, id: string, decoder: Decoder<Kept<B>>): Promise<() => Promise<unknown>> {
  const { document, head } = await readDocument(kind, id, decoder);
  await answered(asked(fetch(path(kind, id), { method: 'DELETE', headers: { ...json, ...head } })));
  return () => putDocument(kind, id, textOf(document));
}
