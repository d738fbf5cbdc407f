// What a map layer is: how a record becomes a mark, which classes the legend lists, and the MapLibre layers that draw it.
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
  /** What the map needs of a record, and no more. */
  paint(item: Item): Record<string, string | number>;
  /** Bottom first. Colours from tokens only. */
  layers(source: string, tokens: Tokens): LayerSpecification[];
}

export const textOf = (v: unknown): string => (typeof v === 'string' ? v : typeof v === 'number' ? String(v) : '');

/** The name a record goes by: the first of the usual fields that it has. */
export function nameOf(properties: Item['properties']): string {
  for (const field of ['name', 'title', 'ref', 'code', 'site', 'place', 'base']) {
    const name = textOf(properties[field]);
    if (name) return name;
  }
  return '';
}
