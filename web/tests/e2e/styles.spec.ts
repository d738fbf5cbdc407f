// The served styles on a map without our page, from another address: what any program with MapLibre sees.
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, type Page } from '@playwright/test';

const types: Record<string, string> = { html: 'text/html', mjs: 'text/javascript', css: 'text/css' };
const bare = `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="maplibre-gl.css"><link rel="icon" href="data:,">
<style>body{margin:0;background:#f5f3ee}body.dark{background:#191f22}#map{height:100vh}</style><div id="map"></div><script type="module">
import { Map, setWorkerUrl } from './maplibre-gl.mjs';
setWorkerUrl(new URL('maplibre-gl-worker.mjs', location.href).href);
const asked = new URLSearchParams(location.search);
document.body.className = asked.get('theme') ?? '';
window.map = new Map({ container: 'map', style: asked.get('style'), center: [Number(asked.get('lon')), Number(asked.get('lat'))], zoom: Number(asked.get('zoom')), fadeDuration: 0 });
</script>`;

interface Bare {
  map: { loaded(): boolean; once(what: string): Promise<unknown>; queryRenderedFeatures(): { layer: { id: string }; properties: Record<string, unknown> }[]; listImages(): string[] };
}

let files: Server;
let home = '';
test.beforeAll(async () => {
  files = createServer((request, answer) => {
    const name = new URL(request.url ?? '/', 'http://here').pathname.slice(1) || 'bare.html';
    answer.setHeader('Content-Type', types[name.split('.').at(-1) ?? ''] ?? 'text/plain');
    answer.end(name === 'bare.html' ? bare : readFileSync(new URL(`../../node_modules/maplibre-gl/dist/${name}`, import.meta.url)));
  });
  await new Promise<void>((listening) => files.listen(0, '127.0.0.1', listening));
  home = `http://127.0.0.1:${(files.address() as AddressInfo).port}/`;
});
test.afterAll(() => files.close());

async function drawn(page: Page, style: string, theme: string, zoom = 5) {
  const errors: string[] = [];
  page.on('console', (m) => m.type() === 'error' && errors.push(m.text()));
  page.on('pageerror', (e) => errors.push(e.message));
  page.on('response', (r) => !r.ok() && errors.push(`${r.status()} ${r.url()}`));
  await page.goto(`${home}?${new URLSearchParams({ style: `${process.env.BIVOUAC_URL}/api/styles/${style}?f=mapbox&theme=${theme}`, theme, lon: '-2.5', lat: '16.5', zoom: String(zoom) })}`);
  await page.waitForFunction(() => (window as unknown as Bare).map?.loaded());
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const layers = await page.evaluate(() => (window as unknown as Bare).map.queryRenderedFeatures().map((f) => f.layer.id));
  await page.screenshot({ path: `test-results/style-${style}-${theme}.png` });
  expect(errors).toEqual([]);
  return layers;
}

test('bases are drawn with their symbols and names, in the fonts of the server', async ({ page }) => {
  const fonts: string[] = [];
  page.on('request', (r) => r.url().endsWith('.woff2') && fonts.push(r.url()));
  const layers = await drawn(page, 'bases', 'light');
  expect(layers.filter((id) => id === 'bases-marks').length).toBeGreaterThan(5);
  expect(layers).toContain('bases-names');
  expect(await page.evaluate(() => (window as unknown as Bare).map.listImages())).toContain('base/mission_hq/1/open/0');
  expect(fonts.some((url) => url.startsWith(`${process.env.BIVOUAC_URL}/assets/noto-sans-latin-600-normal`))).toBe(true);
});

for (const [style, layer, theme, zoom] of [['incidents', 'incidents-cells-cells', 'light', 5], ['incidents', 'incidents-marks', 'dark', 8], ['routes', 'routes-open', 'dark', 5.6], ['places', 'places-points', 'dark', 6], ['hazards', 'hazards-fill', 'light', 5], ['bases', 'bases-marks', 'dark', 5]] as const)
  test(`${style} in ${theme} colours at zoom ${zoom}`, async ({ page }) => expect(await drawn(page, style, theme, zoom)).toContain(layer));
