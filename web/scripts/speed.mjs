/* global window, document, performance, requestAnimationFrame -- half of this runs in the page */
// Measures what a hand feels, and prints ratios: node scripts/speed.mjs FEW_URL MANY_URL [ROUNDS]
//   FEW_URL, MANY_URL: two running servers, say with 20,000 and 1,000,000 incidents (bivouac serve --load FILE --collection incidents).
// first answered click: from asking for the page until a click on the map has its answer, against the first render of the bare base map
// (no layer) of the same server; pan rate: frames a second while the map is dragged, many against few. Servers take turns, so that
// noise falls on both; medians are printed. Software rendering is no user's graphics card: only the ratios say something.
import { chromium } from '@playwright/test';

const [few, many, rounds = '3'] = process.argv.slice(2);
if (!few || !many) {
  console.error('speed: node scripts/speed.mjs FEW_URL MANY_URL [ROUNDS]');
  process.exit(2);
}

const launch = () =>
  chromium.launch({
    executablePath: process.env.BIVOUAC_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });

/** Zoom 5 over the middle of the yardstick's points: all of them in view, in cells. */
const place = 'm=4.5/16.0000/-1.0000';
const zooms = ['4.5', '7', '11'];

async function page(browser) {
  const context = await browser.newContext({ viewport: { width: 1024, height: 640 }, locale: 'en-GB' });
  return context.newPage();
}

/** Milliseconds until the base map stands, without any layer. */
async function bare(browser, url) {
  const p = await page(browser);
  const start = performance.now();
  await p.goto(`${url}/#${place}&l=-`);
  await p.waitForFunction(() => window.mapIdle !== undefined);
  await p.evaluate(() => window.mapIdle());
  const ms = performance.now() - start;
  await p.context().close();
  return ms;
}

/** Milliseconds until a click, tried as soon as there is a map and again until it is taken, has its answer. */
async function click(browser, url) {
  const p = await page(browser);
  const start = performance.now();
  await p.goto(`${url}/#${place}&l=incidents`);
  const answer = p.locator('[data-testid="nearest"] li, [data-testid="details"] h2, [data-testid="group"] li').first();
  for (;;) {
    const box = await p.locator('.maplibregl-canvas').boundingBox();
    if (box) await p.mouse.click(box.x + box.width * 0.12, box.y + box.height * 0.8);
    if (await answer.isVisible()) break;
    await p.waitForTimeout(40);
  }
  const ms = performance.now() - start;
  await p.context().close();
  return ms;
}

/** Frames a second while the map is dragged to and fro for four seconds. */
async function pan(browser, url, zoom) {
  const p = await page(browser);
  await p.goto(`${url}/#${place.replace('4.5', zoom)}&l=incidents`);
  await p.waitForFunction(() => window.mapIdle !== undefined && document.querySelector('[data-layer="incidents"]:not([aria-busy])') !== null);
  await p.evaluate(() => window.mapIdle());
  const box = await p.locator('.maplibregl-canvas').boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await p.evaluate(() => {
    window.frames_ = 0;
    const count = () => {
      window.frames_ += 1;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  await p.mouse.move(x, y);
  await p.mouse.down();
  const start = performance.now();
  for (let i = 0; performance.now() - start < 4000; i++) await p.mouse.move(x + 90 * Math.sin(i / 9), y + 60 * Math.sin(i / 13));
  const seconds = (performance.now() - start) / 1000;
  const frames = await p.evaluate(() => window.frames_);
  await p.mouse.up();
  await p.context().close();
  return frames / seconds;
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const told = (list) => list.map((v) => v.toFixed(v < 100 ? 1 : 0)).join(' ');

const browser = await launch();
const taken = { 'bare few': [], 'bare many': [], 'click few': [], 'click many': [], ...Object.fromEntries(zooms.flatMap((z) => [[`pan z${z} few`, []], [`pan z${z} many`, []]])) };
for (let i = 0; i < Number(rounds); i++)
  for (const [name, url] of [['few', few], ['many', many]]) {
    taken[`bare ${name}`].push(await bare(browser, url));
    taken[`click ${name}`].push(await click(browser, url));
    for (const z of zooms) taken[`pan z${z} ${name}`].push(await pan(browser, url, z));
  }
await browser.close();

for (const [name, list] of Object.entries(taken)) console.log(`${name}: ${told(list)}`);
const of = (name) => median(taken[name]);
console.log(`first answered click / bare first render: few ${(of('click few') / of('bare few')).toFixed(2)}, many ${(of('click many') / of('bare many')).toFixed(2)}`);
for (const z of zooms) console.log(`pan rate at zoom ${z}, many / few: ${(of(`pan z${z} many`) / of(`pan z${z} few`)).toFixed(2)}`);
