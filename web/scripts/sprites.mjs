// Writes api/styles/palette.json and api/styles/sprites: `npm run sprites`, after a change of colours, symbols or style files.
// The page's own code draws the symbols, in a browser: BIVOUAC_CHROMIUM, or Debian's.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';
import { fingerprint, paletteOf, textOf } from './palette.mjs';

const web = join(dirname(fileURLToPath(import.meta.url)), '..');
const styles = join(web, '..', 'api', 'styles');
const palette = paletteOf(web);
writeFileSync(join(styles, 'palette.json'), textOf(palette));
mkdirSync(join(styles, 'sprites'), { recursive: true });

const server = await createServer({ root: web, server: { port: 0, host: '127.0.0.1', hmr: false, proxy: {} }, optimizeDeps: { noDiscovery: true }, logLevel: 'error' });
await server.listen();
const browser = await chromium.launch({ executablePath: process.env.BIVOUAC_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] });
try {
  const page = await browser.newPage();
  const blank = `${server.resolvedUrls.local[0]}blank`;
  await page.route(blank, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await page.goto(blank);
  for (const [theme, tokens] of Object.entries(palette))
    for (const ratio of [1, 2]) {
      const { image, places } = await page.evaluate(async ([colours, pixelRatio]) => (await import('/src/map/sprite.ts')).drawSprite(colours, pixelRatio), [tokens, ratio]);
      const name = join(styles, 'sprites', `${theme}${ratio > 1 ? `@${ratio}x` : ''}`);
      writeFileSync(`${name}.png`, Buffer.from(image.split(',')[1], 'base64'));
      writeFileSync(`${name}.json`, textOf(places));
    }
  const names = await page.evaluate(async () => (await import('/src/map/sprite.ts')).symbolNames());
  writeFileSync(join(styles, 'sprites.sha256'), `${fingerprint(web, names)}\n`);
  console.log(`sprites: ${names.length} symbols, ${Object.keys(palette).join(' and ')}`);
} finally {
  await browser.close();
  await server.close();
}
