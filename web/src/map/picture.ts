// A still of the map for paper and pictures: its pixels, and where its degrees and kilometres stand.
import type { LayerSpecification, Map as GlMap, PaddingOptions, StyleSpecification } from 'maplibre-gl';
import { distance } from '../geo/geodesic.ts';
import type { Feature, Position } from 'geojson';
import type { Tokens } from './tokens.ts';
import { degreeLabel, gridStep, ticks } from './graticule.ts';
import { slotIds } from './style.ts';

export interface Picture {
  canvas: HTMLCanvasElement;
  /** Metres that a pixel of the page stands for, along the middle of the map. */
  metresPerPixel: number;
  /** Ticks along the upper edge and at the side, in pixels of the page. */
  across: Tick[];
  down: Tick[];
  zoom: number;
  /** Where the places that were asked for stand, in pixels of the page. */
  spots: { x: number; y: number }[];
}

/** A picture of other ground, or of other things on it, than the map shows. */
export interface OwnPicture {
  bounds: [west: number, south: number, east: number, north: number];
  style(style: StyleSpecification, tokens: Tokens): StyleSpecification;
  places: Position[];
  /** Room about the ground, in pixels of the page; 36 where none is said. */
  padding?: PaddingOptions;
}

interface Tick {
  label: string;
  at: number;
}

interface OwnThings {
  /** Of the source that holds the features. */
  id: string;
  features: Feature[];
  /** By the slot in whose place of the pile they stand. */
  layers: Record<string, LayerSpecification[]>;
  /** Collections whose records stay under them, for they help to find one's way; all others give room. */
  beneath: string[];
}

const drawings = ['result', 'asked', 'selected', 'gaps', 'rings', 'overlap', 'union', 'space', 'sketch', 'measure', 'edit', 'alert', 'scenario', 'shifts'];

/** The style with things of one's own in their places, and nothing of the page's analyses or drawings. */
export function ownStyle(style: StyleSpecification, { id, features, layers: own, beneath }: OwnThings): StyleSpecification {
  const stays = (source: string) => !source.startsWith('data:') || beneath.includes(source.split(':')[1] ?? '');
  const shown = style.layers.filter((l) => !('source' in l) || stays(l.source));
  const layers = shown.flatMap((l) => [...(slotIds.includes(l.id) ? (own[l.id.slice('slot-'.length)] ?? []) : []), l]);
  const empty = { type: 'geojson' as const, data: { type: 'FeatureCollection' as const, features: [] } };
  const cleared = Object.fromEntries(drawings.flatMap((name) => (name in style.sources ? [[name, empty]] : [])));
  return { ...style, layers, sources: { ...style.sources, ...cleared, [id]: { type: 'geojson', data: { type: 'FeatureCollection', features } } } };
}

/** A style in other colours: paint is taken from layers of the same name, all else stays. */
export function recoloured(style: StyleSpecification, paints: LayerSpecification[]): StyleSpecification {
  const paintOf = new Map(paints.map((l) => [l.id, l.paint]));
  const layers = style.layers.map((l) => ({ ...l, ...(paintOf.has(l.id) && { paint: { ...l.paint, ...paintOf.get(l.id) } }) }) as LayerSpecification);
  return { ...style, layers };
}

/** Waits until all is drawn, and takes the pixels in that frame: the drawing buffer is gone after it. */
export async function pictureOf(map: GlMap, places: Position[] = []): Promise<Picture> {
  await map.once('idle');
  const canvas = document.createElement('canvas');
  await new Promise<void>((resolve) => {
    map.once('render', () => {
      const source = map.getCanvas();
      [canvas.width, canvas.height] = [source.width, source.height];
      canvas.getContext('2d')?.drawImage(source, 0, 0);
      resolve();
    });
    map.triggerRepaint();
  });
  const spots = places.map(([lon = 0, lat = 0]) => map.project([lon, lat]));
  return { canvas, spots, ...framed(map) };
}

/** How many metres a pixel of the page stands for along the middle of the map, by the ellipsoid. */
export function metresPerPixel(map: GlMap): number {
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const [left, right] = [map.unproject([width / 2 - 50, height / 2]), map.unproject([width / 2 + 50, height / 2])];
  return distance([left.lng, left.lat], [right.lng, right.lat]) / 100;
}

/** A label that would be cut by the frame, or lie in its corner, is left out. */
const clearOf = (length: number) => ({ at }: Tick) => at > 40 && at < length - 40;

function framed(map: GlMap): Omit<Picture, 'canvas' | 'spots'> {
  const b = map.getBounds();
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const zoom = map.getZoom();
  const step = gridStep(zoom);
  return {
    zoom,
    metresPerPixel: metresPerPixel(map),
    across: ticks(b.getWest(), b.getEast(), step).map((lon) => ({ label: degreeLabel(lon, 'E', 'W'), at: map.project([lon, b.getCenter().lat]).x })).filter(clearOf(width)),
    down: ticks(b.getSouth(), b.getNorth(), step).map((lat) => ({ label: degreeLabel(lat, 'N', 'S'), at: map.project([b.getWest(), lat]).y })).filter(clearOf(height)),
  };
}

/** Two pictures of the same ground as one: the first up to a part of its width, the other behind a line. */
export function joined(first: Picture, other: Picture, part: number, rtl: boolean): Picture {
  const { canvas } = first;
  const { width, height } = canvas;
  const at = Math.round(width * (rtl ? 1 - part : part));
  const [from, to] = rtl ? [0, at] : [at, width];
  const context = canvas.getContext('2d');
  if (!context) return first;
  if (to > from) context.drawImage(other.canvas, from, 0, to - from, height, from, 0, to - from, height);
  context.fillStyle = '#17212b';
  context.fillRect(at - 2, 0, 4, height);
  return first;
}
