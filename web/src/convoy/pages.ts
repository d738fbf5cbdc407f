// What stands on which page of a convoy sheet: rows of its table first, then blocks, each whole, in their order.
import { pagesOf, type Piece, type Span } from '../app/pages.ts';

export interface Sheets {
  /** Room on the first page beside its map, and on each other. */
  first: number;
  next: number;
  /** Height of the table's head, which stands over the rows of each page. */
  head: number;
  rows: number[];
  blocks: number[];
  /** Between the table and a block, and between blocks. */
  gap: number;
}

export interface Page {
  rows: Span;
  blocks: Span;
}

export function convoyPages({ first, next, head, rows, blocks, gap }: Sheets): Page[] {
  const pieces: Piece[] = [...rows.map((height) => ({ height, table: 'legs', head })), ...blocks.map((height) => ({ height }))];
  const n = rows.length;
  const part = ([from, to]: Span): Page => ({ rows: [Math.min(from, n), Math.min(to, n)], blocks: [Math.max(from - n, 0), Math.max(to - n, 0)] });
  const spans = pagesOf(pieces, next, gap, first);
  return spans.length ? spans.map(part) : [part([0, 0])];
}
