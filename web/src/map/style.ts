// The base map, from the bottom: water, land, grid, mission's shade, first-level borders, borders, names. Colours from tokens only.
import type { ExpressionSpecification, FilterSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { disputedLines } from './disputed.ts';
import { pageFonts, regularFont } from './fonts.ts';
import { slots } from './layers/layer.ts';
import { alertLayers, handLayers, reachLayers, toolSources, versionLayers } from './toolLayers.ts';
import { careFills, careWays } from './careLayers.ts';
import { importLayers } from './importLayers.ts';
import { scenarioLayers, shiftLayers } from './planLayers.ts';
import { resultFills, resultOutlines, resultPoints, resultWays } from './resultLayers.ts';
import { reachedFills, reachedLines, wayLines, wayMarks } from './wayLayers.ts';
import type { Tokens } from './tokens.ts';

const nothing: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };
const file = (name: string) => ({ type: 'geojson' as const, data: new URL(`/basemap/${name}.json`, location.href).href });

/** Countries of the mission on screen. */
export const inMission = (countries: string[]): FilterSpecification => ['in', ['get', 'iso'], ['literal', countries]];

const mark = (slot: string): LayerSpecification => ({ id: `slot-${slot}`, type: 'background', layout: { visibility: 'none' } });

export function baseLayers(t: Tokens): LayerSpecification[] {
  return [
    { id: 'water', type: 'background', paint: { 'background-color': t['map-water'] } },
    { id: 'land', type: 'fill', source: 'countries', paint: { 'fill-color': t['map-outside'], 'fill-antialias': false } },
    { id: 'land-mission', type: 'fill', source: 'countries', filter: inMission([]), paint: { 'fill-color': t['map-land'] } },
    { id: 'grid', type: 'line', source: 'grid', paint: { 'line-color': t['map-grid'], 'line-width': 0.8 } },
    mark('area'),
    ...resultFills(t),
    ...reachedFills(t),
    ...careFills(t),
    {
      id: 'shade', type: 'line', source: 'countries', filter: inMission([]), layout: { 'line-join': 'round' },
      paint: { 'line-color': t['map-border'], 'line-opacity': 0.16, 'line-width': 11, 'line-blur': 9 },
    },
    {
      id: 'admin1', type: 'line', source: 'admin1', minzoom: 4,
      paint: { 'line-color': t['map-admin'], 'line-width': 1, 'line-dasharray': [4, 2] },
    },
    ...borderLayers(t),
    ...reachLayers(t),
    ...resultOutlines(t),
    ...alertLayers(t),
    mark('line'),
    ...resultWays(t),
    ...reachedLines(t),
    ...wayLines(t),
    ...nameLayers(t),
    mark('point'),
    ...resultPoints(t),
    ...shiftLayers(t),
    ...markLayers(t),
    mark('base'),
    ...scenarioLayers(t),
    ...careWays(t),
    ...pickLayers(t),
    ...wayMarks(t),
    ...importLayers(t),
    ...handLayers(t),
    ...versionLayers(t),
  ];
}

/** Settled borders are solid, with a light casing; what is disputed or not determined is dashed, ours and the data's alike. */
function borderLayers(t: Tokens): LayerSpecification[] {
  const settled = (yes: boolean): FilterSpecification => ['==', ['get', 'settled'], yes ? 1 : 0];
  const ink = { 'line-color': t['map-border'], 'line-width': borderWidth };
  return [
    { id: 'border-case', type: 'line', source: 'borders', filter: settled(true), layout: { 'line-join': 'round' }, paint: { 'line-color': t['map-halo'], 'line-width': 3 } },
    { id: 'borders', type: 'line', source: 'borders', filter: settled(true), layout: { 'line-join': 'round' }, paint: ink },
    { id: 'borders-unsettled', type: 'line', source: 'borders', filter: settled(false), layout: { 'line-join': 'round' }, paint: { ...ink, 'line-dasharray': dash } },
    { id: 'borders-disputed', type: 'line', source: 'disputed', layout: { 'line-join': 'round' }, paint: { ...ink, 'line-dasharray': dash } },
  ];
}
const borderWidth: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 2, 0.6, 6, 1.3];
const dash = [4, 2.5];

const nameLayers = (t: Tokens): LayerSpecification[] => [
  {
    id: 'country-names', type: 'symbol', source: 'names', maxzoom: 8,
    filter: ['>=', ['get', 'size'], ['step', ['zoom'], 120, 3, 30, 4, 6, 5, 1, 6, 0]],
    layout: { 'text-field': ['get', 'name'], 'text-font': regularFont, 'text-size': 13, 'text-letter-spacing': ['get', 'spacing'], 'text-max-width': 7, 'text-padding': 8 },
    paint: { 'text-color': t['map-label-2'], 'text-halo-color': t['map-halo'], 'text-halo-width': 1.2 },
  },
  {
    id: 'towns', type: 'symbol', source: 'towns', minzoom: 4,
    filter: ['<=', ['get', 'zoom'], ['zoom']],
    layout: {
      'icon-image': 'ring/map-label-2', 'icon-size': 0.85, 'icon-padding': 0, 'icon-optional': false,
      'text-field': ['get', 'name'], 'text-font': regularFont, 'text-size': 12, 'text-padding': 6,
      'text-variable-anchor': ['left', 'right', 'top', 'bottom'], 'text-radial-offset': 0.6, 'symbol-sort-key': ['-', ['get', 'pop']],
    },
    paint: { 'text-color': t['map-label-2'], 'text-halo-color': t['map-halo'], 'text-halo-width': 1.4 },
  },
];

const markLayers = (t: Tokens): LayerSpecification[] => [
  { id: 'asked-lines', type: 'line', source: 'asked', filter: ['==', ['geometry-type'], 'LineString'], paint: { 'line-color': t.accent, 'line-width': 1.4, 'line-dasharray': [2, 2] } },
  {
    id: 'asked-place', type: 'circle', source: 'asked', filter: ['==', ['geometry-type'], 'Point'],
    paint: { 'circle-radius': 4, 'circle-color': t.accent, 'circle-stroke-color': t.surface, 'circle-stroke-width': 2 },
  },
];

/** Above the bases: what is selected or picked. */
const pickLayers = (t: Tokens): LayerSpecification[] => [
  {
    id: 'selected-line', type: 'line', source: 'selected', filter: ['!=', ['geometry-type'], 'Point'], layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': t.accent, 'line-width': 4, 'line-opacity': 0.75 },
  },
  {
    id: 'selected-ring', type: 'circle', source: 'selected', filter: ['==', ['geometry-type'], 'Point'],
    paint: { 'circle-radius': 13, 'circle-opacity': 0, 'circle-stroke-color': t.accent, 'circle-stroke-width': 2 },
  },
];

export function baseStyle(tokens: Tokens): StyleSpecification {
  return {
    version: 8,
    'font-faces': pageFonts(),
    transition: { duration: 0, delay: 0 },
    sources: {
      countries: file('countries'),
      borders: file('borders'),
      disputed: { type: 'geojson', data: disputedLines },
      admin1: file('admin1'),
      towns: file('towns'),
      ...Object.fromEntries(['names', 'grid', 'asked', 'selected', ...toolSources].map((id) => [id, { type: 'geojson' as const, data: nothing }])),
    },
    layers: baseLayers(tokens),
  };
}

export const slotIds = slots.map((slot) => `slot-${slot}`);
