// Which pieces stand on which page of a sheet: in their order, none cut, a head again over the rows of each page, and a heading never alone.

export interface Piece {
  height: number;
  /** The table that a row is of, and the height of its head. */
  table?: string;
  head?: number;
  /** Stands on the page of what follows. */
  keeps?: boolean;
}

export type Span = [from: number, to: number];

/** What is higher than a page stands on one of its own.
 * @param room height of a page
 * @param first height of the first one, where it is another */
export function pagesOf(pieces: Piece[], room: number, gap: number, first = room): Span[] {
  const needs = (i: number, from: number): number => {
    const { height = 0, table, head = 0 } = pieces[i] ?? { height: 0 };
    const before = i > from ? pieces[i - 1] : undefined;
    const goesOn = before !== undefined && table !== undefined && before.table === table;
    return height + (table !== undefined && !goesOn ? head : 0) + (before && !goesOn ? gap : 0);
  };
  /** The pieces that keep together from one on, and their height. */
  const bound = (i: number, from: number): { end: number; height: number } => {
    let [end, height] = [i, needs(i, from)];
    while (pieces[end]?.keeps && end + 1 < pieces.length) height += needs(++end, from);
    return { end: end + 1, height };
  };
  const spans: Span[] = [];
  let [from, left] = [0, first];
  for (let i = 0; i < pieces.length; ) {
    const { end, height } = bound(i, from);
    if (height > left && i > from) {
      spans.push([from, i]);
      [from, left] = [i, room];
      continue;
    }
    left -= height;
    i = end;
  }
  if (from < pieces.length) spans.push([from, pieces.length]);
  return spans;
}
