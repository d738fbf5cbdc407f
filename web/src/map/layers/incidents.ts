// Incidents: a triangle detonated, a ring found before, a cross otherwise; three sizes by people killed and injured.
// Where they would lie on one another they are counted in cells instead, shaded by five printed classes.
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { TokenName, Tokens } from '../tokens.ts';
import { countOf, singlesFrom, textOf, type LegendClass, type LayerKind, type TilePart } from './layer.ts';
import { countLabels } from './plain.ts';

const outcomes: Record<string, string> = { detonated: 'harm', found: 'found', disarmed: 'found' };
const classes: LegendClass[] = [
  { id: 'detonated', mark: { symbol: 'incident/harm/1' } },
  { id: 'found', mark: { symbol: 'incident/found/1' } },
  { id: 'other', mark: { symbol: 'incident/other/1' } },
];
const classIds: Record<string, string> = { harm: 'detonated', found: 'found' };

/** Outcomes that count as found before detonation. */
export const foundOutcomes = Object.keys(outcomes).filter((o) => outcomes[o] === 'found');

const outcomeOf = (properties: Record<string, unknown>) => outcomes[textOf(properties.outcome)] ?? 'other';

function sizeOf(properties: Record<string, unknown>): 0 | 1 | 2 {
  const hurt = (Number(properties.killed) || 0) + (Number(properties.injured) || 0);
  return hurt >= 5 ? 2 : hurt >= 1 ? 1 : 0;
}

export const incidentSymbol = (properties: Record<string, unknown>) => `incident/${outcomeOf(properties)}/${sizeOf(properties)}`;

const number = (field: string): ExpressionSpecification => ['to-number', ['get', field], 0];
const size: ExpressionSpecification = ['step', ['+', number('killed'), number('injured')], '0', 1, '1', 5, '2'];

/** The same symbol as incidentSymbol, worked out by the map. */
export const incidentIcon: ExpressionSpecification = ['concat', 'incident/', ['match', ['get', 'outcome'], 'detonated', 'harm', foundOutcomes, 'found', 'other'], '/', size];

const marks = (source: string, minzoom = 0): LayerSpecification => ({
  id: `${source}-marks`,
  type: 'symbol',
  source,
  minzoom,
  layout: {
    'icon-image': incidentIcon,
    'icon-size': ['step', countOf, 1, 2, 1.12, 5, 1.25],
    'icon-allow-overlap': true,
    'icon-padding': 0,
    'symbol-sort-key': ['to-number', size],
  },
});

const ramp: TokenName[] = ['seq-1', 'seq-2', 'seq-3', 'seq-4', 'seq-5'];

/** Where the classes of a cell's count begin, with their colours: few records need finer classes than a million. */
export function cellClasses(crowd: number): { from: number; colour: TokenName }[] {
  const breaks = crowd > 100_000 ? [1, 10, 50, 250, 1000] : crowd > 5000 ? [1, 5, 20, 50, 200] : [1, 2, 5, 10, 20];
  return breaks.map((from, i) => ({ from, colour: ramp[i] ?? 'seq-5' }));
}

function cells(source: string, crowd: number, t: Tokens): LayerSpecification {
  const [first, ...others] = cellClasses(crowd);
  const shade = ['step', countOf, t[first?.colour ?? 'seq-1'], ...others.flatMap(({ from, colour }) => [from, t[colour]])] as unknown as ExpressionSpecification;
  const radius = crowd > 20_000 ? 1.6 : 3.2;
  return {
    id: `${source}-cells`,
    type: 'circle',
    source,
    maxzoom: singlesFrom(crowd),
    layout: { 'circle-sort-key': countOf },
    paint: { 'circle-color': shade, 'circle-radius': radius, 'circle-stroke-color': t['seq-5'], 'circle-stroke-width': crowd > 20_000 ? 0 : 0.5 },
  };
}

const parts = (crowd: number): TilePart[] => [
  { name: 'cells', properties: [], sum: [], groupby: [], layers: (source, t) => [cells(source, crowd, t)] },
  {
    name: 'marks', properties: ['outcome', 'killed', 'injured'], sum: ['killed', 'injured'], groupby: ['outcome'],
    layers: (source, t) => [marks(source, singlesFrom(crowd)), countLabels(source, t, crowd)],
  },
];

export const incidents: LayerKind = {
  slot: 'point',
  shown: true,
  mark: { symbol: 'incident/harm/1' },
  classField: 'outcome',
  classes,
  classOf: (properties) => classIds[outcomeOf(properties)] ?? 'other',
  symbol: incidentSymbol,
  fields: ['outcome', 'killed', 'injured'],
  columns: ['time', 'category', 'outcome', 'target', 'device', 'killed', 'injured', 'route', 'place_precision', 'reliability', 'credibility'],
  layers: (source) => [marks(source)],
  tiled: parts,
};
