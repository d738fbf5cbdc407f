// What a map layer is: which classes the legend lists, and the MapLibre layers that draw its records, straight from their fields.
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { Item } from '../../api/shapes.ts';
import type { Tokens } from '../tokens.ts';

/** The mark of a class in the legend: a symbol's name, or a line or area drawn from tokens. */
export type Mark =
  | { symbol: string }
  | { line: { colour: keyof Tokens; width: number; dash?: number[] } }
  | { area: { colour: keyof Tokens } };

export interface LegendClass {
  id: string;
  mark: Mark;
}

/** Where in the pile a layer's parts go, from the bottom. */
export type Slot = 'area' | 'line' | 'point' | 'base';
export const slots: Slot[] = ['area', 'line', 'point', 'base'];

export interface LayerKind {
  slot: Slot;
  /** Shown when nobody has chosen yet. */
  shown: boolean;
  mark: Mark;
  /** The field whose codes are the legend's classes; absent: no classes. */
  classField?: string;
  classes: LegendClass[];
  classOf(properties: Item['properties']): string | undefined;
  /** The symbol of one record off the map; absent: the layer's mark. It is the one that `layers` draws. */
  symbol?(properties: Item['properties']): string;
  /** Fields that a table shows first, in this order. */
  columns?: string[];
  /** The fields that `layers` reads. */
  fields: string[];
  /** Bottom first. Colours from tokens only. */
  layers(source: string, tokens: Tokens): LayerSpecification[];
  /** How tiles of so many records are asked for and drawn; absent: the same layers, over one set of tiles. */
  tiled?(crowd: number): TilePart[];
}

/** One set of tiles of a layer. Points of one cell come merged, with their count. */
export interface TilePart {
  /** Sets its source apart from those of the layer's other parts. */
  name: string;
  /** Fields that single records carry. */
  properties: string[];
  /** Numbers summed over merged points. */
  sum: string[];
  /** Only points that agree on these are merged. */
  groupby: string[];
  layers(source: string, tokens: Tokens): LayerSpecification[];
}

/** The parts of a layer that is drawn from tiles. */
export const partsOf = (kind: LayerKind, crowd: number): TilePart[] => kind.tiled?.(crowd) ?? [{ name: '', properties: kind.fields, sum: [], groupby: [], layers: kind.layers }];

/** The zoom from which so many records are drawn one by one; below it they are counted in cells. */
export const singlesFrom = (crowd: number): number => Math.min(12.5, Math.max(5, Math.round(2 * (5 + 0.75 * Math.log2(Math.max(1, crowd) / 1000))) / 2));

/** How many records a mark stands for: those of its cell, or itself. */
export const countOf: ExpressionSpecification = ['coalesce', ['get', 'count'], 1];

export const textOf = (v: unknown): string => (typeof v === 'string' ? v : typeof v === 'number' ? String(v) : '');

const nameFields = ['name', 'title', 'ref', 'code', 'site', 'place', 'base'];

/** The name a record goes by: the first of the usual fields that it has. */
export const nameOnMap: ExpressionSpecification = ['to-string', ['coalesce', ...nameFields.map((f): ExpressionSpecification => ['get', f]), '']];

export function nameOf(properties: Item['properties']): string {
  for (const field of nameFields) {
    const name = textOf(properties[field]);
    if (name) return name;
  }
  return '';
}
