// The fonts of the map's labels by their names: which file holds which characters. The page draws with them, and the build tells the server.
import type { FontFacesSpecification } from 'maplibre-gl';

/** Characters by the name of their part, as the packages of fonts list them. */
export type Ranges = Record<'latin' | 'arabic' | 'chinese', Record<string, string>>;

/** @param urlOf where a file is, by its name without the folder; undefined where there is none */
export function fontFaces({ latin, arabic, chinese }: Ranges, urlOf: (file: string) => string | undefined): FontFacesSpecification {
  const faces = (prefix: string, weight: number, ranges: Record<string, string>) => Object.entries(ranges).flatMap(([subset, range]) => {
    const url = urlOf(`${prefix}-${subset.replace(/^\[(\d+)\]$/, '$1')}-${weight}-normal.woff2`);
    return url ? [{ url, 'unicode-range': range.split(',') }] : [];
  });
  const ideographs = Object.fromEntries(Object.entries(chinese).filter(([subset]) => subset.startsWith('[')));
  const sc = faces('noto-sans-sc', 400, ideographs);
  const joined = (weight: number) => faces('noto-sans-arabic', weight, { arabic: arabic.arabic ?? '' });
  return {
    'Bivouac Regular': [...faces('noto-sans', 400, latin), ...joined(400), ...sc],
    'Bivouac Strong': [...faces('noto-sans', 600, latin), ...joined(600), ...sc],
  };
}
