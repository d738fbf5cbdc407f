/* global window, fetch, setTimeout -- a part of this runs in the page */
// The README's pictures, taken of the running program: node scripts/pictures.mjs BINARY UCDP_GED_MYANMAR.csv
// Needs a page that is built into the binary, and Chromium. Writes web/docs.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const [, , binary, events] = process.argv;
const docs = join(dirname(fileURLToPath(import.meta.url)), '..', 'docs');
const port = 18490 + (process.pid % 400);
const url = `http://127.0.0.1:${port}`;

async function serving(args, act) {
  const server = spawn(binary, ['serve', '--addr', `127.0.0.1:${port}`, ...args], { stdio: 'ignore' });
  try {
    for (let tries = 0; !(await fetch(`${url}/readyz`).catch(() => undefined))?.ok; tries++) {
      if (tries > 300) throw new Error('pictures: the server does not start');
      await new Promise((wait) => setTimeout(wait, 200));
    }
    await act();
  } finally {
    server.kill('SIGTERM');
    await new Promise((gone) => server.once('exit', gone));
  }
}

async function ask(process, inputs) {
  const answer = await fetch(`${url}/api/processes/${process}/execution`, { method: 'POST', headers: { 'Content-Type': 'application/json', Prefer: 'respond-async' }, body: JSON.stringify({ inputs }) });
  const { jobID } = await answer.json();
  for (;;) {
    const { status, message } = await (await fetch(`${url}/api/jobs/${jobID}`)).json();
    if (status === 'successful') return jobID;
    if (status === 'failed') throw new Error(`pictures: ${process}: ${message}`);
    await new Promise((wait) => setTimeout(wait, 300));
  }
}

/** The answer of a run, open on the page. */
async function opened(page, hash, job) {
  await page.goto(`${url}/${hash}`);
  await page.getByTestId('shown').first().waitFor({ timeout: 120_000 });
  await page.keyboard.press('a');
  await page.locator(`[data-job="${job}"] button`).first().click({ timeout: 120_000 });
}

async function save(page, name, clip) {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 82, ...(clip && { clip: { ...clip, scale: 1 } }) });
  writeFileSync(join(docs, `${name}.webp`), Buffer.from(data, 'base64'));
  console.log(name, Math.round((data.length * 0.75) / 1024), 'kB');
}

const browser = await chromium.launch({ executablePath: process.env.BIVOUAC_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'] });

async function onPage(size, act) {
  const page = await browser.newPage({ viewport: size, locale: 'en-GB' });
  page.setDefaultTimeout(240_000);
  await act(page);
  await page.close();
}

/** Hot spots by deaths, with places as they come and with those alone that are known well enough. */
const hotspots = { collection: 'ucdp_ged_myanmar', weight: 'best', cell_m: 20000 };

if (events) await serving(['--load', events], async () => {
  for (const [name, more] of [['hotspot-all', {}], ['hotspot-placed', { place_precision: 3 }]]) {
    const job = await ask('hotspot', { ...hotspots, ...more });
    await onPage({ width: 1280, height: 720 }, async (page) => {
      await opened(page, '#m=5.2/20.5/96.5', job);
      await page.locator('[data-testid="analysis-answer"] [data-part]').first().waitFor();
      await page.evaluate(() => window.mapIdle?.());
      await save(page, name);
    });
  }
});

await serving([], async () => {
  const point = (coordinates) => ({ type: 'Point', coordinates });
  const job = await ask('route', { origin: point([-0.04, 16.27]), destination: point([1.41, 18.44]), depart: '2018-03-01T06:00:00Z', filter: "mission = 'MINUSMA'" });
  await onPage({ width: 1280, height: 720 }, async (page) => {
    await opened(page, '', job);
    await page.locator('[data-testid="way-papers"] button').first().click();
    await page.locator('.convoy-pages .sheet-canvas canvas').waitFor();
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 794, height: 1123 });
    await save(page, 'convoy', { x: 0, y: 0, width: 794, height: 1123 });
  });
});

await browser.close();
