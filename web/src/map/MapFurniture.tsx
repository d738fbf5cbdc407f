// What has a fixed place on the map: degree ticks, scale, tools, attribution and the boundary note.
import { useEffect, useState } from 'react';
import { AlertsOnMap } from '../alerts/AlertsOnMap.tsx';
import { ImportOnMap } from '../importing/ImportOnMap.tsx';
import { boundsOfLayer, useWorld } from '../app/world.ts';
import { useWords } from '../i18n/words.ts';
import { useUi } from '../state/ui.ts';
import { IconButton } from '../ui/Button.tsx';
import { useCredits } from './credits.ts';
import { degreeLabel, gridStep, ticks, whole } from './graticule.ts';
import { scaleLength } from './scale.ts';
import type { MapController } from './controller.ts';
import { takeRuler } from './gestures.ts';
import { MapAnswer } from './MapAnswer.tsx';
import { MapTools } from './MapTools.tsx';
import { useMap } from './MapView.tsx';
import { ResultOnMap } from './ResultOnMap.tsx';
import { MedicalOnMap } from '../medical/MedicalOnMap.tsx';
import { PlanOnMap } from '../planning/PlanOnMap.tsx';
import { RoutesOnMap } from '../routes/RoutesOnMap.tsx';
import { useTools } from '../state/tools.ts';

/** Draws again with every frame of a movement. */
export function useMoving(map: MapController): void {
  const [, again] = useState(0);
  useEffect(() => {
    const tell = () => again((n) => n + 1);
    // The map may have moved between the first drawing and this.
    const first = requestAnimationFrame(tell);
    const stop = map.watch(tell);
    return () => {
      cancelAnimationFrame(first);
      stop();
    };
  }, [map]);
}

export function MapFurniture() {
  const map = useMap((m) => m.map);
  return (
    <>
      {map && <Ticks map={map} />}
      {map && <Scale map={map} />}
      {map && <Tools map={map} />}
      {map && <MapTools map={map} />}
      {map && <ResultOnMap map={map} />}
      {map && <AlertsOnMap map={map} />}
      {map && <ImportOnMap map={map} />}
      {map && <RoutesOnMap map={map} />}
      {map && <PlanOnMap map={map} />}
      {map && <MedicalOnMap map={map} />}
      <MapAnswer />
      <Attribution />
    </>
  );
}

/** In pixels: half of the widest name of a degree, the row of those at the top, and what the scale takes at the foot. */
const [tickHalf, tickHead, scaleFoot] = [24, 30, 36];

function Ticks({ map }: { map: MapController }) {
  useMoving(map);
  const { west, south, east, north, zoom } = map.view();
  const step = gridStep(zoom);
  const middle = (south + north) / 2;
  const { x: width, y: height } = map.project({ lon: east, lat: south });
  const across = ticks(west, east, step).map((lon) => ({ degree: lon, at: map.project({ lon, lat: middle }).x, text: degreeLabel(lon, 'E', 'W') }));
  const up = ticks(south, north, step).map((lat) => ({ degree: lat, at: map.project({ lon: west, lat }).y, text: degreeLabel(lat, 'N', 'S') }));
  return (
    <div className="ticks" aria-hidden="true">
      {whole(across, 0, width, tickHalf).map(({ degree, at, text }) => <span key={degree} className="tick-x" style={{ left: at }}>{text}</span>)}
      {whole(up, tickHead, height - scaleFoot, 0).map(({ degree, at, text }) => <span key={degree} className="tick-y" style={{ top: at }}>{text}</span>)}
    </div>
  );
}

function Scale({ map }: { map: MapController }) {
  useMoving(map);
  const { km } = useWords();
  const perPixel = map.metresPerPixel();
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
  const { panel, set } = useUi();
  const { tool, hold } = useTools();
  const fit = () => {
    const drawn = layers.find((l) => l.visible && l.collection.id === 'bases') ?? layers.find((l) => l.visible);
    const bounds = drawn && boundsOfLayer(drawn);
    if (bounds) map.fit(bounds);
  };
  return (
    <div className="tools" role="group" aria-label={say('map.tools')}>
      <IconButton icon="plus" label={say('map.zoomIn')} onPress={() => map.zoom(1)} />
      <IconButton icon="minus" label={say('map.zoomOut')} onPress={() => map.zoom(-1)} />
      <IconButton icon="frame" label={say('map.fit')} onPress={fit} />
      <i className="tools-line" />
      {layers.some((l) => l.collection.id === 'bases') && <IconButton icon="pencil" label={say('footprint.open')} aria-pressed={panel === 'footprint'} onPress={() => set({ panel: 'footprint', drawer: true, sheet: 'full', place: undefined })} />}
      <IconButton icon="ruler" label={say('measure.open')} aria-pressed={tool === 'measure'} onPress={() => (tool === 'measure' ? hold(undefined) : takeRuler())} />
      <IconButton icon="keys" label={say('keys.open')} onPress={() => set({ keys: true })} />
    </div>
  );
}

/** The boundary note and the sources of the base map are always on the map (on the phone behind the i); those of the data behind the i. */
function Attribution() {
  const { say } = useWords();
  const { boundaries, disputes, ours, theirs } = useCredits();
  const [open, setOpen] = useState(false);
  return (
    <div className="attribution" data-open={open}>
      <p>
        {disputes.length > 0 && <span className="disputes">{disputes.join(' ')} </span>}
        {boundaries} <bdi>{ours.join(' · ')}</bdi>
        {open && theirs.map((a) => <bdi key={a} className="theirs">{a}</bdi>)}
      </p>
      <IconButton icon="info" label={say('map.sources')} aria-expanded={open} onPress={() => setOpen(!open)} />
    </div>
  );
}
