// How the shapes of an analysis look on the map, and which of them lies under a pixel. Each feature names its token as `colour`.
import type { ExpressionSpecification, LayerSpecification, Map as GlMap } from 'maplibre-gl';
import { resultColours } from '../panels/resultShapes.ts';
import type { Tokens } from './tokens.ts';

const colour = (t: Tokens) => ['match', ['get', 'colour'], ...resultColours.flatMap((name) => [name, t[name]]), t['reach-2']] as unknown as ExpressionSpecification;
/** What is out of reach is hatched, so that it differs from land by more than its colour. */
const out: ExpressionSpecification = ['==', ['get', 'colour'], 'reach-fail'];
const kind = (type: string): ExpressionSpecification => ['==', ['geometry-type'], type];

/** Areas of an answer cover the ground: single records are no more than dots then. */
export const fillsGround = (features: GeoJSON.Feature[]): boolean => features.some(({ geometry }) => geometry.type.endsWith('Polygon'));

/** Beneath borders, roads and names: what fills the ground. */
export const resultFills = (t: Tokens): LayerSpecification[] => [
  { id: 'result-fill', type: 'fill', source: 'result', filter: kind('Polygon'), paint: { 'fill-color': colour(t), 'fill-opacity': ['case', out, 0, 0.8] } },
  { id: 'result-out', type: 'fill', source: 'result', filter: ['all', kind('Polygon'), out], paint: { 'fill-pattern': 'hatch/reach-fail', 'fill-opacity': 0.75 } },
];

export const resultOutlines = (t: Tokens): LayerSpecification[] => [
  { id: 'result-outline', type: 'line', source: 'result', filter: kind('Polygon'), paint: { 'line-color': colour(t), 'line-width': 1, 'line-opacity': ['case', out, 0, 1] } },
];

/** Above the roads that they run along. */
export const resultWays = (t: Tokens): LayerSpecification[] => [
  { id: 'result-lines', type: 'line', source: 'result', filter: kind('LineString'), layout: { 'line-join': 'round' }, paint: { 'line-color': colour(t), 'line-width': 3 } },
];

export const resultPoints = (t: Tokens): LayerSpecification[] => [
  { id: 'result-points', type: 'circle', source: 'result', filter: kind('Point'), paint: { 'circle-radius': 6, 'circle-color': colour(t), 'circle-stroke-color': t.surface, 'circle-stroke-width': 1.5 } },
];

/** The number of the shape within reach of a pixel: points before lines before areas. */
export function resultAt(map: GlMap, { x, y }: { x: number; y: number }, reach: number): number | undefined {
  for (const id of ['result-points', 'result-lines', 'result-fill']) {
    const near = id === 'result-fill' ? 0 : reach;
    const [hit] = map.queryRenderedFeatures([[x - near, y - near], [x + near, y + near]], { layers: [id] });
    if (hit) return Number(hit.properties.index);
  }
  return undefined;
}
