// How a scenario looks on the map: bases that close, move or open, and who gains or loses. Bottom first; colours from tokens only.
import type { ExpressionSpecification, FilterSpecification, LayerSpecification, Map as GlMap } from 'maplibre-gl';
import { strongFont } from './fonts.ts';
import type { Tokens } from './tokens.ts';

const of = (...parts: string[]): FilterSpecification => ['in', ['get', 'part'], ['literal', parts]];

const shiftColour = (t: Tokens): ExpressionSpecification => ['match', ['get', 'change'], 'lost', t['loss-2'], 'later', t['loss-1'], 'sooner', t['gain-1'], t['gain-2']];

/** Beneath the bases: places by what changes for them, larger with their people. What is only later or sooner is hollow. */
export const shiftLayers = (t: Tokens): LayerSpecification[] => [
  {
    id: 'shifts', type: 'circle', source: 'shifts',
    paint: {
      'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'people']], 0, 4, 100, 7, 500, 15],
      'circle-color': shiftColour(t), 'circle-opacity': ['*', ['match', ['get', 'change'], ['lost', 'gained'], 0.85, 0.25], ['case', ['has', 'dim'], 0.4, 1]],
      'circle-stroke-color': shiftColour(t), 'circle-stroke-width': 1.6, 'circle-stroke-opacity': ['case', ['has', 'dim'], 0.4, 1],
    },
  },
];

/** Above the bases: what closes is hollow with a cross, what changes is in the colour of the chosen, what moves has a line from where it stood. */
export const scenarioLayers = (t: Tokens): LayerSpecification[] => [
  { id: 'scenario-way', type: 'line', source: 'scenario', filter: of('way'), paint: { 'line-color': t.ink, 'line-width': 1.6, 'line-dasharray': [3, 2] } },
  { id: 'scenario-gone', type: 'symbol', source: 'scenario', filter: of('closed', 'left', 'changed'), layout: { 'icon-image': ['get', 'icon'], 'icon-allow-overlap': true, 'icon-ignore-placement': true } },
  {
    id: 'scenario-new', type: 'symbol', source: 'scenario', filter: of('new'),
    layout: { 'icon-image': ['get', 'icon'], 'icon-allow-overlap': true, 'icon-ignore-placement': true, 'text-field': ['get', 'name'], 'text-font': strongFont, 'text-size': 12, 'text-anchor': 'left', 'text-offset': [1.1, 0], 'text-optional': true },
    paint: { 'text-color': t['map-label'], 'text-halo-color': t['map-halo'], 'text-halo-width': 1.6 },
  },
];

/** The key of the place within reach of a pixel for which something changes. */
export function shiftAt(map: GlMap, { x, y }: { x: number; y: number }, reach: number): number | undefined {
  const [hit] = map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]], { layers: ['shifts'] });
  return hit && Number(hit.properties.key);
}

/** The key of the base that opens or has moved within reach of a pixel. */
export function openedAt(map: GlMap, { x, y }: { x: number; y: number }, reach: number): { key: number; name: string } | undefined {
  const [hit] = map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]], { layers: ['scenario-new'] });
  return hit && { key: Number(hit.properties.key), name: String(hit.properties.name) };
}
