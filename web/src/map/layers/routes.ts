// Routes: width says the role, dash says the status; main and alternate roads have a light casing.
import type { ExpressionSpecification, LineLayerSpecification } from 'maplibre-gl';
import type { Tokens } from '../tokens.ts';
import { regularFont } from '../fonts.ts';
import { textOf, type LayerKind, type LegendClass } from './layer.ts';

interface Look {
  colour: keyof Tokens;
  dash?: number[];
}
const looks: Record<string, Look> = {
  open: { colour: 'map-road-main' },
  restricted: { colour: 'map-road-main', dash: [5, 2] },
  closed: { colour: 'd-harm', dash: [3, 2] },
  unverified: { colour: 'map-road', dash: [0.8, 1.6] },
};
const classes: LegendClass[] = Object.entries(looks).map(([id, { colour, dash }]) => ({ id, mark: { line: { colour, dash, width: 2 } } }));
const width: ExpressionSpecification = ['match', ['get', 'role'], 'main_supply', 2, 'alternate_supply', 1.6, 'patrol', 1, 1.2];
const status: ExpressionSpecification = ['match', ['get', 'status'], Object.keys(looks), ['get', 'status'], 'unverified'];

export const statusOf = (properties: Record<string, unknown>) => {
  const status = textOf(properties.status);
  return status in looks ? status : 'unverified';
};

function way(source: string, id: string, { colour, dash }: Look, t: Tokens): LineLayerSpecification {
  return {
    id: `${source}-${id}`,
    type: 'line',
    source,
    filter: ['==', status, id],
    layout: { 'line-join': 'round', 'line-cap': 'butt' },
    paint: { 'line-color': t[colour], 'line-width': ['interpolate', ['linear'], ['zoom'], 4, ['*', 0.7, width], 9, ['*', 1.4, width]], ...(dash ? { 'line-dasharray': dash } : {}) },
  };
}

export const routes: LayerKind = {
  slot: 'line',
  shown: true,
  mark: { line: { colour: 'map-road-main', width: 2 } },
  classField: 'status',
  classes,
  classOf: statusOf,
  fields: ['ref', 'status', 'role'],
  layers: (source, t) => [
    {
      id: `${source}-case`,
      type: 'line',
      source,
      // Only main and alternate roads are lifted; round a dotted track a casing would be the wider line.
      filter: ['in', ['get', 'role'], ['literal', ['main_supply', 'alternate_supply']]],
      layout: { 'line-join': 'round' },
      paint: { 'line-color': t['map-road-case'], 'line-width': ['+', 2.4, width] },
    },
    ...Object.entries(looks).map(([id, look]) => way(source, id, look, t)),
    {
      id: `${source}-names`,
      type: 'symbol',
      source,
      minzoom: 5.5,
      layout: { 'symbol-placement': 'line', 'text-rotation-alignment': 'viewport', 'text-field': ['coalesce', ['get', 'ref'], ''], 'text-font': regularFont, 'text-size': 12, 'symbol-spacing': 380 },
      paint: { 'text-color': t['map-label-2'], 'text-halo-color': t['map-halo'], 'text-halo-width': 1.8 },
    },
  ],
};
