// Every other collection: points, lines and areas in a quiet style of their own, so that loaded data shows at once.
import type { LayerSpecification } from 'maplibre-gl';
import type { GeometryKind } from '../../api/shapes.ts';
import type { Tokens } from '../tokens.ts';
import { regularFont } from '../fonts.ts';
import { countOf, nameOnMap, singlesFrom, textOf, type LayerKind, type Mark, type Slot } from './layer.ts';

export interface Look {
  colour: keyof Tokens;
  symbol: string;
  shown: boolean;
  names: boolean;
  classField?: string;
  /** Outline only: what lies within stays in its own colours. */
  empty?: boolean;
}

const looks: Record<string, Look> = {
  places: { colour: 'map-label-2', symbol: 'ring/map-label-2', shown: false, names: true },
  assets: { colour: 'd-medical', symbol: 'diamond/d-medical', shown: false, names: false, classField: 'type' },
  missions: { colour: 'map-border', symbol: 'square/map-label-2', shown: false, names: true },
  areas: { colour: 'map-label-2', symbol: 'square/map-label-2', shown: false, names: false, classField: 'kind', empty: true },
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
    fields: look.names ? ['name', 'population'] : [],
    layers: (source, tokens) => [...areaLayers(source, look, tokens), ...lineLayers(source, look, tokens), ...pointLayers(source, look, tokens)],
    tiled: (crowd) => [{
      name: '', properties: look.names ? ['name', 'population'] : [], sum: [], groupby: [],
      layers: (source, tokens) => [...areaLayers(source, look, tokens), ...lineLayers(source, look, tokens), ...pointLayers(source, look, tokens), countLabels(source, tokens, crowd)],
    }],
  };
}

const slotOf = (geometry: GeometryKind): Slot => (geometry === 'polygon' ? 'area' : geometry === 'line' ? 'line' : 'point');

function markOf(look: Look, geometry: GeometryKind): Mark {
  if (geometry === 'polygon') return { area: { colour: look.colour } };
  return geometry === 'line' ? { line: { colour: look.colour, width: 2 } } : { symbol: look.symbol };
}

const areaLayers = (source: string, look: Look, t: Tokens): LayerSpecification[] => [
  { id: `${source}-fill`, type: 'fill', source, filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': t[look.colour], 'fill-opacity': look.empty ? 0 : 0.14 } },
  { id: `${source}-outline`, type: 'line', source, filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'line-color': t[look.colour], 'line-width': 1.2 } },
];

const lineLayers = (source: string, look: Look, t: Tokens): LayerSpecification[] => [
  { id: `${source}-line`, type: 'line', source, filter: ['==', ['geometry-type'], 'LineString'], layout: { 'line-join': 'round' }, paint: { 'line-color': t[look.colour], 'line-width': 1.6 } },
];

/** Plain dots are circles: tens of thousands of them draw faster than images. */
const dots = (source: string, look: Look, t: Tokens): LayerSpecification[] => [
  {
    id: `${source}-points`, type: 'circle', source, filter: ['==', ['geometry-type'], 'Point'],
    paint: { 'circle-radius': ['step', countOf, 3.4, 2, 4.2, 10, 5.2, 100, 6.4], 'circle-color': t[look.colour], 'circle-stroke-color': t.surface, 'circle-stroke-width': 0.8 },
  },
];

function pointLayers(source: string, look: Look, t: Tokens): LayerSpecification[] {
  if (look.symbol.startsWith('dot/')) return dots(source, look, t);
  const points: LayerSpecification = {
    id: `${source}-points`,
    type: 'symbol',
    source,
    filter: ['==', ['geometry-type'], 'Point'],
    layout: { 'icon-image': look.symbol, 'icon-allow-overlap': true, 'icon-padding': 0, 'symbol-sort-key': ['-', 0, ['to-number', ['get', 'population'], 0]], ...(look.names ? nameLayout : {}) },
    paint: { 'text-color': t['map-label-2'], 'text-halo-color': t['map-halo'], 'text-halo-width': 1.5 },
  };
  return [points];
}

/** How many records a merged mark stands for, where there is room to say so. */
export const countLabels = (source: string, t: Tokens, crowd: number): LayerSpecification => ({
  id: `${source}-counts`, type: 'symbol', source, minzoom: singlesFrom(crowd) + 1.5, filter: ['>', countOf, 1],
  layout: { 'text-field': ['to-string', ['get', 'count']], 'text-font': regularFont, 'text-size': 12, 'text-anchor': 'bottom-left', 'text-offset': [0.45, -0.2], 'text-padding': 0, 'symbol-sort-key': ['-', 0, countOf] },
  paint: { 'text-color': t['map-label'], 'text-halo-color': t['map-halo'], 'text-halo-width': 1.5 },
});

const nameLayout = {
  'text-field': nameOnMap,
  'text-font': regularFont,
  'text-size': 12,
  'text-optional': true,
  'text-variable-anchor': ['left', 'right', 'top', 'bottom'] as ('left' | 'right')[],
  'text-radial-offset': 0.7,
};
