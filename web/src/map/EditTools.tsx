// The shape in hand: drawn over its layer, with a handle on each vertex, between them, and for the whole. A gesture is one change.
import { useEffect, useRef } from 'react';
import type { Geometry } from 'geojson';
import { saveShape } from '../edit/acts.ts';
import { mineOf, withShape, type Draft } from '../edit/draft.ts';
import { touchDraft, useEdit } from '../edit/store.ts';
import { useTarget } from '../edit/target.ts';
import { useTold } from '../edit/words.ts';
import type { Place } from '../geo/geodesic.ts';
import { inserted, middlesOf, moved, removed, shifted, verticesOf, type Path } from '../geo/vertices.ts';
import { useWords } from '../i18n/words.ts';
import { usePrefs } from '../state/prefs.ts';
import { useTools } from '../state/tools.ts';
import type { MapController } from './controller.ts';
import type { View } from './graticule.ts';
import { HandleButton, type Handle } from './HandleButton.tsx';
import { useMoving } from './MapFurniture.tsx';
import { boundsOf } from './shapes.ts';
import { useShownVersions } from './versions.ts';

/** More handles than this in view are no help: the reader goes nearer. */
export const mostHandles = 150;

export function EditTools({ map }: { map: MapController }) {
  const { draft } = useTarget();
  const dragged = useEdit((e) => e.shape);
  const drawing = useTools((t) => t.tool !== undefined);
  const deciding = useEdit((e) => e.decision !== undefined);
  const geometry = dragged ?? (draft && mineOf(draft).geometry) ?? undefined;
  const theme = usePrefs((p) => p.theme);
  const shown = useShownVersions(deciding ? undefined : geometry);
  useEffect(() => map.setDrawing('edit', shown), [map, shown, theme]);
  if (!draft || !geometry || drawing || deciding) return null;
  return <ShapeHandles key={`${draft.collection}/${draft.key ?? draft.made}`} map={map} draft={draft} geometry={geometry} />;
}

interface Props {
  map: MapController;
  draft: Draft;
  geometry: Geometry;
}

function ShapeHandles(props: Props) {
  useMoving(props.map);
  const handles = useEditHandles(props);
  const { say } = useWords();
  return (
    <>
      {handles.length < verticesOf(props.geometry).length && handles.every((h) => h.look === 'whole') && <p className="map-hint" role="status">{say('edit.nearer')}</p>}
      {handles.map((handle) => <HandleButton key={handle.id} map={props.map} handle={handle} />)}
    </>
  );
}

const within = ({ west, south, east, north }: View) => ({ at: [lon, lat] }: { at: Place }) => lat >= south && lat <= north && ((lon >= west && lon <= east) || (lon + 360 >= west && lon + 360 <= east) || (lon - 360 >= west && lon - 360 <= east));

/** What a run of arrow keys has moved is saved when it has rested so long. */
const rest = 700;

function useEditHandles({ map, draft, geometry }: Props): Handle[] {
  const { say } = useWords();
  const told = useTold();
  /** The shape as it was when the gesture began. */
  const start = useRef<Geometry>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const commit = () => {
    clearTimeout(timer.current);
    start.current = undefined;
    const { shape, set } = useEdit.getState();
    if (!shape) return;
    if (draft.key !== undefined) return void saveShape(draft.collection, draft.key, shape, told('moved', draft));
    touchDraft(withShape(draft, shape));
    set({ shape: undefined });
  };
  const take = (shape: Geometry | undefined) => shape && useEdit.getState().set({ shape });
  const begin = () => void (start.current ??= geometry);
  const gesture = {
    begin, end: commit,
    settle: () => start.current && commit(),
    nudge: () => {
      begin();
      clearTimeout(timer.current);
      timer.current = setTimeout(commit, rest);
    },
  };
  const change = (how: (from: Geometry, to: Place) => Geometry | undefined) => (to: Place) => take(how(start.current ?? geometry, to));
  /** The focus goes to the vertex that stands where the old one was, or the new one came. */
  const once = (shape: Geometry | undefined, path: Path) => {
    take(shape);
    commit();
    setTimeout(() => (document.querySelector<HTMLElement>(`[data-handle="vertex-${path.join('.')}"]`) ?? document.querySelector<HTMLElement>('[data-handle="whole"]'))?.focus(), 50);
  };
  const seen = within(map.view());
  const vertices = verticesOf(geometry).filter(seen);
  const many = vertices.length > mostHandles;
  const named = (path: Path) => say('draw.corner', { n: (path.at(-1) ?? 0) + 1 });
  const corners = many ? [] : vertices.map(({ path, at }): Handle => {
    const without = removed(geometry, path);
    return { id: `vertex-${path.join('.')}`, look: 'vertex', name: path.length ? named(path) : say('edit.place'), at, ...gesture, move: change((from, to) => moved(from, path, to)), remove: without && (() => once(without, path)), hint: without ? 'draw.handle' : 'edit.vertexHandle' };
  });
  const middles = many ? [] : middlesOf(geometry).filter(seen).map(({ path, at }): Handle => ({
    id: `middle-${path.join('.')}`, look: 'middle', name: say('edit.middle'), at, hint: 'edit.middleHandle', ...gesture,
    move: change((from, to) => inserted(from, path, to)), press: () => once(inserted(geometry, path, at), path),
  }));
  return [...corners, ...middles, ...wholeOf(geometry).map((at): Handle => ({
    id: 'whole', look: 'whole', name: say('edit.whole'), at, hint: 'edit.vertexHandle', ...gesture,
    move: change((from, to) => shifted(from, [to[0] - centreOf(from)[0], to[1] - centreOf(from)[1]])),
  }))];
}

const centreOf = (g: Geometry): Place => {
  const [west, south, east, north] = boundsOf([g]) ?? [0, 0, 0, 0];
  return [(west + east) / 2, (south + north) / 2];
};

/** A point is moved by itself; a larger shape by its middle. */
const wholeOf = (g: Geometry): Place[] => (g.type === 'Point' || g.type === 'GeometryCollection' ? [] : [centreOf(g)]);
