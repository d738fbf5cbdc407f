// The rows that a number of a footprint is made of, as what is and the scenario answer them.
import type { Outcome } from '../api/execution.ts';
import { testOf, type Pair } from './figures.ts';

type Told = Record<string, unknown>;

export interface MadeOfRow {
  /** The same in both answers. */
  id: string;
  told: Told;
  /** It is among the rows of the scenario. */
  stands?: true;
  /** What it adds; undefined where it is not among the rows, or states nothing. */
  before?: number;
  after?: number;
}

/** Rows of an output: those of a table, or the properties of features. */
function rowsOf({ result }: Outcome, layer: string): Told[] {
  const part = result[layer] as { features?: { properties: Told }[] } | Told[] | undefined;
  return Array.isArray(part) ? part : (part?.features?.map((f) => f.properties) ?? []);
}

const idOf = (layer: string, told: Told, at: number): string => {
  if (layer === 'helps') return [told.asset, told.from, told.to].join(' ');
  if (layer === 'aircraft') return String(told.asset);
  if (layer === 'changes') return String(told.change ?? at);
  return [told.collection ?? layer, told.key].join(' ');
};

/** What a row adds: its field, the people of a share, or itself where rows are counted. */
function addsOf({ how, of }: Pair, told: Told): number | undefined {
  if (how === 'count') return 1;
  const value = told[of || 'people'];
  return typeof value === 'number' ? value : undefined;
}

/** Those that change most first, then the weightiest; undefined where the page cannot tell which they are.
 * @param base absent: not known yet */
export function madeOf(pair: Pair, base: Outcome | undefined, option: Outcome | undefined): MadeOfRow[] | undefined {
  const test = pair.where ? testOf(pair.where) : () => true;
  if (!test || !pair.layer) return undefined;
  const rows = new Map<string, MadeOfRow>();
  const put = (side: 'before' | 'after', outcome: Outcome | undefined) =>
    (outcome ? rowsOf(outcome, pair.layer) : []).forEach((told, at) => {
      if (!test(told)) return;
      const id = idOf(pair.layer, told, at);
      rows.set(id, { ...rows.get(id), id, told, [side]: addsOf(pair, told), ...(side === 'after' && { stands: true }) });
    });
  put('before', base);
  put('after', option);
  const moved = ({ before = 0, after = 0 }: MadeOfRow) => Math.abs(after - before);
  return [...rows.values()].sort((a, b) => moved(b) - moved(a) || (b.after ?? b.before ?? 0) - (a.after ?? a.before ?? 0));
}
