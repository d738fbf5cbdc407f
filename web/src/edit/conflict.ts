// Two versions of one record that cannot both stand: where they differ, who changed what, and what comes of the choices.
import type { Patch } from '../api/edit.ts';
import type { Version } from '../api/shapes.ts';
import { same } from './draft.ts';

export interface Sides {
  /** What both began from, where it is known. */
  base?: Version;
  /** Null: the record is to be gone, or is gone. */
  mine: Version | null;
  theirs: Version | null;
}

export type Side = 'mine' | 'theirs';

export interface Difference {
  /** '' is the shape. */
  field: string;
  mine: unknown;
  theirs: unknown;
  /** Who differs from what both began from. */
  by: 'me' | 'them' | 'both';
}

export const shapeField = '';

const valueOf = (v: Version | undefined, field: string): unknown => (field === shapeField ? v?.geometry : v?.properties[field]);

/** Fields that differ, the shape last; none where one of the sides is gone: then it is the whole record or nothing. */
export function differencesOf({ base, mine, theirs }: Sides): Difference[] {
  if (!mine || !theirs) return [];
  const names = [...new Set([...Object.keys(theirs.properties), ...Object.keys(mine.properties)])];
  return [...names, shapeField].flatMap((field): Difference[] => {
    const [m, t] = [valueOf(mine, field), valueOf(theirs, field)];
    if (same(m, t)) return [];
    const [byMe, byThem] = [!same(m, valueOf(base, field)), !same(t, valueOf(base, field))];
    return [{ field, mine: m, theirs: t, by: base === undefined || (byMe && byThem) ? 'both' : byMe ? 'me' : 'them' }];
  });
}

/** What one side alone has changed is taken from it; what both have, from mine. */
export const firstChoices = (differences: Difference[]): Record<string, Side> =>
  Object.fromEntries(differences.map(({ field, by }) => [field, by === 'them' ? 'theirs' : 'mine']));

export const allOf = (differences: Difference[], side: Side): Record<string, Side> => Object.fromEntries(differences.map(({ field }) => [field, side]));

/** What has to be changed in their version, so that it holds what was chosen; empty where theirs stands. */
export function resolutionOf(differences: Difference[], choices: Record<string, Side>): Patch {
  const own = differences.filter(({ field }) => choices[field] === 'mine');
  const shape = own.find(({ field }) => field === shapeField);
  const properties = Object.fromEntries(own.filter(({ field }) => field !== shapeField).map(({ field, mine }) => [field, mine ?? null]));
  return {
    ...(shape && { geometry: (shape.mine ?? null) as Patch['geometry'] }),
    ...(Object.keys(properties).length > 0 && { properties }),
  };
}
