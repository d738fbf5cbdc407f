// The tools that work on the map: what a click adds to a measurement or a drawing, and how both are shown.
import { useEffect, useMemo } from 'react';
import { useWords } from '../i18n/words.ts';
import type { Place } from '../geo/geodesic.ts';
import { usePrefs } from '../state/prefs.ts';
import type { Within } from '../state/drawn.ts';
import { isNewShape, useTools, type Tool } from '../state/tools.ts';
import { useView } from '../state/view.ts';
import type { LonLat, MapController } from './controller.ts';
import { sketchFeatures } from './draw.ts';
import { EditTools } from './EditTools.tsx';
import { Handles } from './Handles.tsx';
import { clickOf, enterOf } from './gestures.ts';
import { measureFeatures } from './measure.ts';
import { dragOf } from './spaceGestures.ts';
import { SpaceTools } from './SpaceTools.tsx';

const pair = ({ lon, lat }: LonLat): Place => [lon, lat];

export function MapTools({ map }: { map: MapController }) {
  useToolOn(map);
  useSketch(map);
  useMeasured(map);
  return <><Handles map={map} /><EditTools map={map} /><SpaceTools map={map} /></>;
}

function useToolOn(map: MapController) {
  const tool = useTools((t) => t.tool);
  useEffect(() => {
    if (!tool) return;
    const near = (at: LonLat) => (p: Place) => pixelsBetween(map, p, pair(at));
    const drag = dragOf(tool, () => 360 / (512 * 2 ** map.position().zoom));
    map.hold({ drag: drag && { begin: (at) => drag.begin(pair(at)), on: (at) => drag.on(pair(at)), end: drag.end }, click: (at) => clickOf(tool, pair(at), near(at)), enter: (at) => enterOf(tool, pair(at), near(at)), move: (at) => hovers(tool) && useTools.getState().set({ hover: pair(at) }) });
    return () => map.hold(undefined);
  }, [map, tool]);
}

const isSpace = (tool: Tool | undefined) => tool === 'lasso' || tool === 'circle';
const hovers = (tool: Tool) => tool !== 'base';

function pixelsBetween(map: MapController, a: Place, b: Place): number {
  const [p, q] = [map.project({ lon: a[0], lat: a[1] }), map.project({ lon: b[0], lat: b[1] })];
  return Math.hypot(p.x - q.x, p.y - q.y);
}

export const ringOf = (within: Within | undefined): Place[] | undefined => (within && 'ring' in within ? within.ring : undefined);

function useSketch(map: MapController) {
  const { say } = useWords();
  const { places, within } = useView((v) => v.drawn);
  const { tool, draft, hover } = useTools();
  const theme = usePrefs((p) => p.theme);
  const features = useMemo(() => {
    const drawing = tool === 'box' || tool === 'polygon' || isNewShape(tool);
    return sketchFeatures({
      bases: places.map((at, i) => ({ at, name: say('draw.base', { n: i + 1 }) })),
      area: ringOf(within),
      draft: isSpace(tool) ? [] : draft,
      hover: drawing && draft.length ? hover : undefined,
      box: tool === 'box',
    });
  }, [places, within, tool, draft, hover, say]);
  useEffect(() => map.setDrawing('sketch', features), [map, features, theme]);
}

function useMeasured(map: MapController) {
  const { length } = useWords();
  const measured = useView((v) => v.drawn.measured);
  const hover = useTools((t) => (t.tool === 'measure' ? t.hover : undefined));
  useEffect(() => map.setDrawing('measure', measureFeatures(measured, hover, length)), [map, measured, hover, length]);
}
