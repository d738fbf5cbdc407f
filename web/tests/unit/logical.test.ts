import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const src = new URL('../../src/', import.meta.url);
const sheets = readdirSync(src, { recursive: true }).map(String).filter((f) => f.endsWith('.css'));
/** What lies on the canvas is physical: these rules of the map do not mirror. */
const onCanvas = /^(\.tick|:dir\(rtl\) \.tick|\.map-canvas)/;
const physical = /(^|[\s;{])((margin|padding|border|inset)-(left|right)|left|right|(text-align|float):\s*(left|right))\s*:?/;

describe.each(sheets)('%s', (name) => {
  const rules = readFileSync(new URL(name, src), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '').split('}').map((r) => r.trim()).filter(Boolean);
  it('mirrors: logical properties only', () => {
    const found = rules.filter((r) => !onCanvas.test(r.replace(/^@media[^{]*\{\s*/, '')) && physical.test(r.slice(r.indexOf('{') + 1)));
    expect(found).toEqual([]);
  });
});

it('knows a physical property when it sees one', () => expect(physical.test(' margin-left: 4px')).toBe(true));

it.each([' float: left', ' text-align: right'])('knows %s', (rule) => expect(physical.test(rule)).toBe(true));
