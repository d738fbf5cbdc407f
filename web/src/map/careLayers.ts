// How the chain of care looks on the map. Bottom first; colours from tokens only.
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { strongFont } from './fonts.ts';
import type { Tokens } from './tokens.ts';

/** The nearest is the farthest from the paper; what is beyond the limit is hatched. */
const classes = ['reach-1', 'reach-2', 'reach-3', 'reach-4'] as const;
const beyond: ExpressionSpecification = ['==', ['get', 'class'], classes.length];
const cell: ExpressionSpecification = ['==', ['get', 'part'], 'cell'];

/** Beneath borders, roads and names. */
export const careFills = (t: Tokens): LayerSpecification[] => [
  { id: 'care-fill', type: 'fill', source: 'care', filter: ['all', cell, ['!', beyond]], paint: { 'fill-color': ['match', ['get', 'class'], 0, t[classes[0]], 1, t[classes[1]], 2, t[classes[2]], t[classes[3]]], 'fill-opacity': 0.8, 'fill-antialias': false } },
  { id: 'care-beyond', type: 'fill', source: 'care', filter: ['all', cell, beyond], paint: { 'fill-pattern': 'hatch/reach-fail', 'fill-opacity': 0.6, 'fill-antialias': false } },
  { id: 'care-limit', type: 'line', source: 'care', filter: ['==', ['get', 'part'], 'limit'], layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': t['reach-1'], 'line-width': 1.6 } },
];

/** Above the bases. */
export const careWays = (t: Tokens): LayerSpecification[] => [
  { id: 'journey-way', type: 'line', source: 'journey', filter: ['==', ['get', 'part'], 'way'], paint: { 'line-color': t.ink, 'line-width': 1.8, 'line-dasharray': [3, 2] } },
  {
    id: 'journey-far', type: 'symbol', source: 'journey', filter: ['==', ['get', 'part'], 'far'],
    layout: { 'text-field': ['get', 'text'], 'text-font': strongFont, 'text-size': 13, 'text-allow-overlap': true, 'text-ignore-placement': true, 'text-offset': [0, -0.9] },
    paint: { 'text-color': t.ink, 'text-halo-color': t.surface, 'text-halo-width': 2.4 },
  },
];
