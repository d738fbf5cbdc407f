// Asks the server that sent this page, and no other.
import createClient from 'openapi-fetch';
import { DecodeError, list, number, object, optional, or, text, type Decoder } from './decode.ts';
import type { paths } from './schema.d.ts';
import { problemOf, version, type Version } from './shapes.ts';
import type { Warning } from './warning.ts';

/** A record that others have built on: what the undo would make of it, and what stands now. */
export interface Clash {
  collection: string;
  key: number;
  yours: Version | null;
  theirs: Version | null;
}

interface Refusal {
  parameter?: string;
  code?: string;
  /** The message by a code, for other languages. */
  said?: Warning;
  clashes?: Clash[];
  /** How long the server asks to wait. */
  waitSeconds?: number;
}

/** What the server (or the way to it) said was wrong. */
export class ApiError extends Error {
  readonly status: number;
  readonly parameter?: string;
  readonly code?: string;
  readonly said?: Warning;
  readonly clashes: Clash[];
  readonly waitSeconds?: number;
  constructor(status: number, message: string, { parameter, code, said, clashes = [], waitSeconds }: Refusal = {}) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.parameter = parameter;
    this.code = code;
    this.said = said;
    this.clashes = clashes;
    this.waitSeconds = waitSeconds;
  }
}

export const api = createClient<paths>({ baseUrl: '/api' });

export interface Answer {
  data?: unknown;
  error?: unknown;
  response: Response;
}

/** Told when the server no longer knows who asks. */
export const signedOut = new Set<() => void>();

/** The answer, or an ApiError with the server's own sentence. */
export async function answered(asked: Promise<Answer>): Promise<Answer> {
  const answer = await asked.catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError(0, '');
  });
  if (answer.response.status === 401) signedOut.forEach((tell) => tell());
  if (!answer.response.ok) throw apiError(answer.response, answer.error);
  return answer;
}

/** The decoded answer. It carries the marking that the server put on it, where it is an object. */
export async function decoded<T>(asked: Promise<Answer>, decoder: Decoder<T>): Promise<T> {
  const { data, response } = await answered(asked);
  return marked(decoder(data, ''), response.headers.get('Bivouac-Classification'));
}

/** The value with a marking, as a property of its own: so it stays with the value in every cache. */
export function marked<T>(value: T, marking: string | null | undefined): T {
  if (marking && typeof value === 'object' && value !== null && !Array.isArray(value)) Object.assign(value, { marking });
  return value;
}

const clash: Decoder<Clash> = (v, where) => {
  const { yours, theirs, ...of } = object({ collection: text, key: number, yours: optional(version), theirs: optional(version) })(v, where);
  return { ...of, yours: yours ?? null, theirs: theirs ?? null };
};
const clashesOf = object({ code: optional(text), clashes: or(list(clash), []) });

export function apiError(response: Response, body: unknown): ApiError {
  const waitSeconds = Number(response.headers.get('Retry-After')) || undefined;
  try {
    const problem = problemOf(body, '');
    return new ApiError(response.status, problem.detail || problem.title, { parameter: problem.parameter, said: problem.said, ...clashesOf(body, ''), waitSeconds });
  } catch (e) {
    if (e instanceof DecodeError) return new ApiError(response.status, response.statusText, { waitSeconds });
    throw e;
  }
}

/** Follows a link of an answer on our own origin, whatever host it names: a proxy may stand between. */
export async function follow<T>(href: string, decoder: Decoder<T>, signal?: AbortSignal): Promise<T> {
  const { pathname, search } = new URL(href, location.href);
  return decoded(asked(fetch(pathname + search, { signal, headers: { Accept: 'application/geo+json, application/json' } })), decoder);
}

/** A plain response in the form of the typed client's. */
export async function asked(response: Promise<Response>): Promise<Answer> {
  const got = await response;
  const body: unknown = await got.json().catch(() => undefined);
  return got.ok ? { data: body, response: got } : { error: body, response: got };
}
