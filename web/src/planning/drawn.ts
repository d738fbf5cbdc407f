// The scenario as features for the map: bases that close, move or open, and the places that gain or lose.
import type { Feature, Geometry } from 'geojson';
import type { Shift } from '../api/footprints.ts';
import type { Place } from '../geo/geodesic.ts';
import type { BaseRow } from './figures.ts';

const feature = (part: string, geometry: Geometry, properties: Record<string, unknown> = {}): Feature => ({ type: 'Feature', properties: { part, ...properties }, geometry });
const point = (at: Place): Geometry => ({ type: 'Point', coordinates: at });

export interface Looks {
  /** The symbol of a base, open or closed. */
  symbol(row: BaseRow, state: 'open' | 'closed'): string;
}

export function baseFeatures(rows: BaseRow[], { symbol }: Looks): Feature[] {
  return rows.flatMap((row) => {
    const { station, before, gone, fate, name } = row;
    if (gone) return [feature('closed', point(station.at), { icon: symbol(row, 'closed') })];
    const to = fate.move?.to?.coordinates;
    if (before && to) return [feature('way', { type: 'LineString', coordinates: [before.at, to] }), feature('left', point(before.at), { icon: symbol(row, 'closed') }), feature('new', point(to), { icon: symbol(row, 'open'), name })];
    return before ? [] : [feature('new', point(station.at), { icon: symbol(row, 'open'), name })];
  });
}

export const shiftFeatures = (shifts: Shift[], dim: boolean): Feature[] =>
  shifts.map((s) => feature('shift', point(s.at), { change: s.change, people: s.people ?? 0, ...(dim && { dim: 1 }) }));

/** From what loses most to what gains most: the order of the legend. */
export const shiftKinds = ['lost', 'later', 'sooner', 'gained'] as const;
