import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const css = readFileSync(new URL('../../src/ui/tokens.css', import.meta.url), 'utf8');

/** The declarations of the first block after a selector. */
function block(selector: string): string[] {
  const from = css.indexOf('{', css.indexOf(selector)) + 1;
  return css.slice(from, css.indexOf('}', from)).split(';').map((d) => d.replace(/\/\*.*?\*\//g, '').replace(/\s+/g, ' ').trim()).filter(Boolean).sort();
}

it('the dark values are the same for the choice and for the preference', () => {
  const chosen = block(':root[data-theme="dark"]');
  expect(chosen.length).toBeGreaterThan(50);
  expect(block(':root:not([data-theme])')).toEqual(chosen);
});

it('the map reads only tokens that exist', () => {
  const names = readFileSync(new URL('../../src/map/tokens.ts', import.meta.url), 'utf8').match(/'[a-z0-9-]+'/g) ?? [];
  expect(names.length).toBeGreaterThan(15);
  for (const name of names) expect(css, name).toContain(`--${name.slice(1, -1)}:`);
});
