// A tool that draws with the button or the finger held down: the map stays where it is meanwhile.
import type { Map as GlMap, MapMouseEvent, MapTouchEvent } from 'maplibre-gl';
import type { LonLat } from './controller.ts';

/** A tool in hand takes the clicks, and Enter in the map's middle, in place of records and places. */
export interface MapTool {
  click(at: LonLat): void;
  enter(at: LonLat): void;
  move(at: LonLat): void;
  /** Absent: a drag moves the map. */
  drag?: { begin(at: LonLat): void; on(at: LonLat): void; end(): void };
}

/** Pixels from which on a press is a drag, and between the places that are told. */
const least = 4;

type Press = MapMouseEvent | MapTouchEvent;
const isOne = (e: Press) => ('points' in e ? e.points.length === 1 : e.originalEvent.button === 0);

export function listenDrags(map: GlMap, inHand: () => MapTool | undefined) {
  let last: { x: number; y: number } | undefined;
  let begun = false;
  const lonLat = ({ lngLat }: Press) => ({ lon: lngLat.wrap().lng, lat: lngLat.lat });
  const start = (e: Press) => {
    if (!inHand()?.drag) return;
    // Two fingers move the map, with a tool in hand too.
    if (!isOne(e)) return stop();
    e.preventDefault();
    [last, begun] = [e.point, false];
  };
  const move = (e: Press) => {
    const drag = inHand()?.drag;
    if (!drag || !last || Math.hypot(e.point.x - last.x, e.point.y - last.y) < least) return;
    if (!begun) {
      const from = map.unproject([last.x, last.y]).wrap();
      drag.begin({ lon: from.lng, lat: from.lat });
    }
    [last, begun] = [e.point, true];
    drag.on(lonLat(e));
  };
  /** The click that ends a drag where it began is no click. */
  let ended = false;
  const stop = () => {
    if (begun) {
      ended = true;
      setTimeout(() => (ended = false));
      inHand()?.drag?.end();
    }
    [last, begun] = [undefined, false];
  };
  map.getCanvasContainer().addEventListener('click', (e) => ended && e.stopImmediatePropagation(), true);
  map.on('mousedown', start);
  map.on('touchstart', start);
  map.on('mousemove', move);
  map.on('touchmove', move);
  for (const end of ['mouseup', 'touchend', 'touchcancel']) addEventListener(end, stop);
  map.once('remove', () => ['mouseup', 'touchend', 'touchcancel'].forEach((end) => removeEventListener(end, stop)));
}
