// The font files the map draws its labels with: our own copies, each for the characters that it covers.
import latinRanges from '@fontsource-variable/noto-sans/unicode.json';
import arabicRanges from '@fontsource/noto-sans-arabic/unicode.json';
import chineseRanges from '@fontsource/noto-sans-sc/unicode.json';
import { fontFaces } from './fontFaces.ts';

type Files = Record<string, string>;
const regular = import.meta.glob<string>('/node_modules/@fontsource/noto-sans/files/noto-sans-*-400-normal.woff2', { query: '?url', import: 'default', eager: true }) as Files;
const strong = import.meta.glob<string>('/node_modules/@fontsource/noto-sans/files/noto-sans-*-600-normal.woff2', { query: '?url', import: 'default', eager: true }) as Files;
const arabic = import.meta.glob<string>('/node_modules/@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-{400,600}-normal.woff2', { query: '?url', import: 'default', eager: true }) as Files;
const chinese = import.meta.glob<string>('/node_modules/@fontsource/noto-sans-sc/files/noto-sans-sc-*-400-normal.woff2', { query: '?url', import: 'default', eager: true }) as Files;

const urls = Object.fromEntries(Object.entries({ ...regular, ...strong, ...arabic, ...chinese }).map(([path, url]) => [path.replace(/^.*\//, ''), url]));

export const regularFont = ['Bivouac Regular'];
export const strongFont = ['Bivouac Strong'];

export const pageFonts = () => fontFaces({ latin: latinRanges, arabic: arabicRanges, chinese: chineseRanges }, (file) => {
  const url = urls[file];
  return url && new URL(url, location.href).href;
});
