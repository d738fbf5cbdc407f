// The rows that a number of a footprint is made of, as what is and the scenario answer them.
import type { Geometry } from 'geojson';
import type { Outcome } from '../api/execution.ts';
import type { MessageId } from '../i18n/languages.ts';
import { anchorOf } from '../map/shapes.ts';
import { testOf, type Pair } from './figures.ts';

export type Told = Record<string, unknown>;

/** Of which rows a number is made, and how. */
export interface Made {
  /** By its name and unit its figures are written. */
  measure: string;
  unit: string;
  /** The output of the answers whose rows these are. */
  layer: string;
  is(row: Told): boolean;
  /** What a row adds; undefined where it states nothing. */
  value(row: Told): number | undefined;
  /** A row that is among them on one side tells what it states on the other, too, and this where that is nothing. */
  both?: { none: MessageId };
  /** How it is made of them; absent: not told. */
  how?: string;
  /** The parameters that it hangs on. */
  inputs?: string[];
}

export interface MadeOfRow {
  /** The same in both answers. */
  id: string;
  told: Told;
  /** Where it is; absent for a row of a table. */
  at?: [lon: number, lat: number];
  /** It is among the rows of the base line, and of the scenario. */
  stood?: true;
  stands?: true;
  before?: number;
  after?: number;
}

/** Undefined where the page cannot tell which rows they are. */
export function madeBy(pair: Pair): Made | undefined {
  const { measure, unit, layer, where, how, of, inputs } = pair;
  const is = where ? testOf(where) : () => true;
  if (!is || !layer) return undefined;
  const field = of || 'people';
  const stated = (row: Told) => (typeof row[field] === 'number' ? row[field] : undefined);
  // Where rows are counted each adds itself; a share is of people.
  return { measure, unit, layer, is, value: how === 'count' ? () => 1 : stated, how, inputs };
}

type Row = Pick<MadeOfRow, 'told' | 'at'>;

/** Rows of an output: those of a table, or the properties of features and where they are. */
function rowsIn({ result }: Outcome, layer: string): Row[] {
  const part = result[layer] as { features?: { properties: Told; geometry?: Geometry | null }[] } | Told[] | undefined;
  if (Array.isArray(part)) return part.map((told) => ({ told }));
  return part?.features?.map(({ properties, geometry }) => ({ told: properties, ...(geometry && { at: anchorOf(geometry) }) })) ?? [];
}

/** The collection whose record a row tells of. */
export const collectionOf = (layer: string, told: Told): string => {
  if (layer === 'helps' || layer === 'aircraft') return 'assets';
  if (typeof told.collection === 'string' && told.collection) return told.collection;
  return layer === 'areas' ? 'bases' : layer;
};

/** What tells a row or a shape of an answer from all others, in any answer to the same question. */
export const idOf = (layer: string, told: Told, at = 0): string => {
  if (typeof told.cell === 'string') return told.cell;
  if (layer === 'helps') return [told.asset, told.from, told.to].join(' ');
  if (layer === 'aircraft') return String(told.asset);
  if (layer === 'changes') return String(told.change ?? at);
  if (layer === 'union') return String(told.bases);
  return [told.collection ?? layer, told.key].join(' ');
};

/** Those that change most first, then the weightiest.
 * @param sides of what is and of what would be; absent: not known yet */
export function rowsOf({ layer, is, value, both }: Made, sides: [base: Outcome | undefined, option: Outcome | undefined]): MadeOfRow[] {
  const rows = new Map<string, MadeOfRow>();
  sides.forEach((outcome, side) =>
    (outcome ? rowsIn(outcome, layer) : []).forEach((row, i) => {
      const among = is(row.told);
      if (!among && !both) return;
      const id = idOf(layer, row.told, i);
      const mine = side === 0 ? { before: value(row.told), ...(among && { stood: true as const }) } : { after: value(row.told), ...(among && { stands: true as const }) };
      rows.set(id, { ...rows.get(id), id, ...row, ...mine });
    }),
  );
  const moved = ({ before = 0, after = 0 }: MadeOfRow) => Math.abs(after - before);
  return [...rows.values()].filter((r) => r.stood ?? r.stands).sort((a, b) => moved(b) - moved(a) || (b.after ?? b.before ?? 0) - (a.after ?? a.before ?? 0));
}

/** How many rows on either side state nothing: the number leaves them out. */
export const unstatedIn = (rows: MadeOfRow[]): [before: number, after: number] => [
  rows.filter((r) => r.stood && r.before === undefined).length,
  rows.filter((r) => r.stands && r.after === undefined).length,
];

/** Shows the row that is looked at. */
export const intoView = (row: HTMLElement | null) => row?.scrollIntoView({ block: 'nearest' });
