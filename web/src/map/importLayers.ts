// What an import would do, on the map: each kind by a colour and a sign of its own. Bottom first; colours from tokens only.
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { strongFont } from './fonts.ts';
import type { Tokens } from './tokens.ts';

export const importSigns = { added: { sign: '+', colour: 'ok', dash: undefined }, changed: { sign: '~', colour: 'accent', dash: [3, 1.5] }, deleted: { sign: '×', colour: 'bad', dash: [1, 1.5] } } as const;
type Part = keyof typeof importSigns;
const parts = Object.keys(importSigns) as Part[];

const colour = (t: Tokens) => ['match', ['get', 'kind'], ...parts.flatMap((p) => [p, t[importSigns[p].colour]]), t.ink] as unknown as ExpressionSpecification;
const sign = ['match', ['get', 'kind'], ...parts.flatMap((p) => [p, importSigns[p].sign]), ''] as unknown as ExpressionSpecification;
const point: ExpressionSpecification = ['==', ['geometry-type'], 'Point'];

export const importLayers = (t: Tokens): LayerSpecification[] => [
  { id: 'import-fill', type: 'fill', source: 'import', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': colour(t), 'fill-opacity': 0.15 } },
  ...parts.map((p): LayerSpecification => ({
    id: `import-line-${p}`, type: 'line', source: 'import', filter: ['all', ['==', ['get', 'kind'], p], ['!=', ['geometry-type'], 'Point']],
    layout: { 'line-join': 'round' }, paint: { 'line-color': t[importSigns[p].colour], 'line-width': 2.2, ...(importSigns[p].dash && { 'line-dasharray': [...importSigns[p].dash] }) },
  })),
  { id: 'import-points', type: 'circle', source: 'import', filter: point, paint: { 'circle-radius': 8, 'circle-color': t.surface, 'circle-stroke-color': colour(t), 'circle-stroke-width': 2 } },
  {
    id: 'import-signs', type: 'symbol', source: 'import', filter: point,
    layout: { 'text-field': sign, 'text-font': strongFont, 'text-size': 15, 'text-allow-overlap': true, 'text-ignore-placement': true }, paint: { 'text-color': colour(t) },
  },
];
