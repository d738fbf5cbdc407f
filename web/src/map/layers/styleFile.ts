// The styles that the server gives to every GIS, api/styles: the page draws by the same files. api/styles/styles.go says what their blanks are.
import type { LayerSpecification } from 'maplibre-gl';
import type { GeometryKind } from '../../api/shapes.ts';
import type { TokenName, Tokens } from '../tokens.ts';
import zooms from '../../../../api/styles/zooms.json';
import type { LayerKind, Mark, TilePart } from './layer.ts';

type Blanks = { 'by-count': unknown[] };
interface FileLayer {
  id: string;
  type: string;
  source?: string;
  /** `instead`: what the layer stands in for, where a program cannot draw it. The page can. */
  metadata?: { instead?: string };
  filter?: unknown;
  layout?: Record<string, unknown>;
  paint?: Record<string, unknown>;
}
export interface StyleFile {
  geometry: GeometryKind;
  tiles: { name?: string; properties: string[]; sum?: string[]; groupby?: string[] }[];
  layers: FileLayer[];
}

const own = import.meta.glob<StyleFile>('../../../../api/styles/collections/*.json', { eager: true, import: 'default' });
const plain = import.meta.glob<StyleFile>('../../../../api/styles/plain/*.json', { eager: true, import: 'default' });
const named = (files: Record<string, StyleFile>, name: string) => Object.entries(files).find(([path]) => path.endsWith(`/${name}.json`))?.[1];

export const styleFiles = (): StyleFile[] => [...Object.values(own), ...Object.values(plain)];

/** A built-in collection's own file, as long as it holds what it was drawn for. */
export function ownFile(id: string): StyleFile {
  const file = named(own, id);
  if (!file) throw new Error(`styles: there is no file of ${id}`);
  return file;
}

export function fileOf(id: string, geometry: GeometryKind): StyleFile {
  const file = named(own, id);
  if (file?.geometry === geometry) return file;
  const parts = ['polygon', 'line', 'point'].flatMap((g) => named(plain, g) ?? []);
  const [areas] = parts;
  if (!areas) throw new Error('styles: the plain files are missing');
  return parts.find((f) => f.geometry === geometry) ?? { ...areas, geometry, layers: parts.flatMap((f) => f.layers) };
}

export const layerOf = (file: StyleFile, id: string): FileLayer | undefined => file.layers.find((l) => l.id === id);

/** The icon of a file's marks; undefined where they are none. */
export const iconOf = (file: StyleFile): unknown => file.layers.find((l) => l.layout?.['icon-image'] !== undefined)?.layout?.['icon-image'];

/** What holds from the last threshold on that the count reaches. */
export function step<T>(steps: unknown[], count: number): T {
  let out = steps[0];
  for (let i = 1; i + 1 < steps.length; i += 2) if (count >= Number(steps[i])) out = steps[i + 1];
  return out as T;
}

export const byCount = <T>(value: unknown, count: number): T => step<T>((value as Blanks)['by-count'], count);

/** The zoom from which so many records are drawn one by one; below it they are counted in cells. */
export const singlesFrom = (count: number): number => step(zooms.singles, count);

function fill(value: unknown, tokens: Tokens, count: number): unknown {
  if (typeof value === 'string' && value.startsWith('@')) {
    const name = value.slice(1);
    return name in zooms ? step(zooms[name as keyof typeof zooms], count) : tokens[name as TokenName];
  }
  if (Array.isArray(value)) return value.map((v) => fill(v, tokens, count));
  if (typeof value !== 'object' || value === null) return value;
  if ('by-count' in value) return fill(byCount(value, count), tokens, count);
  return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, fill(v, tokens, count)]));
}

/** The layers of one of a file's sets of tiles, over a source of the page. */
function layersOf(file: StyleFile, part: string, source: string, tokens: Tokens, count: number): LayerSpecification[] {
  const layers = file.layers.filter((l) => (l.source ?? '') === part && !l.metadata?.instead);
  return layers.map((l) => ({ ...(fill(l, tokens, count) as object), id: `${source}-${l.id}`, source }) as LayerSpecification);
}

/** How a file draws records and tiles. */
export function drawnBy(file: StyleFile): Pick<LayerKind, 'slot' | 'mark' | 'layers' | 'tiled'> {
  return {
    slot: file.geometry === 'polygon' ? 'area' : file.geometry === 'line' ? 'line' : 'point',
    mark: markOf(file),
    layers: (source, tokens) => layersOf(file, '', source, tokens, 0),
    tiled: (count) => file.tiles.map(({ name = '', properties, sum = [], groupby = [] }): TilePart => ({
      name, properties, sum, groupby, layers: (source, tokens) => layersOf(file, name, source, tokens, count),
    })),
  };
}

export const tokenIn = (colour: unknown): TokenName => String(colour).slice(1) as TokenName;

/** The mark of a whole layer in the legend, from the file's first layer; of shapes of all kinds that of points. */
function markOf(file: StyleFile): Mark {
  const first = file.geometry === 'any' ? layerOf(file, 'points') : file.layers[0];
  const paint = first?.paint ?? {};
  if (first?.type === 'fill') return { area: { colour: tokenIn(paint['fill-color']) } };
  if (first?.type === 'line') return { line: { colour: tokenIn(paint['line-color']), width: 2 } };
  return { symbol: first?.type === 'circle' ? `dot/${tokenIn(paint['circle-color'])}` : String(iconOf(file)) };
}
