// How ways, their places and what is reached by road look on the map, and which way lies under a pixel. Bottom first; colours from tokens only.
import type { ExpressionSpecification, FilterSpecification, LayerSpecification, Map as GlMap } from 'maplibre-gl';
import { strongFont } from './fonts.ts';
import type { Tokens } from './tokens.ts';

const of = (part: string): ExpressionSpecification => ['==', ['get', 'part'], part];
const faded = (full: number, dim: number): ExpressionSpecification => ['case', ['has', 'dim'], dim, full];
const chosen: ExpressionSpecification = ['==', ['get', 'chosen'], 1];

/** Solid, long, short; another one by dots. */
const looks = { A: { colour: 'route-a', dash: undefined }, B: { colour: 'route-b', dash: [3, 1.4] }, C: { colour: 'route-c', dash: [1.1, 1.1] }, other: { colour: 'ink', dash: [0.4, 1.4] } } as const;
const letters = Object.keys(looks) as (keyof typeof looks)[];
const letterColour = (t: Tokens): ExpressionSpecification => ['match', ['get', 'letter'], 'A', t['route-a'], 'B', t['route-b'], 'C', t['route-c'], t.ink];

const reachTokens = ['reach-1', 'reach-2', 'reach-3', 'reach-4'] as const;
const reachColour = (t: Tokens) => ['match', ['get', 'colour'], ...reachTokens.flatMap((name) => [name, t[name]]), t['reach-2']] as unknown as ExpressionSpecification;

/** Beneath roads and names. */
export const reachedFills = (t: Tokens): LayerSpecification[] => [
  { id: 'reached-fill', type: 'fill', source: 'reached', paint: { 'fill-color': reachColour(t), 'fill-opacity': faded(0.8, 0.3) } },
];

/** Above the roads: seen from afar an area is no wider than its road. */
export const reachedLines = (t: Tokens): LayerSpecification[] => [
  { id: 'reached-line', type: 'line', source: 'reached', layout: { 'line-join': 'round' }, paint: { 'line-color': reachColour(t), 'line-width': 3, 'line-opacity': faded(1, 0.4) } },
];

/** Above the roads, beneath names. The chosen way lies above the others, and wider. */
export const wayLines = (t: Tokens): LayerSpecification[] => [
  { id: 'avoid-fill', type: 'fill', source: 'plan', filter: of('avoid'), paint: { 'fill-color': t['d-hazard'], 'fill-opacity': 0.16 } },
  { id: 'avoid-line', type: 'line', source: 'plan', filter: of('avoid'), paint: { 'line-color': t['d-hazard'], 'line-width': 1.8, 'line-dasharray': [3, 1.5] } },
  { id: 'way-access', type: 'line', source: 'ways', filter: of('access'), paint: { 'line-color': t.ink, 'line-width': 1.4, 'line-dasharray': [1, 2], 'line-opacity': faded(1, 0.4) } },
  { id: 'way-case', type: 'line', source: 'ways', filter: of('way'), layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': t['map-halo'], 'line-width': ['case', chosen, 8.5, 6], 'line-opacity': faded(0.9, 0.4) } },
  ...[0, 1].flatMap((at) => letters.map((letter) => wayLine(t, letter, at === 1))),
];

function wayLine(t: Tokens, letter: keyof typeof looks, on: boolean): LayerSpecification {
  const { colour, dash } = looks[letter];
  const filter: FilterSpecification = ['all', of('way'), ['==', ['get', 'letter'], letter], ['==', ['get', 'chosen'], on ? 1 : 0]];
  return {
    id: `way-${letter}${on ? '-chosen' : ''}`, type: 'line', source: 'ways', filter, layout: { 'line-join': 'round', 'line-cap': letter === 'other' ? 'round' : 'butt' },
    paint: { 'line-color': t[colour], 'line-width': on ? 5 : 3, 'line-opacity': faded(1, 0.35), ...(dash && { 'line-dasharray': [...dash] }) },
  };
}

/** Above the bases: badges, ends, and where help is farthest. */
export const wayMarks = (t: Tokens): LayerSpecification[] => [
  { id: 'way-weak', type: 'circle', source: 'ways', filter: of('weak'), paint: { 'circle-radius': 9, 'circle-color': t.surface, 'circle-opacity': 0.6, 'circle-stroke-color': t.ink, 'circle-stroke-width': 3, 'circle-stroke-opacity': faded(1, 0.4) } },
  { id: 'way-badge', type: 'circle', source: 'ways', filter: of('badge'), paint: { 'circle-radius': ['case', chosen, 12, 10], 'circle-color': letterColour(t), 'circle-stroke-color': t.surface, 'circle-stroke-width': 2, 'circle-opacity': faded(1, 0.5) } },
  {
    id: 'way-letter', type: 'symbol', source: 'ways', filter: of('badge'),
    layout: { 'text-field': ['get', 'text'], 'text-font': strongFont, 'text-size': 13, 'text-allow-overlap': true, 'text-ignore-placement': true },
    paint: { 'text-color': t.surface },
  },
  { id: 'plan-via', type: 'circle', source: 'plan', filter: of('via'), paint: { 'circle-radius': 5.5, 'circle-color': t.surface, 'circle-stroke-color': t.ink, 'circle-stroke-width': 3 } },
  { id: 'plan-from', type: 'circle', source: 'plan', filter: of('from'), paint: { 'circle-radius': 7.5, 'circle-color': t.surface, 'circle-stroke-color': t.ink, 'circle-stroke-width': 3.5 } },
  { id: 'plan-to', type: 'circle', source: 'plan', filter: of('to'), paint: { 'circle-radius': 8, 'circle-color': t.ink, 'circle-stroke-color': t.surface, 'circle-stroke-width': 2 } },
];

const touched = ['way-badge', ...letters.map((l) => `way-${l}-chosen`), ...letters.map((l) => `way-${l}`)];

/** The way within reach of a pixel: the chosen one before others. */
export function wayAt(map: GlMap, { x, y }: { x: number; y: number }, reach: number): string | undefined {
  for (const layer of touched) {
    const [hit] = map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]], { layers: [layer] });
    if (hit) return String(hit.properties.id);
  }
  return undefined;
}
