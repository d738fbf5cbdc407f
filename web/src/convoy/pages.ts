// What stands on which page of a sheet: rows of a table first, then blocks, each whole, in their order.

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
  rows: [from: number, to: number];
  blocks: [from: number, to: number];
}

/** Something that is higher than a page stands on one of its own. */
export function pagesOf({ first, next, head, rows, blocks, gap }: Sheets): Page[] {
  let page: Page = { rows: [0, 0], blocks: [0, 0] };
  const pages = [page];
  let left = first;
  let bare = true;
  const turn = (row: number, block: number) => {
    page = { rows: [row, row], blocks: [block, block] };
    pages.push(page);
    [left, bare] = [next, true];
  };
  rows.forEach((height, i) => {
    const needed = () => height + (page.rows[0] === page.rows[1] ? head : 0);
    if (needed() > left && !bare) turn(i, 0);
    left -= needed();
    page.rows[1] = i + 1;
    bare = false;
  });
  blocks.forEach((height, i) => {
    const needed = () => height + (bare ? 0 : gap);
    if (needed() > left && !bare) turn(rows.length, i);
    left -= needed();
    page.blocks[1] = i + 1;
    bare = false;
  });
  return pages;
}
