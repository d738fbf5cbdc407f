// What is drawn by hand for a footprint: supposed bases, and the area to look for gaps in.
import type { Feature } from 'geojson';
import { turned, type Place } from '../geo/geodesic.ts';
import { continued, polygonOf } from '../geo/ring.ts';

/** Corners of the box over two opposite corners, anticlockwise; the short way round the date line. */
export function boxOf([lon1, lat1]: Place, [lon2, lat2]: Place): Place[] {
  const width = turned(lon2 - lon1);
  const [west, east] = width < 0 ? [lon1 + width, lon1] : [lon1, lon1 + width];
  const [south, north] = [Math.min(lat1, lat2), Math.max(lat1, lat2)];
  return [[west, south], [east, south], [east, north], [west, north]];
}

const piece = 0.05;

/** A ring whose edges are straight in degrees, as drawn areas are, told in short pieces: as geodesics they hardly differ. */
export function straightened(ring: Place[]): Place[] {
  return ring.flatMap(([lon, lat], i) => {
    const [nextLon, nextLat] = ring[(i + 1) % ring.length] ?? [lon, lat];
    const [east, north] = [turned(nextLon - lon), nextLat - lat];
    const pieces = Math.min(2000, Math.max(1, Math.ceil(Math.max(Math.abs(east), Math.abs(north)) / piece)));
    return Array.from({ length: pieces }, (_, k): Place => [lon + (east * k) / pieces, lat + (north * k) / pieces]);
  });
}

const feature = (part: string, geometry: Feature['geometry'], name = ''): Feature => ({ type: 'Feature', properties: { part, name }, geometry });

export interface Sketched {
  bases: { at: Place; name: string }[];
  area?: Place[];
  /** Corners so far of the area that is being drawn, and where the pointer stands. */
  draft: Place[];
  hover?: Place;
  /** The draft is a box: two corners make it. */
  box: boolean;
}

export function sketchFeatures({ bases, area, draft, hover, box }: Sketched): Feature[] {
  const features: Feature[] = [];
  if (area) features.push(feature('area', polygonOf(continued(area))));
  const [first] = draft;
  const growing = hover ? [...draft, hover] : draft;
  const last = growing.at(-1);
  if (box && first && last) features.push(feature('way', { type: 'LineString', coordinates: polygonOf(boxOf(first, last)).coordinates[0] ?? [] }));
  else if (growing.length > 1) features.push(feature('way', { type: 'LineString', coordinates: continued(growing) }));
  features.push(...draft.map((at) => feature('corner', { type: 'Point', coordinates: at })));
  return [...features, ...bases.map(({ at, name }) => feature('base', { type: 'Point', coordinates: at }, name))];
}
