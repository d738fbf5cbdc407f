// Who asks, and what he may do: asked of the server, never guessed.
import { useQuery } from '@tanstack/react-query';
import { asked, decoded } from './client.ts';
import { list, object, optional, or, text, type Decoder } from './decode.ts';

export type Role = 'reader' | 'analyst' | 'editor' | 'administrator';

const truth: Decoder<boolean> = (v) => v === true;

export const session = object({
  name: optional(text),
  role: optional(text as Decoder<Role>),
  ceiling: or(text, 'unclassified'),
  /** Absent: all missions. */
  missions: optional(list(text)),
  /** When the session ends by itself; absent: it does not. */
  expires: optional(text),
  signedIn: truth,
  required: truth,
  oidc: truth,
  editable: truth,
});
export type Session = ReturnType<typeof session>;

const path = '/api/session';
const json = { Accept: 'application/json' };

export const askSession = (signal?: AbortSignal) => decoded(asked(fetch(path, { signal, headers: json })), session);

export const signIn = (token: string) =>
  decoded(asked(fetch(path, { method: 'POST', headers: { ...json, 'Content-Type': 'application/json' }, body: JSON.stringify({ token }) })), session);

export const signOut = () => decoded(asked(fetch(path, { method: 'DELETE' })), () => undefined);

/** The organisation's own sign-in: the browser goes there and comes back. */
export const oidcPath = `${path}/oidc`;

export const useSession = () => useQuery({ queryKey: ['session'], queryFn: ({ signal }) => askSession(signal), staleTime: 60_000, refetchOnWindowFocus: true });

const editors = new Set<string | undefined>(['editor', 'administrator']);

/** Whether records may be changed here by who asks. */
export const mayEdit = (s: Pick<Session, 'editable' | 'role'> | undefined): boolean => s !== undefined && s.editable && editors.has(s.role);

const analysts = new Set<string | undefined>(['analyst', ...editors]);

/** Whether documents, such as saved views, may be kept here by who asks. */
export const mayKeep = (s: Pick<Session, 'editable' | 'role'> | undefined): boolean => s !== undefined && s.editable && analysts.has(s.role);

/** Whether he sees all there is, and so may set the senders' own ids. */
export const seesAll = (s: Pick<Session, 'ceiling' | 'missions'> | undefined): boolean => s !== undefined && s.ceiling === 'strictly_confidential' && s.missions === undefined;
