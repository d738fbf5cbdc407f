// What is nearest to the place that was clicked, by the server's own measure.
import { useEffect, useMemo } from 'react';
import { useCountNear, useNearest } from '../api/queries.ts';
import type { Item } from '../api/shapes.ts';
import { useLayer, useWorld, type Layer } from '../app/world.ts';
import { formatCoord } from '../geo/coords.ts';
import { useWords } from '../i18n/words.ts';
import { useMap } from '../map/MapView.tsx';
import { foundOutcomes } from '../map/layers/incidents.ts';
import { symbolOf } from '../map/layers/index.ts';
import { nameOf, textOf } from '../map/layers/layer.ts';
import { anchorOf } from '../map/shapes.ts';
import { allOf, conditionText } from '../state/filters.ts';
import { usePrefs } from '../state/prefs.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { ChainAction } from '../medical/ChainAction.tsx';
import { RouteActions } from '../routes/RouteActions.tsx';
import { nearestLayer, nearestTitle } from './nearest.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { SymbolMark } from '../ui/SymbolMark.tsx';

const linesDrawn = 2;

export function NearestCard({ place }: { place: { lon: number; lat: number } }) {
  const words = useWords();
  const { layers } = useWorld();
  const set = useUi((u) => u.set);
  const format = usePrefs((p) => p.coords);
  const layer = nearestLayer(layers);
  const asked = useNearest(layer?.collection.id ?? '', layer ? place : undefined, layer?.counts.data?.sent ?? {});
  useLines(place, asked.data?.items);
  const title = layer ? nearestTitle(layer, words) : '';
  return (
    <section className="card nearest" aria-label={title} data-testid="nearest">
      <header className="card-head">
        <div>
          <h2>{title}</h2>
          <p><bdi dir="ltr">{formatCoord(place.lon, place.lat, format)}</bdi></p>
        </div>
        <IconButton icon="close" label={words.say('action.close')} onPress={() => set({ place: undefined })} />
      </header>
      {asked.isPending && <div className="skeleton" role="status" aria-label={words.say('state.loading')}><i /><i /><i /></div>}
      {asked.error && <p className="state bad" role="alert">{asked.error.message} <Button look="link" onPress={() => void asked.refetch()}>{words.say('state.tryAgain')}</Button></p>}
      {asked.data && layer && <List items={asked.data.items} layer={layer} />}
      <p className="note">{words.say('nearest.note')}</p>
      <IncidentsNear place={place} />
      <footer className="card-actions"><RouteActions stop={{ at: [place.lon, place.lat] }} /><ChainAction of={{ at: [place.lon, place.lat] }} /></footer>
    </section>
  );
}

const nearMetres = 25_000;

/** How many incidents of those that are shown lie about the place, and how many of them were found in time: both counted by the server. */
function IncidentsNear({ place }: { place: { lon: number; lat: number } }) {
  const { say, km } = useWords();
  const layer = useLayer('incidents');
  const sent = layer?.counts.data?.sent;
  const outcomes = layer?.fields.some((f) => f.name === 'outcome') ?? false;
  const filter = allOf([sent?.filter ?? '', conditionText('outcome', undefined, { values: foundOutcomes })]);
  const all = useCountNear('incidents', sent && { ...sent }, place, nearMetres);
  const found = useCountNear('incidents', sent && outcomes ? { ...sent, filter } : undefined, place, nearMetres);
  if (all.data === undefined || (outcomes && found.data === undefined)) return null;
  return <p className="nearest-incidents" data-testid="incidents-near" data-all={all.data} data-found={found.data}>{say('nearest.incidents', { n: all.data, found: all.data ? (found.data ?? -1) : -1, km: km(nearMetres) })}</p>;
}

function useLines(place: { lon: number; lat: number }, items: Item[] | undefined) {
  const map = useMap((m) => m.map);
  const targets = useMemo(() => (items ?? []).slice(0, linesDrawn).flatMap((i) => (i.geometry ? [anchorOf(i.geometry)] : [])), [items]);
  useEffect(() => {
    map?.setAsked(place, targets.map(([lon, lat]) => ({ lon, lat })));
    return () => map?.setAsked(undefined, []);
  }, [map, place, targets]);
}

function List({ items, layer }: { items: Item[]; layer: Layer }) {
  const words = useWords();
  const select = useView((v) => v.select);
  if (!items.length) return <p className="state">{words.say('nearest.none')}</p>;
  return (
    <ol className="nearest-list">
      {items.map((item) => {
        const symbol = symbolOf(layer.collection, item.properties);
        const care = textOf(item.properties.medical_level);
        const kind = textOf(item.properties.kind);
        return (
          <li key={item.key}>
            <button type="button" onClick={() => select({ collection: layer.collection.id, key: item.key })}>
              <SymbolMark mark={symbol ? { symbol } : layer.kind.mark} />
              <span>
                <b>{nameOf(item.properties) || `#${item.key}`}</b>
                <small>{care ? words.code('medical_level', care) : kind ? words.code('kind', kind) : ''}</small>
              </span>
              <span className="distance">
                <Icon name="arrow" turn={Number(item.properties.bearing_deg) || 0} />
                <b data-distance={String(item.properties.distance_m)}>{words.km(Number(item.properties.distance_m))}</b>
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
