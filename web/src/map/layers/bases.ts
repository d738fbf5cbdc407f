// Bases: squares in ink, the echelon above, a cross where there is surgery; above everything, and their names keep off them.
import type { ExpressionSpecification } from 'maplibre-gl';
import { strongFont } from '../fonts.ts';
import { nameOnMap, textOf, type LayerKind } from './layer.ts';

const order = ['mission_hq', 'sector_hq', 'battalion', 'company', 'team_site', 'logistics', 'airfield', 'hospital', 'police', 'temporary'];
const surgery = new Set(['L2', 'L2+', 'L3', 'L4']);

export function baseSymbol(properties: Record<string, unknown>, picked = false): string {
  const kind = textOf(properties.kind) || 'other';
  const status = textOf(properties.status);
  const state = status === 'closed' || status === 'handed_over' ? 'closed' : kind === 'temporary' || status === 'planned' ? 'temporary' : 'open';
  const care = surgery.has(textOf(properties.medical_level)) || properties.surgical_module === true;
  return `base/${kind}/${care ? 1 : 0}/${state}/${picked ? 1 : 0}`;
}

const field = (name: string): ExpressionSpecification => ['get', name];
const whether = (test: ExpressionSpecification): ExpressionSpecification => ['case', test, '1', '0'];

/** The same symbol as baseSymbol, worked out by the map; the picked ones in the colour of the chosen. */
export const baseIcon = (picked: number[]): ExpressionSpecification => [
  'concat', 'base/', ['coalesce', field('kind'), 'other'], '/',
  whether(['any', ['in', field('medical_level'), ['literal', [...surgery]]], ['==', field('surgical_module'), true]]), '/',
  ['case', ['in', field('status'), ['literal', ['closed', 'handed_over']]], 'closed', ['any', ['==', field('kind'), 'temporary'], ['==', field('status'), 'planned']], 'temporary', 'open'], '/',
  whether(['in', ['id'], ['literal', picked]]),
];

/** Mission headquarters first; a kind nobody knows last. */
const rank: ExpressionSpecification = ['match', field('kind'), ...order.flatMap((kind, i) => [kind, i]), order.length] as unknown as ExpressionSpecification;

const sides: ExpressionSpecification = ['literal', ['left', 'right', 'top', 'bottom', 'top-left', 'top-right', 'bottom-left', 'bottom-right']];

export const bases: LayerKind = {
  slot: 'base',
  shown: true,
  mark: { symbol: 'base/company/0/open/0' },
  classField: 'kind',
  classes: order.map((id) => ({ id, mark: { symbol: `base/${id}/0/${id === 'temporary' ? 'temporary' : 'open'}/0` } })),
  classOf: (properties) => textOf(properties.kind) || undefined,
  symbol: baseSymbol,
  fields: ['name', 'kind', 'status', 'medical_level', 'surgical_module'],
  layers: (source, t) => [
    {
      id: `${source}-names`,
      type: 'symbol',
      source,
      layout: {
        'text-field': nameOnMap,
        'text-font': strongFont,
        'text-size': 13,
        'text-variable-anchor': sides[1] as ['left'],
        'text-radial-offset': 1.06,
        'text-justify': 'auto',
        'symbol-sort-key': rank,
        'text-padding': 1,
      },
      paint: { 'text-color': t['map-label'], 'text-halo-color': t['map-halo'], 'text-halo-width': 1.6 },
    },
    {
      id: `${source}-marks`,
      type: 'symbol',
      source,
      layout: { 'icon-image': baseIcon([]), 'icon-allow-overlap': true, 'icon-padding': 0, 'symbol-sort-key': ['-', 20, rank] },
    },
  ],
};
