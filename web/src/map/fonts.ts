// The font files the map draws its labels with: our own copies, each for the characters that it covers.
import type { FontFacesSpecification } from 'maplibre-gl';
import latinRanges from '@fontsource-variable/noto-sans/unicode.json';
import arabicRanges from '@fontsource/noto-sans-arabic/unicode.json';
import chineseRanges from '@fontsource/noto-sans-sc/unicode.json';

type Files = Record<string, string>;
const regular = import.meta.glob<string>('/node_modules/@fontsource/noto-sans/files/noto-sans-*-400-normal.woff2', { query: '?url', import: 'default', eager: true }) as Files;
const strong = import.meta.glob<string>('/node_modules/@fontsource/noto-sans/files/noto-sans-*-600-normal.woff2', { query: '?url', import: 'default', eager: true }) as Files;
const arabic = import.meta.glob<string>('/node_modules/@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-{400,600}-normal.woff2', { query: '?url', import: 'default', eager: true }) as Files;
const chinese = import.meta.glob<string>('/node_modules/@fontsource/noto-sans-sc/files/noto-sans-sc-*-400-normal.woff2', { query: '?url', import: 'default', eager: true }) as Files;

function faces(files: Files, prefix: string, weight: number, ranges: Record<string, string>) {
  return Object.entries(ranges).flatMap(([subset, range]) => {
    const name = subset.replace(/^\[(\d+)\]$/, '$1');
    const url = Object.entries(files).find(([path]) => path.endsWith(`/${prefix}-${name}-${weight}-normal.woff2`))?.[1];
    return url ? [{ url: new URL(url, location.href).href, 'unicode-range': range.split(',') }] : [];
  });
}

export const regularFont = ['Bivouac Regular'];
export const strongFont = ['Bivouac Strong'];

export function fontFaces(): FontFacesSpecification {
  const ideographs = Object.fromEntries(Object.entries(chineseRanges).filter(([subset]) => subset.startsWith('[')));
  const sc = faces(chinese, 'noto-sans-sc', 400, ideographs);
  const joined = (weight: number) => faces(arabic, 'noto-sans-arabic', weight, { arabic: arabicRanges.arabic });
  return {
    'Bivouac Regular': [...faces(regular, 'noto-sans', 400, latinRanges), ...joined(400), ...sc],
    'Bivouac Strong': [...faces(strong, 'noto-sans', 600, latinRanges), ...joined(600), ...sc],
  };
}
