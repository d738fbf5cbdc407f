// Incidents: a triangle detonated, a ring found before, a cross otherwise; three sizes by people killed and injured.
import type { LegendClass, LayerKind } from './layer.ts';
import { nameOf, textOf } from './layer.ts';

const outcomes: Record<string, string> = { detonated: 'harm', found: 'found', disarmed: 'found' };
const classes: LegendClass[] = [
  { id: 'detonated', mark: { symbol: 'incident/harm/1' } },
  { id: 'found', mark: { symbol: 'incident/found/1' } },
  { id: 'other', mark: { symbol: 'incident/other/1' } },
];
const classIds: Record<string, string> = { harm: 'detonated', found: 'found' };

const outcomeOf = (properties: Record<string, unknown>) => outcomes[textOf(properties.outcome)] ?? 'other';

function sizeOf(properties: Record<string, unknown>): 0 | 1 | 2 {
  const hurt = (Number(properties.killed) || 0) + (Number(properties.injured) || 0);
  return hurt >= 5 ? 2 : hurt >= 1 ? 1 : 0;
}

export const incidentSymbol = (properties: Record<string, unknown>) => `incident/${outcomeOf(properties)}/${sizeOf(properties)}`;

export const incidents: LayerKind = {
  slot: 'point',
  shown: true,
  mark: { symbol: 'incident/harm/1' },
  classes,
  classOf: (properties) => classIds[outcomeOf(properties)] ?? 'other',
  paint: ({ properties }) => ({ icon: incidentSymbol(properties), name: nameOf(properties), rank: sizeOf(properties) }),
  layers: (source) => [
    {
      id: `${source}-marks`,
      type: 'symbol',
      source,
      layout: { 'icon-image': ['get', 'icon'], 'icon-allow-overlap': true, 'icon-padding': 0, 'symbol-sort-key': ['get', 'rank'] },
    },
  ],
};
