// Asks the server that sent this page, and no other.
import createClient from 'openapi-fetch';
import { DecodeError, type Decoder } from './decode.ts';
import type { paths } from './schema.d.ts';
import { problemOf } from './shapes.ts';

/** What the server (or the way to it) said was wrong. */
export class ApiError extends Error {
  readonly status: number;
  readonly parameter?: string;
  constructor(status: number, message: string, parameter?: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.parameter = parameter;
  }
}

export const api = createClient<paths>({ baseUrl: '/api' });

interface Answer {
  data?: unknown;
  error?: unknown;
  response: Response;
}

/** The decoded answer, or an ApiError with the server's own sentence. */
export async function decoded<T>(asked: Promise<Answer>, decoder: Decoder<T>): Promise<T> {
  const { data, error, response } = await asked.catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError(0, '');
  });
  if (!response.ok) throw apiError(response, error);
  return decoder(data, '');
}

function apiError(response: Response, body: unknown): ApiError {
  try {
    const problem = problemOf(body, '');
    return new ApiError(response.status, problem.detail || problem.title, problem.parameter);
  } catch (e) {
    if (e instanceof DecodeError) return new ApiError(response.status, response.statusText);
    throw e;
  }
}

/** Follows a link of an answer on our own origin, whatever host it names: a proxy may stand between. */
export async function follow<T>(href: string, decoder: Decoder<T>, signal?: AbortSignal): Promise<T> {
  const { pathname, search } = new URL(href, location.href);
  const asked = fetch(pathname + search, { signal, headers: { Accept: 'application/geo+json, application/json' } });
  return decoded(asked.then(async (response) => {
    const body: unknown = await response.json().catch(() => undefined);
    return response.ok ? { data: body, response } : { error: body, response };
  }), decoder);
}
