// What a map layer is: which classes the legend lists, and the MapLibre layers that draw its records. How they look stands in api/styles.
import type { LayerSpecification } from 'maplibre-gl';
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
  /** Bottom first. Colours from tokens only. */
  layers(source: string, tokens: Tokens): LayerSpecification[];
  /** How tiles of so many records are asked for and drawn. */
  tiled(crowd: number): TilePart[];
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

export const textOf = (v: unknown): string => (typeof v === 'string' ? v : typeof v === 'number' ? String(v) : '');

const nameFields = ['name', 'title', 'ref', 'code', 'site', 'place', 'base'];

/** The name a record goes by: the first of the usual fields that it has. */
export function nameOf(properties: Item['properties']): string {
  for (const field of nameFields) {
    const name = textOf(properties[field]);
    if (name) return name;
  }
  return '';
}
