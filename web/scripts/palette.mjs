// The colours of the map in each theme, from the tokens of the page: what api/styles/palette.json holds.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The custom properties of the first block behind a selector. */
function block(css, selector) {
  const from = css.indexOf('{', css.indexOf(selector)) + 1;
  return Object.fromEntries([...css.slice(from, css.indexOf('}', from)).matchAll(/--([a-z0-9-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]));
}

/** @param web the folder of the page's sources */
export function paletteOf(web) {
  const css = readFileSync(join(web, 'src/ui/tokens.css'), 'utf8');
  const [list] = readFileSync(join(web, 'src/map/tokens.ts'), 'utf8').split('as const');
  const names = [...list.matchAll(/'([a-z0-9-]+)'/g)].map(([, name]) => name);
  const light = block(css, ':root {');
  const themes = { light, dark: { ...light, ...block(css, ':root[data-theme="dark"]') } };
  return Object.fromEntries(Object.entries(themes).map(([theme, values]) => [theme, Object.fromEntries(names.map((name) => [name, values[name]]))]));
}

export const textOf = (value) => `${JSON.stringify(value, null, 1)}\n`;

/** Changes when the sprites may look otherwise: by how symbols are drawn, which there are, or their colours. */
export function fingerprint(web, names) {
  const hash = createHash('sha256');
  for (const file of ['src/map/symbols.ts', 'src/map/sprite.ts']) hash.update(readFileSync(join(web, file)));
  return hash.update(textOf(paletteOf(web))).update(names.join('\n')).digest('hex');
}
