// Where a layer's vector tiles are, and what the server says of all of them together.
import { list, number, object, optional, or, text } from './decode.ts';

export const tileSet = object({
  tiles: or(list(text), []),
  bounds: optional(list(number)),
  numberMatched: number,
  /** On the map: with a place, and not beyond the map's edge. */
  numberInTiles: number,
  /** Beyond 85.0511 degrees, where the map ends. */
  numberOutside: or(number, 0),
  numberUnplaced: or(number, 0),
});
export type TileSet = ReturnType<typeof tileSet>;

const folder = (collection: string) => `/api/collections/${encodeURIComponent(collection)}/tiles/WebMercatorQuad`;

export const tileSetPath = (collection: string, query: Record<string, string>): string => `${folder(collection)}?${new URLSearchParams({ ...query, f: 'json' }).toString()}`;

/** The address of one tile, with z, y and x left open. */
export const tileTemplate = (collection: string, query: Record<string, string>): string => `${location.origin}${folder(collection)}/{z}/{y}/{x}?${new URLSearchParams(query).toString()}`;
