// The filter by place: an area that was drawn, or so far about a place. It holds of every layer of points, and stands in the link as w=.
import type { Position } from 'geojson';
import type { Place } from '../geo/geodesic.ts';
import { areaShape } from '../geo/ring.ts';
import { decoded } from './decoded.ts';
import { formatPlaces, parsePlaces } from './drawn.ts';

export interface Circle {
  near: Place;
  metres: number;
  /** The record that the circle is about, for its name. */
  of?: { collection: string; key: number };
}

export type Space = { ring: Place[] } | Circle;

/** Half way round the earth and more: everything lies within. */
const farthest = 20_100_000;

/** Where nobody says how far. */
export const usualMetres = 25_000;

/** A radius that can be asked for. */
export const isRadius = (metres: number): boolean => metres > 0 && metres <= farthest;

/** p: corners, c: a place and metres, and the record. */
export function formatSpace(space: Space | undefined): string | undefined {
  if (!space) return undefined;
  if ('ring' in space) return `p:${formatPlaces(space.ring)}`;
  const { near, metres, of } = space;
  return `c:${[...near.map((v) => +v.toFixed(7)), metres].join(',')}${of ? `,${encodeURIComponent(of.collection)}.${of.key}` : ''}`;
}

/** What cannot be read is no filter. */
export function parseSpace(text = ''): Space | undefined {
  const [kind, rest] = [text.slice(0, 2), text.slice(2)];
  if (kind === 'p:') {
    const ring = parsePlaces(rest);
    return ring.length >= 3 && ring.length === rest.split(';').length ? { ring } : undefined;
  }
  const [, lon, lat, radius, collection, key] = kind === 'c:' ? (/^([^,]+),([^,]+),([^,]+)(?:,([^,.]+)\.(\d+))?$/.exec(rest) ?? []) : [];
  const [near] = parsePlaces(`${lon},${lat}`);
  const metres = Number(radius);
  if (!near || !isRadius(metres)) return undefined;
  const of = collection && key ? { collection: decoded(collection), key: Number(key) } : undefined;
  return { near, metres, ...(of?.collection && { of }) };
}

const pair = ([lon, lat]: Position) => `${lon} ${lat}`;
const rings = (list: Position[][]) => `(${list.map((r) => `(${r.map(pair).join(', ')})`).join(', ')})`;

/** The condition in CQL2 text; both include the rim. */
export function spaceText(space: Space): string {
  if (!('ring' in space)) return `S_DWITHIN(geometry, POINT(${pair(space.near)}), ${space.metres})`;
  const shape = areaShape(space.ring);
  const text = shape.type === 'Polygon' ? `POLYGON${rings(shape.coordinates)}` : `MULTIPOLYGON(${shape.coordinates.map(rings).join(', ')})`;
  return `S_INTERSECTS(geometry, ${text})`;
}
