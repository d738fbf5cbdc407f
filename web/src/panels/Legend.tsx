// The classes of a layer with their counts: of its records, or where tiles stand for them by the server's own count.
import type { Indicator } from '../api/indicator.ts';
import { useIndicator } from '../api/queries.ts';
import type { Item } from '../api/shapes.ts';
import type { Layer } from '../app/world.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { cellClasses } from '../map/layers/incidents.ts';
import type { LayerKind, LegendClass } from '../map/layers/layer.ts';
import { singlesFrom } from '../map/layers/styleFile.ts';
import { asInputs } from '../state/selection.ts';
import { useView } from '../state/view.ts';
import { SymbolMark } from '../ui/SymbolMark.tsx';

export interface ClassCount {
  legend: LegendClass;
  n: number;
}

/** Counts by class, in the order of the legend; classes it does not know come last. */
function ordered(kind: LayerKind, counted: Map<string, number>): ClassCount[] {
  const order = kind.classes.map((c) => c.id);
  const extra = [...counted.keys()].filter((id) => !order.includes(id)).map((id) => ({ id, mark: kind.mark }));
  return [...kind.classes, ...extra].flatMap((legend) => (counted.has(legend.id) ? [{ legend, n: counted.get(legend.id) ?? 0 }] : []));
}

function tally(entries: { id: string | undefined; n: number }[]): Map<string, number> {
  const counted = new Map<string, number>();
  for (const { id, n } of entries) if (id) counted.set(id, (counted.get(id) ?? 0) + n);
  return counted;
}

export const classCounts = (kind: LayerKind, items: Item[]): ClassCount[] => ordered(kind, tally(items.map(({ properties }) => ({ id: kind.classOf(properties), n: 1 }))));

export function groupCounts(kind: LayerKind, groups: Indicator['groups']): ClassCount[] {
  return ordered(kind, tally(groups.map(({ value, count }) => ({ id: kind.classOf(kind.classField ? { [kind.classField]: value } : {}), n: count }))));
}

export function Legend({ layer }: { layer: Layer }) {
  const words = useWords();
  const { kind, collection } = layer;
  const items = layer.records.data?.items ?? [];
  const groups = useGroups(layer);
  const classes = layer.tiled ? groupCounts(kind, groups) : classCounts(kind, items);
  const care = collection.id === 'bases' ? items.filter((i) => /^L([234]|2\+)$/.test(String(i.properties.medical_level))).length : 0;
  if (!classes.length) return null;
  return (
    <ul className="legend" data-compact={collection.id === 'routes' || undefined}>
      {classes.map(({ legend, n }) => (
        <li key={legend.id} data-class={legend.id}>
          <span className="layer-mark"><SymbolMark mark={legend.mark} /></span>
          <span className="layer-name">{classLabel(layer, legend.id, words)}</span>
          <span className="layer-count">{words.count(n)}</span>
        </li>
      ))}
      {care > 0 && (
        <li>
          <span className="layer-mark"><SymbolMark mark={{ symbol: 'base/battalion/1/open/0' }} /></span>
          <span className="layer-name">{words.say('legend.surgery')}</span>
          <span className="layer-count">{words.count(care)}</span>
        </li>
      )}
      {collection.id === 'incidents' && <IncidentKey crowd={layer.counts.data?.matched ?? 0} />}
    </ul>
  );
}

const none: Indicator['groups'] = [];

function useGroups({ tiled, collection, counts, kind, fields }: Layer): Indicator['groups'] {
  const wanted = tiled && kind.classField && counts.data && fields.some((f) => f.name === kind.classField);
  const asked = useIndicator(wanted && counts.data ? { ...asInputs(collection.id, counts.data.chosen), period: 'none', groupby: kind.classField } : undefined);
  return asked.data?.groups ?? none;
}

const classLabel = (layer: Layer, id: string, words: Words) =>
  layer.collection.id === 'incidents' ? words.say(`legend.${id}` as 'legend.detonated') : words.code(layer.kind.classField ?? 'kind', id);

/** What the marks mean at this zoom: sizes by people hurt, or cells by count. */
function IncidentKey({ crowd }: { crowd: number }) {
  const words = useWords();
  const inCells = useView((v) => v.position !== undefined && v.position.zoom < singlesFrom(crowd));
  return inCells ? <CellKey crowd={crowd} words={words} /> : <SizeKey words={words} />;
}

function SizeKey({ words }: { words: Words }) {
  const sizes = ['0', '1–4', '5+'];
  return (
    <li className="size-key">
      <span className="layer-name">{words.say('legend.hurt')}</span>
      {sizes.map((label, i) => <span key={label}><SymbolMark mark={{ symbol: `incident/harm/${i}` }} /><bdi dir="ltr">{label}</bdi></span>)}
    </li>
  );
}

function CellKey({ crowd, words }: { crowd: number; words: Words }) {
  const classes = cellClasses(crowd);
  const label = (i: number) => {
    const [from, next] = [classes[i]?.from ?? 0, classes[i + 1]?.from];
    return next === undefined ? `${words.count(from)}+` : next - 1 === from ? words.count(from) : `${words.count(from)}–${words.count(next - 1)}`;
  };
  return (
    <li className="cell-key">
      <small>{words.say('legend.cells')}</small>
      <span className="cell-ramp">{classes.map(({ from, colour }, i) => <span key={from}><i style={{ background: `var(--${colour})` }} />{label(i)}</span>)}</span>
    </li>
  );
}
