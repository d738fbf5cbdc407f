// The map of a convoy sheet: the way with what lies along it, over the roads, bases and towns that the page shows.
import type { Feature, LineString, MultiLineString, Position } from 'geojson';
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { incidentSymbol } from '../map/layers/incidents.ts';
import { ownStyle, type OwnPicture } from '../map/picture.ts';
import { boundsOf } from '../map/shapes.ts';
import type { Tokens } from '../map/tokens.ts';
import type { Convoy } from './convoy.ts';

const beneath = ['bases', 'routes', 'roads', 'places'];

const part = (name: string): ExpressionSpecification => ['==', ['get', 'part'], name];

const layersOf = (t: Tokens): Record<string, LayerSpecification[]> => ({
  area: [
    { id: 'convoy-hazard', type: 'fill', source: 'convoy', filter: part('hazard'), paint: { 'fill-pattern': 'hatch/d-hazard' } },
    { id: 'convoy-hazard-line', type: 'line', source: 'convoy', filter: part('hazard'), paint: { 'line-color': t['d-hazard'], 'line-width': 1.2 } },
  ],
  line: [
    { id: 'convoy-case', type: 'line', source: 'convoy', filter: part('way'), layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': t['map-road-case'], 'line-width': 8 } },
    { id: 'convoy-way', type: 'line', source: 'convoy', filter: part('way'), layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': t['route-a'], 'line-width': 4.5 } },
  ],
  point: [
    { id: 'convoy-incidents', type: 'symbol', source: 'convoy', filter: part('incident'), layout: { 'icon-image': ['get', 'symbol'], 'icon-allow-overlap': true, 'icon-ignore-placement': true, 'icon-size': 0.8 } },
  ],
  base: [
    { id: 'convoy-weak', type: 'circle', source: 'convoy', filter: part('weak'), paint: { 'circle-radius': 9, 'circle-opacity': 0, 'circle-stroke-color': t.ink, 'circle-stroke-width': 3 } },
  ],
});

function featuresOf({ line, hazards, incidents, weakest }: Convoy): Feature[] {
  const tell = (name: string, geometry: Feature['geometry'], more = {}): Feature => ({ type: 'Feature', geometry, properties: { part: name, ...more } });
  return [
    tell('way', line),
    ...hazards.map(({ shape }) => tell('hazard', shape)),
    ...incidents.map(({ shape, ...facts }) => tell('incident', shape, { symbol: incidentSymbol(facts) })),
    ...Object.values(weakest).map(({ at }) => tell('weak', { type: 'Point', coordinates: at })),
  ];
}

/** The middle of a line by its length as the map shows it: where its letter stands. */
export function middleOf(line: LineString | MultiLineString): Position {
  const all: Position[] = line.type === 'LineString' ? line.coordinates : line.coordinates.flat();
  const length = (a: Position, b: Position) => Math.hypot((b[0] ?? 0) - (a[0] ?? 0), (b[1] ?? 0) - (a[1] ?? 0));
  let left = all.slice(1).reduce((sum, p, i) => sum + length(all[i] ?? p, p), 0) / 2;
  for (const [i, b] of all.slice(1).entries()) {
    const a = all[i] ?? b;
    const edge = length(a, b);
    if (left <= edge && edge > 0) return [0, 1].map((k) => (a[k] ?? 0) + ((b[k] ?? 0) - (a[k] ?? 0)) * (left / edge));
    left -= edge;
  }
  return all.at(-1) ?? [0, 0];
}

/** What a convoy's picture shows, and where its letter, its ends and its weakest places stand on it. */
export function pictureOfWay(convoy: Convoy): OwnPicture & { labels: { kind: 'letter' | 'from' | 'to' | 'reaction_force' | 'surgery' }[] } {
  const all: Position[] = convoy.line.type === 'LineString' ? convoy.line.coordinates : convoy.line.coordinates.flat();
  const { reaction_force: force, surgery } = convoy.weakest;
  const labels = [
    { kind: 'letter' as const, at: middleOf(convoy.line) },
    { kind: 'from' as const, at: all[0] ?? [0, 0] },
    { kind: 'to' as const, at: all.at(-1) ?? [0, 0] },
    ...(force ? [{ kind: 'reaction_force' as const, at: force.at }] : []),
    ...(surgery ? [{ kind: 'surgery' as const, at: surgery.at }] : []),
  ];
  return { bounds: boundsOf([convoy.line]) ?? [-180, -80, 180, 80], style: (style, t) => ownStyle(style, { id: 'convoy', features: featuresOf(convoy), layers: layersOf(t), beneath }), places: labels.map((l) => l.at), labels };
}
