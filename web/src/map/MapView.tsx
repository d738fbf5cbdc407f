// The map on the page: makes the controller and keeps it in step with the view. Everything else asks the controller.
import { useEffect, useRef, useState, type RefObject } from 'react';
import { create } from 'zustand';
import { boundsOfLayer, useWorld, type Layer, type World } from '../app/world.ts';
import { tileTemplate } from '../api/tiles.ts';
import { useWords } from '../i18n/words.ts';
import { usePrefs } from '../state/prefs.ts';
import { rounded } from '../state/drawn.ts';
import type { Scene } from '../state/medical.ts';
import { withNext, type Stop } from '../state/plan.ts';
import { takeBase, takesBase } from '../planning/takeBase.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { MapController, type LonLat } from './controller.ts';
import type { Hit, TileSource } from './data.ts';
import { useLive } from '../live/store.ts';
import { past } from '../state/past.ts';
import { nameOf } from './layers/layer.ts';
import { anchorOf, cellBox } from './shapes.ts';
import { markedUrl } from './tileMarks.ts';
import { ComparedMap } from './ComparedMap.tsx';
import { MapFurniture } from './MapFurniture.tsx';
import { ofPeriod, usePeriods } from './comparedPeriod.ts';

/** The one controller of the page, while there is a map. */
export const useMap = create<{ map?: MapController }>()(() => ({}));

/** A link that names a place is followed; else the page opens on the mission. Known when the first map is made. */
let linked: boolean | undefined;

const wholeWorld = { zoom: 1.6, lat: 12, lng: 12 };

export function MapView() {
  const { say } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const map = useController(box, say('map.label'));
  return (
    <>
      <div ref={box} className="map-canvas" id="map" data-testid="map" />
      {map && <MapSync map={map} />}
      {map && <ComparedMap main={map} />}
      <MapFurniture />
    </>
  );
}

/** The map in the box, once it is ready. It is this component's own: when the shell changes with the window, another stands in its place, and what was drawn for the old one must not reach for it. */
function useController(box: RefObject<HTMLDivElement | null>, label: string): MapController | undefined {
  const first = useRef(label);
  const [ready, setReady] = useState<MapController>();
  useEffect(() => {
    if (!box.current) return;
    linked ??= useView.getState().position !== undefined;
    const map = new MapController(box.current, useView.getState().position ?? wholeWorld, first.current, mapEvents);
    let gone = false;
    void map.ready.then(() => {
      if (gone) return;
      useMap.setState({ map });
      setReady(map);
    });
    const size = new ResizeObserver(() => map.resize());
    size.observe(box.current);
    return () => {
      gone = true;
      size.disconnect();
      useMap.setState({ map: undefined });
      map.destroy();
    };
  }, [box]);
  return ready;
}

/** The last place the page itself put in the link, to tell a link that was followed from our own writing. */
let written: unknown;

/** In the workspace of the routes what is touched is an end of the way that is still missing. */
function takeStop(stop: Stop): boolean {
  const { plan, setPlan } = useView.getState();
  const next = useUi.getState().panel === 'routes' ? withNext(plan, stop) : undefined;
  if (next) setPlan(next);
  return next !== undefined;
}

/** Beside the chain of care what is touched is where the casualty lies. */
function takeScene(from: Scene): boolean {
  const open = useUi.getState().panel === 'medical';
  if (open) useView.getState().setMedical({ from });
  return open;
}

/** As many records of one heap are listed at once. */
const listed = 12;

export const mapEvents = {
  record(collection: string, key: number, hit: Hit) {
    if (takeStop({ at: hit.at, name: nameOf(hit.properties) || undefined })) return;
    if (takeScene(collection === 'bases' ? { base: key } : collection === 'places' ? { town: key } : { at: hit.at })) return;
    if (useUi.getState().panel === 'plan' && collection === 'bases' && takesBase(hit.properties)) return takeBase({ key, name: nameOf(hit.properties) });
    if (useUi.getState().panel === 'footprint' && collection === 'bases') return useView.getState().togglePick(key);
    useUi.getState().set({ place: undefined, group: undefined, shift: undefined, sheet: 'half' });
    useView.getState().select({ collection, key });
  },
  /** A heap is opened by going nearer, and listed when it is small or nearer does not help. */
  group(hit: Hit) {
    if (takeStop({ at: hit.at }) || takeScene({ at: hit.at })) return;
    const map = useMap.getState().map;
    const zoom = map?.position().zoom ?? 0;
    const [lon, lat] = hit.at;
    if (hit.count > listed && zoom < 16) return map?.goTo({ lon, lat }, Math.min(17, zoom + 2));
    useView.getState().select(undefined);
    useUi.getState().set({ place: undefined, shift: undefined, group: { ...hit, box: cellBox(hit.at, zoom) }, sheet: 'half' });
  },
  place(place: LonLat) {
    const { panel } = useUi.getState();
    if (panel === 'footprint' || takeStop({ at: rounded([place.lon, place.lat]) }) || panel === 'routes' || takeScene({ at: rounded([place.lon, place.lat]) })) return;
    useView.getState().select(undefined);
    if (panel === 'edit') return;
    useUi.getState().set({ place, group: undefined, shift: undefined, sheet: 'half' });
  },
  result(result: number) {
    useView.getState().select(undefined);
    useUi.getState().set({ result, place: undefined, group: undefined, shift: undefined, sheet: 'half' });
  },
  shift(shift: number) {
    useView.getState().select(undefined);
    useUi.getState().set({ shift, result: undefined, place: undefined, group: undefined, sheet: 'half' });
  },
  way(id: string) {
    useUi.getState().set({ place: undefined, group: undefined });
    useView.getState().chooseWay(id);
  },
  opened: takeBase,
  overResult: (resultHover: number | undefined) => useUi.getState().resultHover !== resultHover && useUi.getState().set({ resultHover }),
  cursor: (cursor: LonLat) => useUi.getState().set({ cursor }),
  moved(position: { zoom: number; lat: number; lng: number }) {
    written = position;
    useView.getState().move(position);
  },
};

