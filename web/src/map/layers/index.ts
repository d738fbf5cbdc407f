// Which way of drawing belongs to a collection.
import type { Collection } from '../../api/shapes.ts';
import { bases } from './bases.ts';
import { incidents } from './incidents.ts';
import type { LayerKind } from './layer.ts';
import { plain } from './plain.ts';
import { routes } from './routes.ts';
import { ownFile } from './styleFile.ts';

const known: Record<string, LayerKind> = { bases, incidents, routes };
const made = new Map<string, LayerKind>();

export function kindOf({ id, geometryType }: Pick<Collection, 'id' | 'geometryType'>): LayerKind {
  // Anything may be imported under a built-in collection's name.
  const own = known[id] && ownFile(id).geometry === geometryType ? known[id] : undefined;
  const kind = own ?? made.get(id) ?? plain(id, geometryType);
  made.set(id, kind);
  return kind;
}

/** From this many records on a layer is drawn from tiles. Bases are few, and the tools pick them by record. */
const tilesFrom = 500;

export const isTiled = ({ id, itemCount }: Pick<Collection, 'id' | 'itemCount'>): boolean => id === 'incidents' || itemCount > (id === 'bases' ? 10 * tilesFrom : tilesFrom);

/** Bases first, incidents second: the order of the layer list. */
const order = ['bases', 'incidents', 'routes', 'hazards'];
const rank = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);

export const inListOrder = (collections: Collection[]): Collection[] => [...collections].sort((a, b) => rank(a.id) - rank(b.id));

/** The symbol of one record, where it has one of its own.
 * @param chosen as a base that is chosen: other kinds know no such */
export function symbolOf(collection: Pick<Collection, 'id' | 'geometryType'>, properties: Record<string, unknown>, chosen = false): string | undefined {
  const kind = kindOf(collection);
  const symbol = kind.symbol?.(properties) ?? ('symbol' in kind.mark ? kind.mark.symbol : undefined);
  return chosen && kind === bases ? symbol?.replace(/0$/, '1') : symbol;
}
