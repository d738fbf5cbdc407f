// How rings, drawn areas and measurements look on the map. Bottom first; colours from tokens only.
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { regularFont, strongFont } from './fonts.ts';
import type { Tokens } from './tokens.ts';

export const toolSources = ['gaps', 'rings', 'overlap', 'union', 'space', 'sketch', 'measure', 'edit', 'result', 'alert', 'reached', 'ways', 'plan', 'shifts', 'scenario', 'care', 'journey', 'import'] as const;
export type ToolSource = (typeof toolSources)[number];

/** More bases over a place: farther from the paper. Depth 1 is the rings' own fill. */
const depthColour = (t: Tokens): ExpressionSpecification => ['step', ['get', 'depth'], t['reach-3'], 3, t['reach-2'], 4, t['reach-1']];

/** Beneath roads and names: what the footprint covers, and what it leaves out. */
export const reachLayers = (t: Tokens): LayerSpecification[] => [
  { id: 'gaps', type: 'fill', source: 'gaps', paint: { 'fill-pattern': 'hatch/reach-fail', 'fill-opacity': 0.75 } },
  { id: 'gaps-line', type: 'line', source: 'gaps', paint: { 'line-color': t['reach-fail'], 'line-width': 1 } },
  { id: 'rings-fill', type: 'fill', source: 'rings', paint: { 'fill-color': t['reach-4'], 'fill-opacity': 0.5 } },
  { id: 'overlap', type: 'fill', source: 'overlap', paint: { 'fill-color': depthColour(t), 'fill-opacity': 0.6 } },
  { id: 'rings-line', type: 'line', source: 'rings', paint: { 'line-color': t['reach-2'], 'line-width': 1, 'line-dasharray': [3, 2] } },
  { id: 'union', type: 'line', source: 'union', layout: { 'line-join': 'round' }, paint: { 'line-color': t['reach-1'], 'line-width': 1.8 } },
];

/** Opacities of the footprint, as it is and as it is greyed. */
export const reachFade = (dim: boolean): [string, 'fill-opacity' | 'line-opacity', number][] => [
  ['gaps', 'fill-opacity', dim ? 0.3 : 0.75],
  ['rings-fill', 'fill-opacity', dim ? 0.25 : 0.5],
  ['overlap', 'fill-opacity', dim ? 0.3 : 0.6],
  ['rings-line', 'line-opacity', dim ? 0.4 : 1],
  ['union', 'line-opacity', dim ? 0.4 : 1],
];

const of = (kind: string): ExpressionSpecification => ['==', ['get', 'part'], kind];
const halo = (t: Tokens) => ({ 'text-color': t.accent, 'text-halo-color': t.surface, 'text-halo-width': 1.8 });

/** Where the chosen alert reaches to. */
export const alertLayers = (t: Tokens): LayerSpecification[] => [
  { id: 'alert-fill', type: 'fill', source: 'alert', paint: { 'fill-color': t.accent, 'fill-opacity': 0.08 } },
  { id: 'alert-line', type: 'line', source: 'alert', paint: { 'line-color': t.accent, 'line-width': 1.6 } },
];

