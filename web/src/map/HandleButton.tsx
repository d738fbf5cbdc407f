// One handle on the map: dragged with the pointer, moved with the arrow keys, taken away with Delete.
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { formatCoord } from '../geo/coords.ts';
import type { Place } from '../geo/geodesic.ts';
import { useWords } from '../i18n/words.ts';
import type { MessageId } from '../i18n/languages.ts';
import { rounded } from '../state/drawn.ts';
import { beginGesture, endGesture } from '../state/history.ts';
import { usePrefs } from '../state/prefs.ts';
import { useTools } from '../state/tools.ts';
import type { MapController } from './controller.ts';
import { clickOf } from './gestures.ts';

export interface Handle {
  id: string;
  name: string;
  at: Place;
  /** Drawn by the handle itself; absent: it lies over a mark that the map draws. One between two vertices is no place yet: the keys do not move it. */
  look?: 'vertex' | 'middle' | 'whole';
  /** How it is read out, with its name and place. */
  hint?: MessageId;
  move(to: Place): void;
  /** Before and after a drag; absent: a gesture of drawing. */
  begin?(): void;
  end?(): void;
  /** Before a move by the arrow keys. */
  nudge?(): void;
  /** Enter on it. */
  press?(): void;
  /** The focus leaves: what the keys have moved is done. */
  settle?(): void;
  /** Absent: it cannot be taken away alone. */
  remove?(): void;
}

const apart = 3;

export function HandleButton({ map, handle }: { map: MapController; handle: Handle }) {
  const { say } = useWords();
  const format = usePrefs((p) => p.coords);
  const drag = useRef<{ x: number; y: number; moved: boolean } | undefined>(undefined);
  const { x, y } = map.project({ lon: handle.at[0], lat: handle.at[1] });
  const moveTo = (to: { x: number; y: number }) => {
    const { lon, lat } = map.unproject(to);
    handle.move(rounded([lon, lat]));
  };
  const [begin, end] = [handle.begin ?? beginGesture, handle.end ?? endGesture];
  const down = (e: PointerEvent<HTMLButtonElement>) => {
    e.currentTarget.setPointerCapture(e.pointerId);
    drag.current = { x: e.clientX - x, y: e.clientY - y, moved: false };
    begin();
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
    end();
    if (still) touched(map, handle.at);
  };
  return (
    <button
      type="button" className="handle" data-handle={handle.id} data-look={handle.look} style={{ left: x, top: y }}
      aria-label={say(handle.hint ?? 'draw.handle', { name: handle.name, at: formatCoord(...handle.at, format) })} aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown Delete"
      onPointerDown={down} onPointerMove={moved} onPointerUp={up} onPointerCancel={up}
      onBlur={handle.settle}
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
  if (step && handle.look === 'middle') return;
  if (step) handle.nudge?.();
  if (step) shift(step[0] * far, step[1] * far);
  else if (e.key === 'Enter' && handle.press) handle.press();
  else if (e.key === 'Delete' || e.key === 'Backspace') handle.remove?.();
  else return;
  e.preventDefault();
  e.stopPropagation();
}