function MapSync({ map }: { map: MapController }) {
  const world = useWorld();
  useLayersOn(map, ofPeriod(world.layers, usePeriods()?.[0]));
  useFreshTiles(map);
  useMissionOn(map, world);
  useLook(map);
  const picked = useView((v) => v.footprint.bases);
  useEffect(() => map.setPicked(picked), [map, picked]);
  const position = useView((v) => v.position);
  useEffect(() => {
    // A movement may have come between the render and this effect: only what the state still holds is followed.
    if (position && position !== written && position === useView.getState().position) map.jump(position);
  }, [map, position]);
  return null;
}

export function useLayersOn(map: MapController, layers: Layer[]) {
  const drawn = useRef(new Map<string, unknown>());
  const asof = useView((v) => v.asof);
  useEffect(() => {
    // From the top of the list down: within a slot the first layer drawn stays lowest, so the list is taken backwards.
    for (const layer of [...layers].reverse()) {
      const { collection, kind, visible, records } = layer;
      const next: unknown = layer.tiled ? visible && layer.tileQuery && JSON.stringify([layer.tileQuery, asof]) : records.data?.items;
      if (!next || drawn.current.get(collection.id) === next) {
        map.setVisible(collection.id, visible);
        continue;
      }
      drawn.current.set(collection.id, next);
      if (layer.tiled) map.setTiles(collection.id, kind, tileSources(layer), visible);
      else map.setRecords(collection.id, kind, records.data?.items ?? [], visible);
    }
  }, [map, layers, asof]);
}

/** Tiles whose records have changed are asked for again. */
export function useFreshTiles(map: MapController) {
  const epochs = useLive((l) => l.epochs);
  const done = useRef(epochs);
  useEffect(() => {
    for (const [collection, epoch] of Object.entries(epochs)) if (done.current[collection] !== epoch) map.refreshTiles(collection);
    done.current = epochs;
  }, [map, epochs]);
}

const tileSources = ({ collection, kind, counts, tileQuery, fields }: Layer): TileSource[] => {
  const known = (names: string[]) => names.filter((n) => fields.some((f) => f.name === n)).join(',');
  return kind.tiled(counts.data?.matched ?? 0).map((part) => {
    const extra = { properties: known(part.properties), sum: known(part.sum), groupby: known(part.groupby) };
    const asked = Object.entries(extra).filter(([name, value]) => value || name === 'properties');
    return { part, template: markedUrl(tileTemplate(collection.id, { ...tileQuery, ...Object.fromEntries(asked), ...past() })) };
  });
};

/** Goes to a mission when it is chosen, and shades its ground; a link with a place of its own stays there. */
function useMissionOn(map: MapController, world: World) {
  const { mission, layers, loading } = world;
  const at = useRef<string | undefined>(undefined);
  const bases = layers.find((l) => l.collection.id === 'bases') ?? layers.find((l) => l.visible);
  const asked = bases?.tiled ? bases.tiles : bases?.records;
  const items = bases?.records.data?.items;
  const settled = bases !== undefined && asked?.data !== undefined && !asked.isFetching && !asked.isPlaceholderData && !bases.counts.isPlaceholderData;
  useEffect(() => {
    if (loading || !settled || at.current === mission) return;
    const first = at.current === undefined;
    at.current = mission;
    void map.setMission((items ?? []).flatMap((i) => (i.geometry ? [anchorOf(i.geometry)] : [])), mission !== '');
    const bounds = boundsOfLayer(bases);
    if (bounds && !(first && linked)) map.fit(bounds);
  }, [map, mission, bases, items, settled, loading]);
}

export function useLook(map: MapController) {
  const theme = usePrefs((p) => p.theme);
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) map.restyle();
    first.current = false;
  }, [map, theme]);
  const { language, country } = useWords();
  useEffect(() => void map.setCountryNames(country, language), [map, country, language]);
}
