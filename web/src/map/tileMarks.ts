// The marking of every tile: MapLibre shows no headers, so tiles are fetched here. Only what is marked above unclassified is noted.
import type { RequestParameters } from 'maplibre-gl';
import { create } from 'zustand';
import { signedOut } from '../api/client.ts';
import { highest, type Marking } from '../api/marking.ts';
import type { View } from './graticule.ts';

export const markedScheme = 'marked';

/** The address of tiles, so that their fetching passes here. */
export const markedUrl = (url: string): string => url.replace(/^https?/, markedScheme);

interface TileMark {
  collection: string;
  /** The selection that the tile is of. */
  asked: string;
  z: number;
  x: number;
  y: number;
  marking: string;
}

export const useTileMarks = create<{ marks: Record<string, TileMark> }>()(() => ({ marks: {} }));

const selecting = ['filter', 'datetime', 'asof'];
/** What chooses the records of a tile: not how they are drawn. */
export const askedOf = (query: Record<string, string>): string => selecting.map((name) => query[name] ?? '').join('|');

const address = /\/collections\/([^/]+)\/tiles\/[^/]+\/(\d+)\/(\d+)\/(\d+)$/;

export function noteTile(href: string, marking: string | null) {
  const url = new URL(href);
  const [, collection = '', z, y, x] = address.exec(url.pathname) ?? [];
  const plain = !marking || marking === 'unclassified';
  const { marks } = useTileMarks.getState();
  if (plain && !(href in marks)) return;
  const { [href]: _old, ...rest } = marks;
  const mark = { collection: decodeURIComponent(collection), asked: askedOf(Object.fromEntries(url.searchParams)), z: Number(z), x: Number(x), y: Number(y), marking: marking ?? '' };
  useTileMarks.setState({ marks: plain ? rest : { ...rest, [href]: mark } });
}

export async function loadMarked({ url }: RequestParameters, { signal }: AbortController): Promise<{ data: ArrayBuffer }> {
  const href = url.replace(markedScheme, location.protocol.replace(':', ''));
  const response = await fetch(href, { signal });
  if (response.status === 401) {
    // The sign-in is about to stand in place of the map.
    signedOut.forEach((tell) => tell());
    return { data: new ArrayBuffer(0) };
  }
  if (!response.ok) throw new Error(`tile: ${response.status} ${response.statusText}`);
  const data = await response.arrayBuffer();
  noteTile(href, response.headers.get('Bivouac-Classification'));
  return { data };
}

/** Tiles are whole zooms; from the last one on they are only stretched. */
const lastZoom = 17;

/** Whether a tile is what a view shows of its layer. */
function inView({ z, x, y }: TileMark, { west, south, east, north, zoom }: View): boolean {
  if (z !== Math.min(lastZoom, Math.floor(zoom))) return false;
  const side = 2 ** z;
  const column = (lon: number) => ((lon + 180) / 360) * side;
  const row = (lat: number) => ((1 - Math.asinh(Math.tan((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180)) / Math.PI) / 2) * side;
  const [left, right] = [Math.floor(column(west)), Math.floor(column(east))];
  // The view may reach over the date line, where columns count on.
  const across = right - left >= side || [x - side, x, x + side].some((c) => c >= left && c <= right);
  return across && y >= Math.floor(row(north)) && y <= Math.floor(row(south));
}

/** The highest marking of the tiles that a view shows; `shown` are the selections of the visible layers. */
export const tileMarking = (marks: Record<string, TileMark>, view: View, shown: { collection: string; asked: string }[]): Marking =>
  highest(Object.values(marks).filter((m) => shown.some((s) => s.collection === m.collection && s.asked === m.asked) && inView(m, view)).map((m) => m.marking));
