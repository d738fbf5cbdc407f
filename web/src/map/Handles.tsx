// Handles on what was drawn: dragged with the pointer, moved with the arrow keys, taken away with Delete.
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { formatCoord } from '../geo/coords.ts';
import type { Place } from '../geo/geodesic.ts';
import { useWords } from '../i18n/words.ts';
import { rounded } from '../state/drawn.ts';
import { beginGesture, endGesture } from '../state/history.ts';
import { usePrefs } from '../state/prefs.ts';
import { useTools } from '../state/tools.ts';
import { useView } from '../state/view.ts';
import type { MapController } from './controller.ts';
import { clickOf } from './gestures.ts';
import { useMoving } from './MapFurniture.tsx';

interface Handle {
  id: string;
  name: string;
  at: Place;
  move(to: Place): void;
  /** Undefined: it cannot be taken away alone. */
  remove?(): void;
}

const replaced = <T,>(list: T[], i: number, value: T) => list.map((old, at) => (at === i ? value : old));
const without = <T,>(list: T[], i: number) => list.filter((_, at) => at !== i);

function useHandles(): Handle[] {
  const { say } = useWords();
  const { places, within, measured } = useView((v) => v.drawn);
  const draw = useView((v) => v.draw);
  const bases = places.map((at, i): Handle => ({
    id: `base-${i}`, name: say('draw.base', { n: i + 1 }), at,
    move: (to) => draw({ places: replaced(places, i, to) }),
    remove: () => draw({ places: without(places, i) }),
  }));
  const ring = within && 'ring' in within ? within.ring : [];
  const corners = ring.map((at, i): Handle => ({
    id: `corner-${i}`, name: say('draw.corner', { n: i + 1 }), at,
    move: (to) => draw({ within: { ring: replaced(ring, i, to) } }),
    remove: ring.length > 3 ? () => draw({ within: { ring: without(ring, i) } }) : undefined,
  }));
  const points = (measured?.points ?? []).map((at, i, all): Handle => ({
    id: `measure-${i}`, name: say('measure.point', { n: i + 1 }), at,
    move: (to) => measured && draw({ measured: { ...measured, points: replaced(all, i, to) } }),
    remove: () => measured && draw({ measured: all.length > 1 ? { points: without(all, i), closed: measured.closed && all.length > 3 } : undefined }),
  }));
  return [...bases, ...corners, ...points];
}

export function Handles({ map }: { map: MapController }) {
  useMoving(map);
  return useHandles().map((handle) => <HandleButton key={handle.id} map={map} handle={handle} />);
}

const apart = 3;

function HandleButton({ map, handle }: { map: MapController; handle: Handle }) {
  const { say } = useWords();
  const format = usePrefs((p) => p.coords);
  const drag = useRef<{ x: number; y: number; moved: boolean } | undefined>(undefined);
  const { x, y } = map.project({ lon: handle.at[0], lat: handle.at[1] });
  const moveTo = (to: { x: number; y: number }) => {
    const { lon, lat } = map.unproject(to);
    handle.move(rounded([lon, lat]));
  };
  const down = (e: PointerEvent<HTMLButtonElement>) => {
    e.currentTarget.setPointerCapture(e.pointerId);
    drag.current = { x: e.clientX - x, y: e.clientY - y, moved: false };
    beginGesture();
  };
  const moved = (e: PointerEvent) => {
    const from = drag.current;
    if (!from) return;
    const to = { x: e.clientX - from.x, y: e.clientY - from.y };
    from.moved ||= Math.hypot(to.x - x, to.y - y) > apart;
    if (from.moved) moveTo(to);
  };
  const up = () => {
    const still = drag.current && !drag.current.moved;
    drag.current = undefined;
    endGesture();
    if (still) touched(map, handle.at);
  };
  return (
    <button
      type="button" className="handle" data-handle={handle.id} style={{ left: x, top: y }}
      aria-label={say('draw.handle', { name: handle.name, at: formatCoord(...handle.at, format) })} aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown Delete"
      onPointerDown={down} onPointerMove={moved} onPointerUp={up} onPointerCancel={up}
      onKeyDown={(e) => keyed(e, handle, (dx, dy) => moveTo({ x: x + dx, y: y + dy }))}
    />
  );
}

/** A press without a movement is a click on the map beneath. */
function touched(map: MapController, at: Place) {
  const { tool } = useTools.getState();
  const { x, y } = map.project({ lon: at[0], lat: at[1] });
  if (tool && tool !== 'base')
    clickOf(tool, at, (p) => {
      const q = map.project({ lon: p[0], lat: p[1] });
      return Math.hypot(q.x - x, q.y - y);
    });
}

const steps: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function keyed(e: KeyboardEvent, handle: Handle, shift: (dx: number, dy: number) => void) {
  const step = steps[e.key];
  const far = e.shiftKey ? 1 : 8;
  if (step) shift(step[0] * far, step[1] * far);
  else if (e.key === 'Delete' || e.key === 'Backspace') handle.remove?.();
  else return;
  e.preventDefault();
  e.stopPropagation();
}
