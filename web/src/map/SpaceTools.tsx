// The filter by place on the map: the area in force, and the one that is being drawn.
import { useEffect, useMemo } from 'react';
import type { Feature } from 'geojson';
import { direct, distance, type Place } from '../geo/geodesic.ts';
import { continued, polygonOf } from '../geo/ring.ts';
import { usePrefs } from '../state/prefs.ts';
import type { Space } from '../state/space.ts';
import { useTools } from '../state/tools.ts';
import { useView } from '../state/view.ts';
import type { MapController } from './controller.ts';

const corners = 128;

/** The rim of a circle on the ground, as the map draws it. */
export const rimOf = (centre: Place, metres: number): Place[] => continued(Array.from({ length: corners }, (_, i) => direct(centre, (360 * i) / corners, metres).place));

const feature = (part: string, geometry: Feature['geometry']): Feature => ({ type: 'Feature', properties: { part }, geometry });

const areaOf = (space: Space): Feature[] =>
  'ring' in space
    ? [feature('area', polygonOf(continued(space.ring)))]
    : [feature('area', polygonOf(rimOf(space.near, space.metres))), feature('corner', { type: 'Point', coordinates: space.near })];

function drawnNow(circle: boolean, draft: Place[], hover: Place | undefined): Feature[] {
  const [first] = draft;
  if (!first) return [];
  const way = circle ? (hover ? rimOf(first, distance(first, hover)) : []) : continued(hover ? [...draft, hover] : draft);
  const line = circle ? [...way, ...way.slice(0, 1)] : way;
  return [...(line.length > 1 ? [feature('way', { type: 'LineString', coordinates: line })] : []), feature('corner', { type: 'Point', coordinates: first })];
}

export function SpaceTools({ map }: { map: MapController }) {
  const space = useView((v) => v.space);
  const { tool, draft, hover } = useTools();
  const drawing = tool === 'lasso' || tool === 'circle' ? tool : undefined;
  const theme = usePrefs((p) => p.theme);
  const features = useMemo(() => (drawing && draft.length ? drawnNow(drawing === 'circle', draft, hover) : space ? areaOf(space) : []), [space, drawing, draft, hover]);
  useEffect(() => map.setDrawing('space', features), [map, features, theme]);
  return null;
}
