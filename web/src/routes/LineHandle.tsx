// The chosen way is dragged where the pointer is over it: a place by the way comes there, between the stops on both sides.
import { useRef, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import type { Place } from '../geo/geodesic.ts';
import type { MapController } from '../map/controller.ts';
import { HandleButton } from '../map/HandleButton.tsx';
import { useMoving } from '../map/MapFurniture.tsx';
import { beginGesture, endGesture } from '../state/history.ts';
import type { Plan, Stop } from '../state/plan.ts';
import { useTools } from '../state/tools.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { useWays } from './answers.ts';
import { longest } from './drawn.ts';
import { nearestOn, placeInOrder } from './line.ts';

/** Pixels from the line within which it is taken, and from a stop within which that one is. */
const [reach, stopRoom] = [9, 16];

/** A finger has no pointer that hovers: it adds stops from the panel. */
export function LineHandle({ map }: { map: MapController }) {
  const { say } = useWords();
  useMoving(map);
  const cursor = useUi((u) => u.cursor);
  const plan = useView((v) => v.plan);
  const drawing = useTools((t) => t.tool !== undefined);
  const { chosen, stale } = useWays();
  /** While it is dragged: which of the stops it is. */
  const [held, setHeld] = useState<number>();
  const start = useRef<{ line: Place[]; plan: Plan }>(undefined);
  const pixel = ([lon, lat]: Place) => map.project({ lon, lat });
  const line = chosen ? longest(chosen) : [];
  const found = cursor && !drawing && held === undefined && !stale ? nearestOn(line.map(pixel), map.project(cursor)) : undefined;
  const near = found && found.away <= reach ? found : undefined;
  const free = near && ![plan.from, plan.to, ...plan.via].some((s) => s && distanceOf(pixel(s.at), near.at) < stopRoom);
  const shown = held !== undefined ? plan.via[held]?.at : free ? toPlace(map, near.at) : undefined;
  if (!shown) return null;
  const move = (at: Place) => {
    const now = useView.getState();
    if (held !== undefined) return now.setPlan({ via: now.plan.via.map((s, i): Stop => (i === held ? { at } : s)) });
    const before = start.current ?? { line, plan };
    const i = placeInOrder(before.line, before.plan, shown);
    setHeld(i);
    now.setPlan({ via: [...before.plan.via.slice(0, i), { at }, ...before.plan.via.slice(i)] });
  };
  return (
    <HandleButton
      map={map}
      handle={{
        id: 'route-line', look: 'middle', name: say('routes.line'), hint: 'routes.lineHandle', at: shown, move,
        begin: () => {
          start.current = { line, plan };
          beginGesture();
        },
        end: () => {
          setHeld(undefined);
          endGesture();
        },
      }}
    />
  );
}

const distanceOf = (a: { x: number; y: number }, b: { x: number; y: number }) => Math.hypot(a.x - b.x, a.y - b.y);

function toPlace(map: MapController, at: { x: number; y: number }): Place {
  const { lon, lat } = map.unproject(at);
  return [lon, lat];
}
