// The scenario as features for the map: bases that close, move or open, and the places that gain or lose.
import type { Feature, Geometry } from 'geojson';
import type { Shift } from '../api/footprints.ts';
import type { Place } from '../geo/geodesic.ts';
import type { Item } from '../api/shapes.ts';
import type { Words } from '../i18n/words.ts';
import { holds, type Change } from '../state/scenario.ts';
import type { BaseRow } from './figures.ts';

const feature = (part: string, geometry: Geometry, properties: Record<string, unknown> = {}): Feature => ({ type: 'Feature', properties: { part, ...properties }, geometry });
const point = (at: Place): Geometry => ({ type: 'Point', coordinates: at });

export interface Looks {
  /** The symbol of a base, open or closed, or open and changed. */
  symbol(row: BaseRow, state: 'open' | 'closed' | 'changed'): string;
  /** Whether a change has happened by the day that is looked at. */
  holds(change: Change): boolean;
}

export function baseFeatures(rows: BaseRow[], { symbol, holds }: Looks): Feature[] {
  return rows.flatMap((row) => {
    const { key, station, before, gone, fate, name } = row;
    if (gone) return [feature('closed', point(station.at), { icon: symbol(row, 'closed') })];
    const stands = (state: 'open' | 'changed') => feature('new', point(station.at), { icon: symbol(row, state), name, key });
    if (!before) return [stands('changed')];
    const changed = fate.change && holds(fate.change);
    if (!fate.move || !holds(fate.move)) return changed ? [feature('changed', point(station.at), { icon: symbol(row, 'changed') })] : [];
    return [feature('way', { type: 'LineString', coordinates: [before.at, station.at] }), feature('left', point(before.at), { icon: symbol(row, 'closed') }), stands(changed ? 'changed' : 'open')];
  });
}

/** What a base looks by: its record, with what the scenario says of it by the day. */
export function looksOf(row: BaseRow, items: Item[], changes: Change[] = [], day?: string, closed = false): Record<string, unknown> {
  const { key, opening, fate } = row;
  const change = fate.change && holds(fate.change, day) ? fate.change : undefined;
  return { kind: 'company', ...items.find((i) => i.key === key)?.properties, ...(opening !== undefined && changes[opening]?.fields), ...change?.fields, status: closed ? 'closed' : 'open' };
}

export const shiftFeatures = (shifts: Shift[], dim: boolean): Feature[] =>
  shifts.map((s) => feature('shift', point(s.at), { key: s.key, change: s.change, people: s.people ?? 0, ...(dim && { dim: 1 }) }));

/** From what loses most to what gains most: the order of the legend. */
export const shiftKinds = ['lost', 'later', 'sooner', 'gained'] as const;

export const shiftText = ({ say }: Words, change: string): string => {
  const kind = shiftKinds.find((k) => k === change);
  return kind ? say(`plan.shift.${kind}`) : change;
};
