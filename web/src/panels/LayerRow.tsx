// One layer of the list: its legend and its state. A layer's trouble never blocks another layer.
import { ToggleButton } from 'react-aria-components';
import { layerCap } from '../api/queries.ts';
import { ApiError } from '../api/client.ts';
import type { Item } from '../api/shapes.ts';
import { layerIds, useWorld, type Layer } from '../app/world.ts';
import { useWords, type Words } from '../i18n/words.ts';
import type { LegendClass } from '../map/layers/layer.ts';
import { useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { SymbolMark } from '../ui/SymbolMark.tsx';

export function LayerRow({ layer }: { layer: Layer }) {
  const words = useWords();
  const { collection, kind, visible } = layer;
  const name = words.collection(collection);
  return (
    <li className="layer" data-layer={collection.id} data-visible={visible}>
      <div className="layer-head">
        <span className="layer-mark"><SymbolMark mark={kind.mark} /></span>
        <span className="layer-name">{name}</span>
        <span className="layer-count"><CountText layer={layer} /></span>
        {collection.geometryType === 'none' ? <TableLink layer={layer} name={name} /> : <Eye layer={layer} name={name} />}
      </div>
      {visible && <Legend layer={layer} />}
      <LayerState layer={layer} />
    </li>
  );
}

/** "14", or "6 of 14" when a filter leaves some out. */
function CountText({ layer }: { layer: Layer }) {
  const { say, count } = useWords();
  const counts = layer.counts.data;
  if (!counts) return <>–</>;
  return <>{counts.matched === counts.all ? count(counts.all) : say('count.of', { n: count(counts.matched), all: count(counts.all) })}</>;
}

function Eye({ layer, name }: { layer: Layer; name: string }) {
  const { say } = useWords();
  const { layers } = useWorld();
  const showLayers = useView((v) => v.showLayers);
  const id = layer.collection.id;
  const toggle = (on: boolean) => showLayers(on ? [...layerIds(layers), id] : layerIds(layers).filter((l) => l !== id));
  return (
    <ToggleButton className="button icon-only" isSelected={layer.visible} onChange={toggle} aria-label={say('layers.show', { name })}>
      <Icon name={layer.visible ? 'eye' : 'hidden'} />
    </ToggleButton>
  );
}

/** A collection without places has no eye: its records stand in the table. */
function TableLink({ layer, name }: { layer: Layer; name: string }) {
  const { say } = useWords();
  const openTable = useView((v) => v.openTable);
  return (
    <Button look="quiet" icon="table" aria-label={say('layers.table', { name })} onPress={() => openTable(layer.collection.id)} />
  );
}

/** How many of the loaded records are in each class, most important class first. */
export function classCounts(layer: Layer, items: Item[]): { legend: LegendClass; n: number }[] {
  const counted = new Map<string, number>();
  for (const { properties } of items) {
    const id = layer.kind.classOf(properties);
    if (id) counted.set(id, (counted.get(id) ?? 0) + 1);
  }
  const order = layer.kind.classes.map((c) => c.id);
  const extra = [...counted.keys()].filter((id) => !order.includes(id)).map((id) => ({ id, mark: layer.kind.mark }));
  return [...layer.kind.classes, ...extra].flatMap((legend) => (counted.has(legend.id) ? [{ legend, n: counted.get(legend.id) ?? 0 }] : []));
}

function Legend({ layer }: { layer: Layer }) {
  const words = useWords();
  const items = layer.records.data?.items ?? [];
  const classes = classCounts(layer, items);
  const care = layer.collection.id === 'bases' ? items.filter((i) => /^L([234]|2\+)$/.test(String(i.properties.medical_level))).length : 0;
  if (!classes.length) return null;
  return (
    <ul className="legend" data-compact={layer.collection.id === 'routes' || undefined}>
      {classes.map(({ legend, n }) => (
        <li key={legend.id}>
          <span className="layer-mark"><SymbolMark mark={legend.mark} /></span>
          <span className="layer-name">{classLabel(layer, legend.id, words)}</span>
          {!layer.partial && <span className="layer-count">{words.count(n)}</span>}
        </li>
      ))}
      {care > 0 && (
        <li>
          <span className="layer-mark"><SymbolMark mark={{ symbol: 'base/battalion/1/open/0' }} /></span>
          <span className="layer-name">{words.say('legend.surgery')}</span>
          {!layer.partial && <span className="layer-count">{words.count(care)}</span>}
        </li>
      )}
      {layer.collection.id === 'incidents' && <SizeKey words={words} />}
    </ul>
  );
}

function SizeKey({ words }: { words: Words }) {
  const sizes = ['0', '1–4', '5+'];
  return (
    <li className="size-key">
      <span className="layer-name">{words.say('legend.hurt')}</span>
      {sizes.map((label, i) => <span key={label}><SymbolMark mark={{ symbol: `incident/harm/${i}` }} />{label}</span>)}
    </li>
  );
}

const classLabel = (layer: Layer, id: string, words: Words) =>
  layer.collection.id === 'incidents' ? words.say(`legend.${id}` as 'legend.detonated') : words.code(layer.kind.classField ?? 'kind', id);

function LayerState({ layer }: { layer: Layer }) {
  const { say, count } = useWords();
  const openTable = useView((v) => v.openTable);
  const clear = useView((v) => v.clearFilters);
  const { counts, records, visible, collection } = layer;
  const failed = counts.error ?? (visible ? records.error : null);
  if (failed) return <Failed error={failed} retry={() => void (counts.error ? counts.refetch() : records.refetch())} kept={Boolean(records.data)} />;
  if (counts.isFetching || (visible && records.isFetching)) return <p className="state busy" role="status">{say('state.loading')}</p>;
  if (!counts.data) return null;
  if (counts.data.matched === 0 && counts.data.all > 0)
    return <p className="state">{say('state.empty')} <Button look="link" onPress={clear}>{say('filters.clear')}</Button></p>;
  if (!visible || !records.data) return null;
  if (layer.partial) return <p className="state">{say('state.partial', { n: count(records.data.items.length), all: count(counts.data.matched), most: count(layerCap) })}</p>;
  const placeless = records.data.items.filter((i) => !i.geometry).length;
  if (!placeless) return null;
  return <p className="state">{say('state.placeless', { n: placeless })} <Button look="link" onPress={() => openTable(collection.id)}>{say('table.open')}</Button></p>;
}

function Failed({ error, retry, kept }: { error: Error; retry(): void; kept: boolean }) {
  const { say } = useWords();
  const reason = error instanceof ApiError && error.status > 0 ? error.message : error instanceof ApiError ? say('state.unreachable') : error.message;
  return (
    <p className="state bad" role="alert">
      <Icon name="warning" /> {reason} {say(kept ? 'state.kept' : 'state.nothing')} <Button look="link" onPress={retry}>{say('state.tryAgain')}</Button>
    </p>
  );
}
