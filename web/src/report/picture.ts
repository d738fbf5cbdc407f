// The map of an option: minutes to surgery over the area, and its bases, over the roads and towns that the page shows.
import type { Feature } from 'geojson';
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
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
      // Placed from the top down: symbols first, all of them, then names where there is room beside every symbol; those of what changes before others.
      {
        id: 'report-names', type: 'symbol', source: 'report', filter: of('base', 'new', 'closed'),
        layout: {
          'text-field': ['get', 'name'], 'text-font': strongFont, 'text-size': 11, 'text-padding': 1, 'text-radial-offset': 1.3, 'symbol-sort-key': ['match', ['get', 'part'], 'base', 1, 0],
          'text-variable-anchor': ['left', 'right', 'bottom', 'top', 'bottom-left', 'bottom-right', 'top-left', 'top-right'],
        },
        paint: { 'text-color': t['map-label'], 'text-halo-color': t['map-halo'], 'text-halo-width': 1.6 },
      },
      { id: 'report-gone', type: 'symbol', source: 'report', filter: of('closed', 'left'), layout: symbols },
      { id: 'report-bases', type: 'symbol', source: 'report', filter: of('base', 'new'), layout: symbols },
    ],
  };
};

/** Those that stay stand where they are; what closes, moves or opens is drawn as the workspace draws it. */
function featuresOf(rows: BaseRow[], cells: Feature[], looks: Looks): Feature[] {
  const stay = rows.filter((r) => !r.gone && r.before && !r.fate.move).map((row): Feature => ({ type: 'Feature', geometry: { type: 'Point', coordinates: row.station.at }, properties: { part: 'base', icon: looks.symbol(row, 'open'), name: row.name } }));
  return [...cells.map((f): Feature => ({ ...f, properties: { ...f.properties, part: 'cell' } })), ...stay, ...baseFeatures(rows, looks)];
}

export interface OptionOnMap {
  letter: string;
  rows: BaseRow[];
  cells: Feature[];
  steps: number[];
  bounds: Bounds;
  looks: Looks;
}

export const pictureOfOption = ({ letter, rows, cells, steps, bounds, looks }: OptionOnMap): OwnPicture => ({
  bounds, places: [], padding: { left: 56, right: 56, top: 36, bottom: 44 },
  style: (style, t) => ownStyle(style, { id: 'report', features: featuresOf(rows, cells, looks), layers: layersOf(t, letter, steps), beneath }),
});
