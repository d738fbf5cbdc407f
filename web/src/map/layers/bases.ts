// Bases: squares in ink, the echelon above, a cross where there is surgery; above everything, and their names keep off them.
import type { ExpressionSpecification } from 'maplibre-gl';
import { strongFont } from '../fonts.ts';
import { nameOf, textOf, type LayerKind } from './layer.ts';

const order = ['mission_hq', 'sector_hq', 'battalion', 'company', 'team_site', 'logistics', 'airfield', 'hospital', 'police', 'temporary'];
const surgery = new Set(['L2', 'L2+', 'L3', 'L4']);

export function baseSymbol(properties: Record<string, unknown>, picked = false): string {
  const kind = textOf(properties.kind) || 'other';
  const status = textOf(properties.status);
  const state = status === 'closed' || status === 'handed_over' ? 'closed' : kind === 'temporary' || status === 'planned' ? 'temporary' : 'open';
  const care = surgery.has(textOf(properties.medical_level)) || properties.surgical_module === true;
  return `base/${kind}/${care ? 1 : 0}/${state}/${picked ? 1 : 0}`;
}

const rankOf = (kind: string) => {
  const at = order.indexOf(kind);
  return at < 0 ? order.length : at;
};

const sides: ExpressionSpecification = ['literal', ['left', 'right', 'top', 'bottom', 'top-left', 'top-right', 'bottom-left', 'bottom-right']];

export const bases: LayerKind = {
  slot: 'base',
  shown: true,
  mark: { symbol: 'base/company/0/open/0' },
  classField: 'kind',
  classes: order.map((id) => ({ id, mark: { symbol: `base/${id}/0/${id === 'temporary' ? 'temporary' : 'open'}/0` } })),
  classOf: (properties) => textOf(properties.kind) || undefined,
  paint: ({ properties }) => ({
    icon: baseSymbol(properties),
    picked: baseSymbol(properties, true),
    name: nameOf(properties),
    rank: rankOf(textOf(properties.kind)),
  }),
  layers: (source, t) => [
    {
      id: `${source}-names`,
      type: 'symbol',
      source,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': strongFont,
        'text-size': 13,
        'text-variable-anchor': sides[1] as ['left'],
        'text-radial-offset': 1.06,
        'text-justify': 'auto',
        'symbol-sort-key': ['get', 'rank'],
        'text-padding': 1,
      },
      paint: { 'text-color': t['map-label'], 'text-halo-color': t['map-halo'], 'text-halo-width': 1.6 },
    },
    {
      id: `${source}-marks`,
      type: 'symbol',
      source,
      layout: { 'icon-image': ['get', 'icon'], 'icon-allow-overlap': true, 'icon-padding': 0, 'symbol-sort-key': ['-', 20, ['get', 'rank']] },
    },
  ],
};
