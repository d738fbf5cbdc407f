// Rows of a table, of which only those in sight are in the page: ten thousand rows scroll as ten do.
import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { Field, Item } from '../api/shapes.ts';
import { useWorld, type Layer } from '../app/world.ts';
import { formatCoord } from '../geo/coords.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { symbolOf } from '../map/layers/index.ts';
import { nameOf } from '../map/layers/layer.ts';
import { anchorOf } from '../map/shapes.ts';
import { useMap } from '../map/MapView.tsx';
import { usePrefs } from '../state/prefs.ts';
import { isPlacedWell } from '../state/selection.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { SymbolCanvas } from '../ui/SymbolMark.tsx';

const rowHeight = 28;
const margin = 12;

interface Props {
  layer: Layer;
  fields: Field[];
  items: Item[];
  matched: number;
}

const present = (v: unknown) => v !== null && v !== undefined && v !== '';

/** Fields that some loaded row has a value for, the telling ones first: a column of blanks, or of the one mission chosen, says nothing. */
export function columnsOf({ kind }: Pick<Layer, 'kind'>, fields: Field[], items: Item[], mission: string): Field[] {
  const first = kind.columns ?? [];
  const rank = (f: Field) => (first.includes(f.name) ? first.indexOf(f.name) : first.length);
  const told = fields.filter((f) => !f.geometry && f.name !== 'name' && f.name !== 'id' && f.type !== 'object' && !(mission && f.name === 'mission'));
  return told.filter((f) => items.some((i) => present(i.properties[f.name]))).sort((a, b) => rank(a) - rank(b));
}
const numeric = (f: Field) => f.type === 'integer' || f.type === 'number';

export function TableRows({ layer, fields, items, matched }: Props) {
  const words = useWords();
  const [top, setTop] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const { mission } = useWorld();
  const columns = useMemo(() => columnsOf({ kind: layer.kind }, fields, items, mission), [layer.kind, fields, items, mission]);
  const named = items.some((i) => nameOf(i.properties));
  useFollow(box, layer.collection.id, items);
  const first = Math.max(0, Math.floor(top / rowHeight) - margin);
  const last = Math.min(items.length, first + Math.ceil(900 / rowHeight) + 2 * margin);
  return (
    <div className="table-scroll" ref={box} onScroll={(e) => setTop(e.currentTarget.scrollTop)} tabIndex={0} role="region" aria-label={words.collection(layer.collection)}>
      <table className="table" aria-rowcount={matched + 1}>
        <thead>
          <tr>
            <th scope="col">{named ? words.field({ name: 'name', title: '' }) : words.say('table.number')}</th>
            {columns.map((f) => <th scope="col" key={f.name} className={numeric(f) ? 'end' : undefined}>{words.parts([words.field(f), words.unit(f.unit)])}</th>)}
            <th scope="col">{words.say('table.place')}</th>
          </tr>
        </thead>
        <tbody>
          <Gap rows={first} columns={columns.length + 2} />
          {items.slice(first, last).map((item, i) => <Row key={item.key} layer={layer} item={item} columns={columns} index={first + i + 2} words={words} />)}
          <Gap rows={items.length - last} columns={columns.length + 2} />
        </tbody>
      </table>
    </div>
  );
}

/** The selected record's row comes into sight when it was selected elsewhere. */
function useFollow(box: RefObject<HTMLDivElement | null>, collection: string, items: Item[]) {
  const key = useView((v) => (v.selected?.collection === collection ? v.selected.key : undefined));
  const at = items.findIndex((i) => i.key === key);
  useEffect(() => {
    const { current } = box;
    if (!current || at < 0) return;
    const [top, room] = [at * rowHeight, current.clientHeight - 2 * rowHeight];
    if (top < current.scrollTop || top > current.scrollTop + room) current.scrollTo({ top: Math.max(0, top - room / 2) });
  }, [box, at]);
}

/** Stands for the rows that are scrolled away. */
const Gap = ({ rows, columns }: { rows: number; columns: number }) =>
  rows > 0 ? <tr aria-hidden="true"><td colSpan={columns} style={{ height: rows * rowHeight, padding: 0 }} /></tr> : null;

function Row({ layer, item, columns, index, words }: { layer: Layer; item: Item; columns: Field[]; index: number; words: Words }) {
  const format = usePrefs((p) => p.coords);
  const id = layer.collection.id;
  const selected = useView((v) => v.selected?.collection === id && v.selected.key === item.key);
  const show = useShow(id, item);
  const symbol = symbolOf(layer.collection, item.properties);
  return (
    <tr aria-rowindex={index} aria-selected={selected} data-key={item.key}>
      <th scope="row">
        <button type="button" onClick={show}>
          {symbol && <SymbolCanvas name={symbol} />}
          {nameOf(item.properties) || words.count(item.key)}
        </button>
      </th>
      {columns.map((f) => {
        const value = item.properties[f.name];
        return <td key={f.name} className={numeric(f) ? 'end' : undefined} data-zero={value === 0 || undefined}>{words.cell(f, value)}</td>;
      })}
      <td dir="ltr" className="place">{item.geometry ? formatCoord(...anchorOf(item.geometry), format) : words.say('card.noPlace')}</td>
    </tr>
  );
}

/** Selects the record, and brings it into view on the map when it is not. */
function useShow(collection: string, item: Item) {
  const map = useMap((m) => m.map);
  const select = useView((v) => v.select);
  const set = useUi((u) => u.set);
  return () => {
    set({ place: undefined });
    select({ collection, key: item.key });
    if (!map || !item.geometry || !isPlacedWell(item.properties)) return;
    const [lon, lat] = anchorOf(item.geometry);
    const { west, south, east, north, zoom } = map.view();
    if (lon < west || lon > east || lat < south || lat > north) map.goTo({ lon, lat }, zoom);
  };
}
