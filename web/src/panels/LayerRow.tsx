// One layer of the list: its legend and its state. A layer's trouble never blocks another layer.
import { ToggleButton } from 'react-aria-components';
import { ApiError } from '../api/client.ts';
import { layerIds, placedOf, useWorld, type Layer } from '../app/world.ts';
import { useWords } from '../i18n/words.ts';
import { LayerNews } from '../live/LiveChip.tsx';
import { useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { SymbolMark } from '../ui/SymbolMark.tsx';
import { Legend } from './Legend.tsx';

export function LayerRow({ layer }: { layer: Layer }) {
  const words = useWords();
  const { collection, kind, visible } = layer;
  const name = words.collection(collection);
  return (
    <li className="layer" data-layer={collection.id} data-visible={visible} aria-busy={isBusy(layer) || undefined}>
      <div className="layer-head">
        <span className="layer-mark"><SymbolMark mark={kind.mark} /></span>
        <span className="layer-name">{name}</span>
        <span className="layer-count"><CountText layer={layer} /></span>
        {collection.geometryType === 'none' ? <TableLink layer={layer} name={name} /> : <Eye layer={layer} name={name} />}
      </div>
      {visible && <Legend layer={layer} />}
      <LayerState layer={layer} />
      <LayerNews collection={collection.id} />
    </li>
  );
}

/** "14", or "6 of 14" when a filter leaves some out. */
export function CountText({ layer }: { layer: Layer }) {
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

/** Asked anew while the answer before stays in sight. */
const isBusy = ({ counts, visible, tiled, tiles, records }: Layer) => counts.isFetching || (visible && (tiled ? tiles : records).isFetching);

function LayerState({ layer }: { layer: Layer }) {
  const { say } = useWords();
  const openTable = useView((v) => v.openTable);
  const { counts, visible, collection } = layer;
  const drawn = layer.tiled ? layer.tiles : layer.records;
  const failed = counts.error ?? (visible ? drawn.error : null);
  if (failed) return <Failed error={failed} retry={() => void (counts.error ? counts.refetch() : drawn.refetch())} kept={Boolean(drawn.data)} />;
  if (!counts.data || (visible && !drawn.data)) return counts.isFetching || drawn.isFetching ? <p className="state busy" role="status">{say('state.loading')}</p> : null;
  if (counts.data.matched === 0 && counts.data.all > 0) return <Empty layer={layer} />;
  const { placeless = 0 } = placedOf(layer) ?? {};
  if (!visible || !placeless) return null;
  return <p className="state">{say('state.placeless', { n: placeless })} <Button look="link" onPress={() => openTable(collection.id)}>{say('table.open')}</Button></p>;
}

/** Why nothing is left, and a way out. */
function Empty({ layer }: { layer: Layer }) {
  const { say } = useWords();
  const clear = useView((v) => v.clearFilters);
  const setTime = useView((v) => v.setTime);
  const filtered = useView((v) => v.filters[layer.collection.id] !== undefined) || layer.counts.data?.space !== undefined;
  if (!filtered && layer.counts.data?.chosen.datetime) return <p className="state">{say('state.emptyTime')} <Button look="link" onPress={() => setTime(undefined)}>{say('time.all')}</Button></p>;
  return <p className="state">{say('state.empty')} <Button look="link" onPress={clear}>{say('filters.clear')}</Button></p>;
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
