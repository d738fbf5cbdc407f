import { execFileSync } from 'node:child_process';
import { digits, execute, expect, open, test } from './page.ts';
import type { Page } from '@playwright/test';

// The map is drawn twice, and on paper at twice the pixels, all by software.
test.slow();

const question = {
  origin: { type: 'Point', coordinates: [-8, 12.64] }, destination: { type: 'Point', coordinates: [1.41, 18.44] },
  depart: '2018-03-01T06:00:00Z', curfew: '18:00/06:00', alternatives: 2, filter: "mission = 'MINUSMA'",
};

interface Facts {
  way: number;
  km: number;
  minutes: number;
  at_km: number;
  mgrs: string;
  incidents: number;
  help: string;
}

interface Answer {
  ways: { features: { properties: Facts }[] };
  weakest: { features: { properties: Facts }[] };
  hazards: { features: { properties: Facts }[] };
  incidents: { features: { properties: Facts }[] };
  sheet: Facts[];
  legs: Facts[];
}

/** Opens an answer of the analysis from the list of earlier runs, as whoever asked over the API does. */
async function openAnswer(page: Page, inputs: Record<string, unknown>) {
  const run = await page.request.post('/api/processes/route/execution', { data: { inputs }, headers: { Prefer: 'respond-async' } });
  const { jobID } = (await run.json()) as { jobID: string };
  await expect.poll(async () => ((await (await page.request.get(`/api/jobs/${jobID}`)).json()) as { status: string }).status).toBe('successful');
  await page.keyboard.press('a');
  await page.locator(`[data-job="${jobID}"] button`).first().click();
  await expect(page.getByTestId('way-papers')).toBeVisible();
}

/** One A4 page upright for each sheet. */
async function printed(page: Page, path: string, pages: number) {
  const pdf = await page.pdf({ path, preferCSSPageSize: true, printBackground: true });
  const text = pdf.toString('latin1');
  expect(text.match(/\/Type\s*\/Page\b/g)).toHaveLength(pages);
  const [, , right = 0, top = 0] = (/\/MediaBox\s*\[([^\]]+)\]/.exec(text)?.[1] ?? '').trim().split(/\s+/).map(Number);
  expect(Math.abs(right - 595.3)).toBeLessThan(1.5);
  expect(Math.abs(top - 841.9)).toBeLessThan(1.5);
}

/** Nothing of a page is cut. */
const cut = (page: Page) => page.getByTestId('convoy').evaluate((all) => [...all.querySelectorAll('.convoy-body, .sheet-a4')].map((e) => e.scrollHeight - e.clientHeight).filter((over) => over > 1));

const spaced = (n: number) => new RegExp(String(Math.round(n)).replace(/(?=(\d{3})+$)/g, '\\s?'));

test('the convoy sheet tells what the API answers of the way, and its GPX file holds that way alone', async ({ page }) => {
  await open(page);
  await openAnswer(page, question);
  const answer = (await execute(page, 'route', question)) as Answer;
  const of = (part: { properties: Facts }[], way = 2) => part.map((f) => f.properties).filter((p) => p.way === way);
  const [way] = of(answer.ways.features);
  const points = answer.sheet.filter((p) => p.way === 2);

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'GPX file of way B' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('route-B.gpx');
  await download.saveAs('test-results/way.gpx');
  const told = execFileSync('ogrinfo', ['-so', '-al', 'test-results/way.gpx'], { encoding: 'utf8' });
  const counted = (layer: string) => Number(new RegExp(`Layer name: ${layer}\\n(?:.*\\n)*?Feature Count: (\\d+)`).exec(told)?.[1]);
  expect([counted('tracks'), counted('routes'), counted('route_points')]).toEqual([1, 1, points.length]);
  expect(counted('waypoints')).toBeGreaterThanOrEqual(of(answer.hazards.features).length + of(answer.weakest.features).length);

  await page.getByRole('button', { name: 'Convoy sheet of way B' }).click();
  await expect(page.getByRole('button', { name: 'Save as PNG' })).toBeEnabled({ timeout: 180_000 });
  const sheet = page.getByTestId('convoy');
  await expect(sheet.getByRole('heading', { level: 1 })).toHaveText(spaced(way?.km ?? NaN));
  await expect(sheet.getByRole('heading', { level: 1 })).toContainText('Bamako to Kidal, way B');
  await expect(sheet.locator('tbody tr')).toHaveCount(points.length);
  for (const [i, row] of [0, points.length - 1].entries()) await expect(sheet.locator('tbody tr').nth(row), String(i)).toContainText(points[row]?.mgrs ?? '?');
  const legs = answer.legs.filter((l) => l.way === 2);
  const cells = await sheet.locator('tbody td:nth-child(9)').allTextContents();
  expect(cells.reduce((n, text) => n + digits(text), 0)).toBe(legs.reduce((n, l) => n + l.incidents, 0));
  for (const weak of of(answer.weakest.features)) await expect(sheet.locator(`[data-figure="${weak.help}"]`)).toContainText(spaced(weak.at_km));
  await expect(sheet.getByTestId('convoy-hazards')).toContainText(`Hazards: ${of(answer.hazards.features).length}.`);
  await expect(sheet.getByTestId('convoy-outcomes')).toContainText(`Incidents: ${of(answer.incidents.features).length}.`);
  await expect(sheet.getByTestId('convoy-leaves')).toHaveText('1 Mar, 06:00 UTC');
  const pages = await sheet.locator('[data-page]').count();
  for (const part of ['.sheet-foot', '.sheet-head, .convoy-again']) await expect(sheet.locator(part)).toHaveCount(pages);
  await expect(sheet.locator('.sheet-marking')).toHaveCount(2 * pages);
  expect(await cut(page)).toEqual([]);
  await printed(page, 'test-results/convoy.pdf', pages);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});

test('in Arabic the convoy sheet comes out whole, too', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('bivouac.language', 'ar'));
  await open(page);
  await openAnswer(page, { ...question, alternatives: 1 });
  await page.locator('[data-testid="way-papers"] [data-way="1"] button').first().click();
  await expect(page.getByTestId('convoy').locator('.sheet-canvas canvas')).toBeVisible({ timeout: 180_000 });
  await expect(page.getByTestId('convoy').getByRole('heading', { level: 1 })).toContainText('الطريق');
  expect(await cut(page)).toEqual([]);
  await printed(page, 'test-results/convoy-ar.pdf', await page.getByTestId('convoy').locator('[data-page]').count());
});
