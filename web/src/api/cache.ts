// The one cache of answers. What was asked of the past is another question than the same of the present.
import { hashKey, QueryClient } from '@tanstack/react-query';
import { past } from '../state/past.ts';
import { ApiError } from './client.ts';

// A refusal is an answer and is not asked again; a silent way to the server is tried twice more.
const retry = (failures: number, error: Error) => failures < 2 && error instanceof ApiError && (error.status === 0 || error.status === 503);

/** What is the same at any time that the page shows, or is only asked of the present. */
const undated = new Set<unknown>(['session', 'messages', 'landing', 'schema', 'queryables', 'process', 'changes', 'change', 'history', 'edit', 'alerts', 'alert', 'alerts-open', 'alert-rules', 'alert-rule']);

export const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: 60_000, refetchOnWindowFocus: false, retry, retryDelay: 600, queryKeyHashFn: (key) => hashKey(undated.has(key[0]) ? key : [key, past()]) } },
});

/** Whether a cached question is about one of these collections, or about all of them. */
export function concerns(key: readonly unknown[], collections: readonly string[]): boolean {
  const [kind, of] = key;
  if (kind === 'collections' || kind === 'landing' || kind === 'changes') return true;
  const named = typeof of === 'object' && of !== null && 'collection' in of ? of.collection : of;
  return typeof named === 'string' && collections.includes(named);
}

/** Asks anew what is about these collections, and only that. */
export const refresh = (collections: readonly string[]) => queries.invalidateQueries({ predicate: (q) => concerns(q.queryKey, collections) });
