// Every other collection: points, lines and areas in a quiet style of their own, so that loaded data shows at once.
import type { LayerSpecification } from 'maplibre-gl';
import type { GeometryKind } from '../../api/shapes.ts';
import type { Tokens } from '../tokens.ts';
import { regularFont } from '../fonts.ts';
import { nameOf, textOf, type LayerKind, type Mark, type Slot } from './layer.ts';

export interface Look {
  colour: keyof Tokens;
  symbol: string;
  shown: boolean;
  names: boolean;
  classField?: string;
}

const looks: Record<string, Look> = {
  places: { colour: 'map-label-2', symbol: 'ring/map-label-2', shown: false, names: true },
  assets: { colour: 'd-medical', symbol: 'diamond/d-medical', shown: false, names: false, classField: 'type' },
  missions: { colour: 'map-border', symbol: 'square/map-label-2', shown: false, names: true },
  hazards: { colour: 'd-hazard', symbol: 'diamond/d-hazard', shown: true, names: false },
  corridors: { colour: 'd-corridor', symbol: 'dot/d-corridor', shown: false, names: false },
};
const other: Look = { colour: 'd-other', symbol: 'dot/d-other', shown: true, names: false };

export function plain(id: string, geometry: GeometryKind): LayerKind {
  const look = looks[id] ?? other;
  return {
    slot: slotOf(geometry),
    shown: look.shown,
    mark: markOf(look, geometry),
    classField: look.classField,
    classes: [],
    classOf: (properties) => (look.classField ? textOf(properties[look.classField]) || undefined : undefined),
    paint: ({ properties }) => ({ name: nameOf(properties), rank: -(Number(properties.population) || 0) }),
    layers: (source, tokens) => [...areaLayers(source, look, tokens), ...lineLayers(source, look, tokens), ...pointLayers(source, look, tokens)],
  };
}

const slotOf = (geometry: GeometryKind): Slot => (geometry === 'polygon' ? 'area' : geometry === 'line' ? 'line' : 'point');

function markOf(look: Look, geometry: GeometryKind): Mark {
  if (geometry === 'polygon') return { area: { colour: look.colour } };
  return geometry === 'line' ? { line: { colour: look.colour, width: 2 } } : { symbol: look.symbol };
}

const areaLayers = (source: string, look: Look, t: Tokens): LayerSpecification[] => [
  { id: `${source}-fill`, type: 'fill', source, filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': t[look.colour], 'fill-opacity': 0.14 } },
  { id: `${source}-outline`, type: 'line', source, filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'line-color': t[look.colour], 'line-width': 1.2 } },
];

const lineLayers = (source: string, look: Look, t: Tokens): LayerSpecification[] => [
  { id: `${source}-line`, type: 'line', source, filter: ['==', ['geometry-type'], 'LineString'], layout: { 'line-join': 'round' }, paint: { 'line-color': t[look.colour], 'line-width': 1.6 } },
];

/** Plain dots are circles: tens of thousands of them draw faster than images. */
const dots = (source: string, look: Look, t: Tokens): LayerSpecification[] => [
  {
    id: `${source}-points`, type: 'circle', source, filter: ['==', ['geometry-type'], 'Point'],
    paint: { 'circle-radius': 3.4, 'circle-color': t[look.colour], 'circle-stroke-color': t.surface, 'circle-stroke-width': 0.8 },
  },
];

function pointLayers(source: string, look: Look, t: Tokens): LayerSpecification[] {
  if (look.symbol.startsWith('dot/')) return dots(source, look, t);
  const points: LayerSpecification = {
    id: `${source}-points`,
    type: 'symbol',
    source,
    filter: ['==', ['geometry-type'], 'Point'],
    layout: { 'icon-image': look.symbol, 'icon-allow-overlap': true, 'icon-padding': 0, 'symbol-sort-key': ['get', 'rank'], ...(look.names ? nameLayout : {}) },
    paint: { 'text-color': t['map-label-2'], 'text-halo-color': t['map-halo'], 'text-halo-width': 1.5 },
  };
  return [points];
}

const nameLayout = {
  'text-field': ['get', 'name'] as ['get', string],
  'text-font': regularFont,
  'text-size': 12,
  'text-optional': true,
  'text-variable-anchor': ['left', 'right', 'top', 'bottom'] as ('left' | 'right')[],
  'text-radial-offset': 0.7,
};
