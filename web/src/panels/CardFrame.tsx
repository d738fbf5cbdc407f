// What every card of a record has: its heading, its state while it loads, and what can be done next.
import { useState, type ReactNode } from 'react';
import { ApiError } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import type { Item } from '../api/shapes.ts';
import { openFilters, openPanel, useMayEdit } from '../app/openPanel.ts';
import { useWorld, type Layer } from '../app/world.ts';
import { useWords } from '../i18n/words.ts';
import { symbolOf } from '../map/layers/index.ts';
import { anchorOf } from '../map/shapes.ts';
import { HistoryList } from '../past/HistoryList.tsx';
import { isRadius, usualMetres } from '../state/space.ts';
import type { Scene } from '../state/medical.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { SymbolMark } from '../ui/SymbolMark.tsx';
import { nearestLayer, nearestTitle } from './nearest.ts';
import { ChainAction } from '../medical/ChainAction.tsx';
import { ScenarioActions } from '../planning/ScenarioActions.tsx';
import { RouteActions } from '../routes/RouteActions.tsx';
import { RecordSheet } from './RecordSheet.tsx';

export interface CardProps {
  layer: Layer;
  itemKey: number;
  item: Item | undefined;
  error: Error | null;
  /** Only the heading: the table below says the rest. */
  brief: boolean;
}

interface FrameProps extends CardProps {
  title: string;
  where: ReactNode;
  children: ReactNode;
}

export function CardFrame({ layer, itemKey, item, error, brief, title, where, children }: FrameProps) {
  const { say } = useWords();
  const select = useView((v) => v.select);
  const kept = useSession().data?.editable === true;
  const symbol = item && symbolOf(layer.collection, item.properties);
  return (
    <section className="card" aria-label={title} data-testid="details">
      <header className="card-head">
        <SymbolMark mark={symbol ? { symbol } : layer.kind.mark} />
        <div>
          <h2>{title}</h2>
          {item && <p>{where}</p>}
        </div>
        <IconButton icon="close" label={say('action.close')} onPress={() => select(undefined)} />
      </header>
      {!item && !error && <div className="skeleton" role="status" aria-label={say('state.loading')}><i /><i /><i /></div>}
      {!item && error && <p className="state bad" role="alert">{error.message}</p>}
      {!item && kept && error instanceof ApiError && error.status === 404 && <HistoryList collection={layer.collection.id} itemKey={itemKey} title={title} />}
      {item && !brief && <Tabbed collection={layer.collection.id} itemKey={item.key} title={title}>{children}</Tabbed>}
    </section>
  );
}

/** What the record is now, or how it became so. */
function Tabbed({ collection, itemKey, title, children }: { collection: string; itemKey: number; title: string; children: ReactNode }) {
  const { say } = useWords();
  const known = useSession().data?.editable === true;
  const [past, setPast] = useState(false);
  if (!known) return children;
  return (
    <>
      <div className="tabs card-tabs" role="tablist" aria-label={title}>
        <button type="button" role="tab" className="tab" aria-selected={!past} onClick={() => setPast(false)}>{say('card.now')}</button>
        <button type="button" role="tab" className="tab" aria-selected={past} onClick={() => setPast(true)}>{say('history.title')}</button>
      </div>
      {past ? <HistoryList collection={collection} itemKey={itemKey} title={title} /> : children}
    </>
  );
}

/** The filter by place about a record: as far as a base's patrols go, where it says so. */
function filterNear({ key, geometry, properties }: Item, { collection }: Layer) {
  if (!geometry) return;
  const patrol = Number(properties.patrol_radius_km) * 1000;
  useView.getState().setSpace({ near: anchorOf(geometry), metres: isRadius(patrol) ? patrol : usualMetres, of: { collection: collection.id, key } });
  openFilters();
}

const sceneOf = ({ key, geometry }: Item, { collection: { id } }: Layer): Scene | undefined => (id === 'bases' ? { base: key } : id === 'places' ? { town: key } : geometry ? { at: anchorOf(geometry) } : undefined);

/** @param help what the way to the nearest bases is called here */
export function Actions({ item, layer, title, help }: { item: Item; layer: Layer; title: string; help?: string }) {
  const words = useWords();
  const { layers } = useWorld();
  const set = useUi((u) => u.set);
  const [open, setOpen] = useState(false);
  const mayEdit = useMayEdit();
  const nearest = nearestLayer(layers);
  const ask = () => {
    if (!item.geometry) return;
    const [lon, lat] = anchorOf(item.geometry);
    set({ place: { lon, lat } });
  };
  return (
    <footer className="card-actions">
      <Button onPress={() => setOpen(true)}>{words.say('card.open')}</Button>
      {mayEdit && <Button icon="edit" onPress={() => openPanel('edit')}>{words.say('edit.record')}</Button>}
      {item.geometry?.type === 'Point' && <Button icon="circle" onPress={() => filterNear(item, layer)}>{words.say('space.near')}</Button>}
      {item.geometry && nearest && <Button onPress={ask}>{help ?? nearestTitle(nearest, words)}</Button>}
      {item.geometry && <RouteActions stop={{ at: anchorOf(item.geometry), name: title }} />}
      {item.geometry?.type === 'Point' && <ChainAction of={sceneOf(item, layer)} />}
      <ScenarioActions collection={layer.collection.id} itemKey={item.key} title={title} status={item.properties.status} />
      <RecordSheet item={item} layer={layer} title={title} open={open} close={() => setOpen(false)} />
    </footer>
  );
}
