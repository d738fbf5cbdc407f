// Handles on what was drawn: dragged with the pointer, moved with the arrow keys, taken away with Delete.
import { useWords } from '../i18n/words.ts';
import { useView } from '../state/view.ts';
import type { MapController } from './controller.ts';
import { HandleButton, type Handle } from './HandleButton.tsx';
import { useMoving } from './MapFurniture.tsx';

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
