// What is typed or drawn and not yet saved: the record as it was read, and what is to be different.
import type { Geometry } from 'geojson';
import type { Patch } from '../api/edit.ts';
import type { Version } from '../api/shapes.ts';
import { nameOf } from '../map/layers/layer.ts';

export interface Draft {
  collection: string;
  /** Absent: a new record. */
  key?: number;
  /** The reading that it began from, and that reading's name. A new record began from nothing. */
  base?: Version;
  etag?: string;
  /** Absent: as it was; null: no place. */
  geometry?: Geometry | null;
  /** Only fields that are to be different. */
  properties: Record<string, unknown>;
  reason: string;
  /** When it was begun, and when it was last touched, in milliseconds. */
  made: number;
  at: number;
}

export const newDraft = (collection: string, from: Partial<Draft> = {}, now = Date.now()): Draft => ({ collection, properties: {}, reason: '', made: now, at: now, ...from });

/** Names a draft among those of one user: one for each record, and any number of new ones. */
export const draftId = ({ collection, key, made }: Pick<Draft, 'collection' | 'key' | 'made'>): string => `${collection}/${key ?? `new-${made}`}`;

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** The record as it would be. */
export const mineOf = ({ base, geometry, properties }: Draft): Version => ({
  geometry: geometry === undefined ? (base?.geometry ?? null) : geometry,
  properties: { ...base?.properties, ...properties },
});

export const patchOf = ({ geometry, properties }: Draft): Patch => ({
  ...(geometry !== undefined && { geometry }),
  ...(Object.keys(properties).length > 0 && { properties }),
});

export const isChanged = ({ geometry, properties, reason, key }: Draft): boolean =>
  geometry !== undefined || Object.keys(properties).length > 0 || (key === undefined && reason !== '');

/** A field set; what is again as it was read is no change. */
export function withField(draft: Draft, name: string, value: unknown): Draft {
  const { [name]: _old, ...others } = draft.properties;
  const changed = !same(value, draft.base?.properties[name]);
  return { ...draft, properties: changed ? { ...others, [name]: value ?? null } : others };
}

export function withShape(draft: Draft, geometry: Geometry | null): Draft {
  const { geometry: _old, ...rest } = draft;
  return same(geometry, draft.base?.geometry) ? rest : { ...rest, geometry };
}

/** The same changes on a newer reading, after one of them was saved. */
export function rebased(draft: Draft, base: Version, etag: string): Draft {
  const properties = Object.fromEntries(Object.entries(draft.properties).filter(([name, value]) => !same(value, base.properties[name])));
  const moved = { ...draft, base, etag, properties };
  return draft.geometry === undefined ? moved : withShape(moved, draft.geometry);
}

/** The properties of a new record, without those left empty. */
export const filledOf = (properties: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null && value !== undefined && value !== ''));

/** What the record is called; '' where it has no name. */
export const nameOfDraft = (draft: Draft): string => nameOf(mineOf(draft).properties);
