// Drafts of one user in this browser: they survive a reload and a lost connection, and go when they are saved or given up.
import { anything, number, object, optional, or, record, text, type Decoder } from '../api/decode.ts';
import { version } from '../api/shapes.ts';
import { draftId, type Draft } from '../edit/draft.ts';

const stored = object({ collection: text, key: optional(number), base: optional(version), etag: optional(text), geometry: anything, properties: or(record, {}), reason: or(text, ''), made: number, at: number });

const draft: Decoder<Draft> = (v, where) => {
  const { geometry, ...rest } = stored(v, where);
  return { ...rest, ...(geometry !== undefined && { geometry: geometry as Draft['geometry'] }) };
};

const prefix = (user: string) => `bivouac.draft.${encodeURIComponent(user)}/`;

/** Storage may be refused or full: then a draft lasts until the page is left. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

const keysOf = (user: string): string[] => attempt(() => Object.keys(localStorage).filter((k) => k.startsWith(prefix(user)))) ?? [];

/** The newest first; what cannot be read is left out. */
export function loadDrafts(user: string): Draft[] {
  const found = keysOf(user).flatMap((k) => attempt(() => draft(JSON.parse(localStorage.getItem(k) ?? ''), k)) ?? []);
  return found.sort((a, b) => b.at - a.at);
}

export const storeDraft = (user: string, d: Draft): void => void attempt(() => localStorage.setItem(prefix(user) + draftId(d), JSON.stringify(d)));

export const dropDraft = (user: string, d: Draft): void => void attempt(() => localStorage.removeItem(prefix(user) + draftId(d)));

export const dropDrafts = (user: string): void => keysOf(user).forEach((k) => attempt(() => localStorage.removeItem(k)));
