// The symbols of all style files in one image, for programs that cannot draw them as the page does: scripts/sprites.mjs keeps it in api/styles.
import { outcomes } from './expression.ts';
import { iconOf, styleFiles } from './layers/styleFile.ts';
import { drawSymbol } from './symbols.ts';
import type { Tokens } from './tokens.ts';

/** Every symbol that some style may name. */
export const symbolNames = (): string[] => [...new Set(styleFiles().flatMap((file) => (iconOf(file) === undefined ? [] : outcomes(iconOf(file)))))].sort();

interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
  pixelRatio: number;
}

const columns = 12;

/** Rows of symbols, each in a square as large as the largest. Symbols of the same pixels stand in it once. */
export function drawSprite(tokens: Tokens, pixelRatio: number): { image: string; places: Record<string, Place> } {
  const drawn = symbolNames().map((name) => ({ name, canvas: drawSymbol(name, tokens, pixelRatio) }));
  const side = Math.max(...drawn.map(({ canvas }) => canvas.width));
  const alike = [...new Map(drawn.map(({ canvas }) => [canvas.toDataURL(), canvas]))];
  const sheet = document.createElement('canvas');
  sheet.width = side * Math.min(columns, alike.length);
  sheet.height = side * Math.ceil(alike.length / columns);
  const pen = sheet.getContext('2d');
  const placed = new Map(alike.map(([pixels, canvas], i) => {
    const [x, y] = [side * (i % columns), side * Math.floor(i / columns)];
    pen?.drawImage(canvas, x, y);
    return [pixels, { x, y, width: canvas.width, height: canvas.height, pixelRatio }];
  }));
  const places = Object.fromEntries(drawn.flatMap(({ name, canvas }) => {
    const place = placed.get(canvas.toDataURL());
    return place ? [[name, place]] : [];
  }));
  return { image: sheet.toDataURL('image/png'), places };
}
