// What a click does with each tool. A click on the first place closes a shape, a click on the last one ends it.
import type { Place } from '../geo/geodesic.ts';
import { rounded } from '../state/drawn.ts';
import { isNewShape, useTools, type NewShape, type Tool } from '../state/tools.ts';
import { useView } from '../state/view.ts';
import { boxOf } from './draw.ts';
import { finishLasso, placeCircle } from './spaceGestures.ts';

/** Nearer than this is the same place, in pixels: a second click on the first place, or on the last. */
const closes = 10;
const repeats = 4;

type Near = (place: Place) => number;

export function clickOf(tool: Tool, at: Place, near: Near): void {
  acts[tool](rounded(at), near);
  // A finger leaves no pointer behind to draw on to.
  useTools.getState().set({ hover: undefined, byHand: true });
}

/** Enter in the middle of the map: it ends a shape that the pointer draws, and places the next corner of one that the keys draw. */
export function enterOf(tool: Tool, at: Place, near: Near): void {
  const { byHand, draft, set } = useTools.getState();
  if (isNewShape(tool) && byHand && draft.length >= fewest[tool]) return finishShape();
  clickOf(tool, at, near);
  set({ byHand: false });
}

const acts: Record<Tool, (at: Place, near: Near) => void> = { measure, base, box, polygon: (at, near) => nextCorner(finishPolygon, at, near), lasso: (at, near) => nextCorner(finishLasso, at, near), circle: placeCircle, point, line: corner, ring: corner };

export const fewest: Record<NewShape, number> = { point: 1, line: 2, ring: 3 };

const drawn = () => useView.getState().drawn;
const draw = () => useView.getState().draw;
const putDown = () => useTools.getState().hold(undefined);

function measure(at: Place, near: Near) {
  const points = drawn().measured?.points ?? [];
  const [first, last] = [points[0], points.at(-1)];
  if (last && near(last) <= repeats) return points.length > 1 ? putDown() : undefined;
  if (first && points.length > 2 && near(first) <= closes) return closeMeasured();
  draw()({ measured: { points: [...points, at], closed: false } });
}

export function closeMeasured() {
  const { measured } = drawn();
  if (measured && measured.points.length > 2) draw()({ measured: { ...measured, closed: true } });
  putDown();
}

/** Takes the ruler: an open way goes on, a closed one makes room for another. */
export function takeRuler() {
  if (drawn().measured?.closed) draw()({ measured: undefined });
  useTools.getState().hold('measure');
}

function base(at: Place) {
  draw()({ places: [...drawn().places, at] });
}

function box(at: Place, near: Near) {
  const [first] = useTools.getState().draft;
  if (!first) return useTools.getState().set({ draft: [at] });
  if (near(first) <= repeats) return;
  draw()({ within: { ring: boxOf(first, at).map(rounded) } });
  putDown();
}

/** The next corner of an area; the last one again, as by a double click, ends it, and so does the first one. */
function nextCorner(finish: () => void, at: Place, near: Near) {
  const { draft, set } = useTools.getState();
  const [first, last] = [draft[0], draft.at(-1)];
  const again = (last && near(last) <= repeats) || (first && draft.length > 2 && near(first) <= closes);
  if (!again) return set({ draft: [...draft, at] });
  finish();
}

export function finishPolygon() {
  const { draft } = useTools.getState();
  if (draft.length < 3) return;
  draw()({ within: { ring: draft } });
  putDown();
}

function point(at: Place) {
  useTools.getState().set({ draft: [at] });
  finishShape();
}

/** The next corner of a new line or area; the last one again, as by a double click, ends it, and so does the first one of an area. */
function corner(at: Place, near: Near) {
  const { tool, draft, set } = useTools.getState();
  const [first, last] = [draft[0], draft.at(-1)];
  const again = (last && near(last) <= repeats) || (tool === 'ring' && first && draft.length > 2 && near(first) <= closes);
  if (!again) return set({ draft: [...draft, at] });
  finishShape();
}

/** Ends a new shape, where it has corners enough, and hands it over. */
export function finishShape() {
  const { tool, draft, done } = useTools.getState();
  if (!isNewShape(tool) || draft.length < fewest[tool]) return;
  putDown();
  done?.(draft);
}

/** Takes back the last place of what is being drawn or measured. */
export function takeBack() {
  const { tool, draft, set } = useTools.getState();
  const points = drawn().measured?.points ?? [];
  if (tool === 'measure' && points.length) draw()({ measured: points.length > 1 ? { points: points.slice(0, -1), closed: false } : undefined });
  else if (draft.length) set({ draft: draft.slice(0, -1) });
}
