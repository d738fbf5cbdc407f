// Symbols as images of a map, drawn when they are first needed.
import type { Map as GlMap } from 'maplibre-gl';
import { density, drawSymbol } from './symbols.ts';
import { readTokens } from './tokens.ts';

/** The map, which draws our symbols as they are asked for. */
export function withSymbols(map: GlMap): GlMap {
  map.setMissingStyleImageResolver((id) => addSymbol(map, id));
  return map;
}

function addSymbol(map: GlMap, id: string): Promise<void> {
  if (!map.hasImage(id)) map.addImage(id, pixelsOf(id), { pixelRatio: density });
  return Promise.resolve();
}

export function pixelsOf(symbol: string): ImageData {
  const canvas = drawSymbol(symbol, readTokens());
  const pen = canvas.getContext('2d');
  return pen ? pen.getImageData(0, 0, canvas.width, canvas.height) : new ImageData(canvas.width, canvas.height);
}
