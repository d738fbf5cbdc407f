// How the area of the filter by place is drawn: a lasso freehand or corner by corner, a circle from its centre to its rim.
import { distance, type Place } from '../geo/geodesic.ts';
import { continued, fewPlaces, simpleLoop } from '../geo/ring.ts';
import { finest, rounded } from '../state/drawn.ts';
import { isRadius } from '../state/space.ts';
import { useTools, type Tool } from '../state/tools.ts';
import { useView } from '../state/view.ts';

/** A lasso of more corners says nothing more, and makes links and questions long. */
const mostCorners = 80;

/** @param degrees what a freehand line may be straightened by */
function take(ring: Place[], degrees = 0) {
  const loop = simpleLoop(fewPlaces(continued(ring).map(finest), degrees, mostCorners), finest);
  const { hold, done } = useTools.getState();
  hold(undefined);
  if (loop && done) done(loop.map(rounded));
  else if (loop) useView.getState().setSpace({ ring: loop.map(rounded) });
}

export function finishLasso() {
  const { draft } = useTools.getState();
  if (draft.length >= 3) take(draft);
}

/** The rim of a circle was placed, or with no centre yet the centre. */
export function placeCircle(at: Place) {
  const { draft, hold, set } = useTools.getState();
  const [centre] = draft;
  if (!centre) return set({ draft: [at] });
  const metres = wholeMetres(distance(centre, at));
  if (!isRadius(metres)) return;
  hold(undefined);
  useView.getState().setSpace({ near: centre, metres });
}

/** Nobody draws to the metre: three figures. */
function wholeMetres(metres: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(metres)) - 2);
  return Math.round(metres / step) * step;
}

/** What a drag does with a tool; undefined where it moves the map. */
export function dragOf(tool: Tool, degreesPerPixel: () => number) {
  const { set } = useTools.getState();
  const draft = () => useTools.getState().draft;
  if (tool === 'lasso')
    return {
      begin: (at: Place) => set({ draft: [at], hover: undefined }),
      on: (at: Place) => set({ draft: [...draft(), at], hover: undefined }),
      end: () => take(draft(), degreesPerPixel()),
    };
  if (tool !== 'circle') return undefined;
  return {
    begin: (at: Place) => set({ draft: [rounded(at)] }),
    on: (at: Place) => set({ hover: at }),
    end: () => {
      const { hover } = useTools.getState();
      if (hover) placeCircle(hover);
    },
  };
}