/** Above everything: what is drawn by hand. */
export const handLayers = (t: Tokens): LayerSpecification[] => [
  { id: 'space-fill', type: 'fill', source: 'space', filter: of('area'), paint: { 'fill-color': t.accent, 'fill-opacity': 0.07 } },
  { id: 'space-line', type: 'line', source: 'space', filter: of('area'), layout: { 'line-join': 'round' }, paint: { 'line-color': t.accent, 'line-width': 2 } },
  { id: 'space-way', type: 'line', source: 'space', filter: of('way'), layout: { 'line-join': 'round' }, paint: { 'line-color': t.accent, 'line-width': 1.8, 'line-dasharray': [3, 1.5] } },
  { id: 'space-corner', type: 'circle', source: 'space', filter: of('corner'), paint: { 'circle-radius': 4, 'circle-color': t.surface, 'circle-stroke-color': t.accent, 'circle-stroke-width': 2 } },
  { id: 'sketch-fill', type: 'fill', source: 'sketch', filter: of('area'), paint: { 'fill-color': t.accent, 'fill-opacity': 0.06 } },
  { id: 'sketch-line', type: 'line', source: 'sketch', filter: ['in', ['get', 'part'], ['literal', ['area', 'way']]], layout: { 'line-join': 'round' }, paint: { 'line-color': t.accent, 'line-width': 1.6, 'line-dasharray': [4, 2] } },
  { id: 'sketch-corners', type: 'circle', source: 'sketch', filter: of('corner'), paint: { 'circle-radius': 4, 'circle-color': t.surface, 'circle-stroke-color': t.accent, 'circle-stroke-width': 2 } },
  {
    id: 'sketch-bases', type: 'symbol', source: 'sketch', filter: of('base'),
    layout: {
      'icon-image': 'base/new/0/temporary/1', 'icon-allow-overlap': true, 'icon-ignore-placement': true,
      'text-field': ['get', 'name'], 'text-font': strongFont, 'text-size': 13, 'text-variable-anchor': ['left', 'right', 'top', 'bottom'], 'text-radial-offset': 1, 'text-optional': true,
    },
    paint: halo(t),
  },
  { id: 'measure-fill', type: 'fill', source: 'measure', filter: of('area'), paint: { 'fill-color': t.accent, 'fill-opacity': 0.1 } },
  { id: 'measure-case', type: 'line', source: 'measure', filter: ['in', ['get', 'part'], ['literal', ['way', 'next']]], layout: { 'line-join': 'round' }, paint: { 'line-color': t.surface, 'line-width': 4.5 } },
  { id: 'measure-line', type: 'line', source: 'measure', filter: of('way'), layout: { 'line-join': 'round' }, paint: { 'line-color': t.accent, 'line-width': 2 } },
  { id: 'measure-next', type: 'line', source: 'measure', filter: of('next'), paint: { 'line-color': t.accent, 'line-width': 2, 'line-dasharray': [2, 1.5] } },
  { id: 'measure-points', type: 'circle', source: 'measure', filter: of('corner'), paint: { 'circle-radius': 4, 'circle-color': t.surface, 'circle-stroke-color': t.accent, 'circle-stroke-width': 2 } },
  {
    id: 'measure-names', type: 'symbol', source: 'measure', filter: of('label'),
    layout: { 'text-field': ['get', 'name'], 'text-font': regularFont, 'text-size': 12, 'text-allow-overlap': true, 'text-ignore-placement': true, 'text-offset': [0, -0.9] },
    paint: halo(t),
  },
];

/** How a record's shape looks in hand: as it would be, as somebody else has made it, as it once was. */
const versions = { mine: { colour: 'accent', dash: undefined }, theirs: { colour: 'warn', dash: [3, 1.5] }, past: { colour: 'ink-3', dash: [1, 1.5] } } as const;
export type VersionPart = keyof typeof versions;

/** Above the hand's own drawings. */
export const versionLayers = (t: Tokens): LayerSpecification[] =>
  (Object.keys(versions) as VersionPart[]).flatMap((part): LayerSpecification[] => {
    const { colour, dash } = versions[part];
    const kind = (type: string): ExpressionSpecification => ['all', of(part), ['==', ['geometry-type'], type]];
    return [
      { id: `edit-${part}-fill`, type: 'fill', source: 'edit', filter: kind('Polygon'), paint: { 'fill-color': t[colour], 'fill-opacity': 0.1 } },
      { id: `edit-${part}-line`, type: 'line', source: 'edit', filter: ['all', of(part), ['!=', ['geometry-type'], 'Point']], layout: { 'line-join': 'round' }, paint: { 'line-color': t[colour], 'line-width': 2.4, ...(dash && { 'line-dasharray': [...dash] }) } },
      { id: `edit-${part}-point`, type: 'circle', source: 'edit', filter: kind('Point'), paint: { 'circle-radius': 12, 'circle-opacity': 0, 'circle-stroke-color': t[colour], 'circle-stroke-width': 2.4 } },
    ];
  });
