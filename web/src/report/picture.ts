// The map of an option: minutes to surgery over the area, and its bases, over the roads and towns that the page shows.
import type { Feature } from 'geojson';
import type { ExpressionSpecification, FilterSpecification, LayerSpecification, VariableAnchorOffsetCollectionSpecification } from 'maplibre-gl';
import { strongFont } from '../map/fonts.ts';
import { ownStyle, type OwnPicture } from '../map/picture.ts';
import type { Bounds } from '../map/shapes.ts';
import type { Tokens } from '../map/tokens.ts';
import { baseFeatures, type Looks } from '../planning/drawn.ts';
import type { BaseRow } from '../planning/figures.ts';

const beneath = ['routes', 'roads', 'places'];
const of = (...parts: string[]): FilterSpecification => ['in', ['get', 'part'], ['literal', parts]];

/** From the darkest, nearest, to the palest. */
export const minuteTokens = ['reach-1', 'reach-2', 'reach-3', 'reach-4'] as const;

/** Each is drawn, whatever it covers, and names keep off it. */
const symbols = { 'icon-image': ['get', 'icon'] as ExpressionSpecification, 'icon-allow-overlap': true, 'icon-padding': 0, 'icon-size': 0.9 };

/** Ends of a name at its base, and how far from it, in widths of a letter: beneath and above it is a mark more in the way. */
const anchors = { left: [1.3, 0], right: [-1.3, 0], top: [0, 1.6], bottom: [0, -1.9], 'top-left': [1, 1.2], 'top-right': [-1, 1.2], 'bottom-left': [1, -1.5], 'bottom-right': [-1, -1.5] };
type Anchor = keyof typeof anchors;
const [toEast, toWest]: [Anchor[], Anchor[]] = [['left', 'right', 'top', 'bottom', 'top-left', 'bottom-left', 'top-right', 'bottom-right'], ['right', 'top', 'bottom', 'top-right', 'bottom-right', 'left', 'top-left', 'bottom-left']];

/** Placed after the symbols, which stand above: each name where there is room beside every one of these; what changes is named before the rest. Near the eastern frame names run inwards. */
const names = (t: Tokens, id: string, inwards: boolean): LayerSpecification => ({
  id, type: 'symbol', source: 'report', filter: ['all', of('base', 'new', 'closed'), ['==', ['get', 'east'], inwards]] as FilterSpecification,
  layout: {
    'text-field': ['get', 'name'], 'text-font': strongFont, 'text-size': 11, 'text-padding': 1, 'symbol-sort-key': ['match', ['get', 'part'], 'base', 1, 0],
    'text-variable-anchor-offset': (inwards ? toWest : toEast).flatMap((a) => [a, anchors[a]]) as VariableAnchorOffsetCollectionSpecification,
  },
  paint: { 'text-color': t['map-label'], 'text-halo-color': t['map-halo'], 'text-halo-width': 1.6 },
});

const layersOf = (t: Tokens, letter: string, steps: number[]): Record<string, LayerSpecification[]> => {
  const minutes: ExpressionSpecification = ['get', letter];
  const last = steps.at(-1) ?? 0;
  // A missing number is no number: nothing comes there.
  const inTime: ExpressionSpecification = ['all', ['==', ['typeof', minutes], 'number'], ['<=', ['to-number', minutes, 0], last]];
  const colours = minuteTokens.map((name) => t[name]);
  const stops = steps.slice(0, -1).flatMap((step, i) => [step + 1e-6, colours[i + 1] ?? t['reach-4']]);
  const fill = ['step', ['to-number', minutes, 0], colours[0] ?? t['reach-1'], ...stops] as unknown as ExpressionSpecification;
  return {
    area: [
      { id: 'report-beyond', type: 'fill', source: 'report', filter: ['all', ['==', ['get', 'part'], 'cell'], ['!', inTime]], paint: { 'fill-pattern': 'hatch/reach-fail', 'fill-opacity': 0.6 } },
      { id: 'report-minutes', type: 'fill', source: 'report', filter: ['all', ['==', ['get', 'part'], 'cell'], inTime], paint: { 'fill-color': fill, 'fill-opacity': 0.8, 'fill-antialias': false } },
    ],
    base: [
      { id: 'report-way', type: 'line', source: 'report', filter: of('way'), paint: { 'line-color': t.ink, 'line-width': 1.6, 'line-dasharray': [3, 2] } },
      names(t, 'report-names-west', false),
      names(t, 'report-names-east', true),
      { id: 'report-gone', type: 'symbol', source: 'report', filter: of('closed', 'left'), layout: symbols },
      { id: 'report-bases', type: 'symbol', source: 'report', filter: of('base', 'new'), layout: symbols },
    ],
  };
};

/** Those that stay stand where they are; what closes, moves or opens is drawn as the workspace draws it. */
function featuresOf({ rows, cells, looks, bounds: [west, , east] }: OptionOnMap): Feature[] {
  const stay = rows.filter((r) => !r.gone && r.before && !r.fate.move).map((row): Feature => ({ type: 'Feature', geometry: { type: 'Point', coordinates: row.station.at }, properties: { part: 'base', icon: looks.symbol(row, 'open'), name: row.name } }));
  const isEast = ({ geometry }: Feature) => geometry.type === 'Point' && (geometry.coordinates[0] ?? 0) > west + 0.8 * (east - west);
  const bases = [...stay, ...baseFeatures(rows, looks)].map((f): Feature => ({ ...f, properties: { ...f.properties, east: isEast(f) } }));
  return [...cells.map((f): Feature => ({ ...f, properties: { ...f.properties, part: 'cell' } })), ...bases];
}

export interface OptionOnMap {
  letter: string;
  rows: BaseRow[];
  cells: Feature[];
  steps: number[];
  bounds: Bounds;
  looks: Looks;
}

export const pictureOfOption = (option: OptionOnMap): OwnPicture => ({
  bounds: option.bounds, places: [], padding: { left: 56, right: 56, top: 48, bottom: 44 },
  style: (style, t) => ownStyle(style, { id: 'report', features: featuresOf(option), layers: layersOf(t, option.letter, option.steps), beneath }),
});
