import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { ask, execute, expect, idle, open, test } from './page.ts';

const point = (lon: number, lat: number) => ({ type: 'Point', coordinates: [lon, lat] });
const filter = `"mission" = 'MINUSMA'`;
const [mopti, kidal] = [point(-4.1, 14.53), point(1.41, 18.44)];
const link = 'rt=f:-4.1,14.53~t:1.41,18.44';
const between = { origin: mopti, destination: kidal, filter };

/* eslint-disable @typescript-eslint/no-explicit-any -- each process answers in its own shape */
const facts = (layer: any): any[] => layer.features.map((f: any) => f.properties);
/* eslint-enable @typescript-eslint/no-explicit-any */

/** Until the ways answer what is asked. */
const settled = (page: Page) => expect(page.locator('.way-list[data-stale="false"]')).toBeVisible({ timeout: 60_000 });
const minutesOf = async (page: Page, way: string) => Number(await page.locator(`.way[data-way="${way}"]`).getAttribute('data-minutes'));

const mercator = (lon: number, lat: number) => [(lon + 180) / 360, (1 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / Math.PI) / 2];

test.use({ viewport: { width: 1280, height: 800 } });
test.setTimeout(180_000);

test('typed ends give the ways of the front; list, chart, link and file choose one of them', async ({ page }) => {
  await open(page, '#m=5/16/-1');
  await page.getByRole('navigation', { name: 'Workspaces' }).getByRole('button', { name: 'Routes' }).click();
  for (const [label, place] of [['From', '14.53, -4.1'], ['To', '18.44, 1.41']] as const) {
    await page.getByRole('combobox', { name: label, exact: true }).fill(place);
    await page.keyboard.press('Enter');
  }
  await settled(page);
  const [front, route] = [facts((await execute(page, 'pareto', between)).ways), facts((await execute(page, 'route', { ...between, alternatives: 3 })).ways)];
  const beaten = route.filter((r) => !front.some((f) => f.minutes === r.minutes && f.risk === r.risk));
  expect(front.length).toBeGreaterThan(2);
  await expect(page.locator('.front-point')).toHaveCount(front.length + beaten.length);
  await expect(page.locator('.front-point[data-beaten]')).toHaveCount(beaten.length);
  expect([await minutesOf(page, 'A'), await minutesOf(page, 'C')]).toEqual([front[0].minutes, front.at(-1).minutes]);
  await expect(page.locator('.way[data-way="A"]')).toContainText(`${Math.round(front[0].chance * 100)} in 100`);
  await page.locator('.front-point[data-way="C"]').click();
  await expect(page.getByRole('radio', { name: /Least risk/ })).toBeChecked();
  await expect.poll(() => page.url()).toContain('wy=C');
  const told = await execute(page, 'route', { ...between, front: front.length });
  await expect(page.getByTestId('weakest').locator('[data-help="reaction_force"]')).toHaveAttribute('data-minutes', String(facts(told.weakest).find((w) => w.help === 'reaction_force').minutes), { timeout: 60_000 });
  await expect(page.locator('[data-part="legs"] tbody tr')).toHaveCount(told.legs.length);
  await expect(page.getByTestId('along')).toHaveAttribute('data-records', String(told.outcomes.reduce((n: number, o: { records: number }) => n + o.records, 0)));
  const [gpx] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'GPX' }).click()]);
  expect(await readFile(await gpx.path(), 'utf8')).toBe(told.gpx);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId('way-files').getByRole('button', { name: 'GeoJSON' }).click()]);
  const { features } = JSON.parse(await readFile(await file.path(), 'utf8')) as { features: { properties: { km: number } }[] };
  expect(features.map((f) => f.properties.km)).toEqual([front.at(-1).km]);
  await idle(page);
  await page.screenshot({ path: 'test-results/routes.png' });
  await page.reload();
  await settled(page);
  await expect(page.getByRole('radio', { name: /Least risk/ })).toBeChecked();
});

/** Where a place is on the screen, by the map's own part of the link. */
async function pixel(page: Page, lon: number, lat: number): Promise<[number, number]> {
  const box = await page.getByTestId('map').boundingBox();
  const [zoom = 0, y0 = 0, x0 = 0] = (/m=([^&]+)/.exec(page.url())?.[1] ?? '').split('/').map(Number);
  const [x, y] = mercator(lon, lat).map((v, i) => (v - (mercator(x0, y0)[i] ?? 0)) * 512 * 2 ** zoom);
  return [(box?.x ?? 0) + (box?.width ?? 0) / 2 + (x ?? 0), (box?.y ?? 0) + (box?.height ?? 0) / 2 + (y ?? 0)];
}

test('two clicks set the ends, keys move one, and undo takes it back', async ({ page }) => {
  await open(page, '#m=5.2/16.2/-1.2&ws=routes&l=routes');
  for (const [lon, lat] of [[-4.1, 14.53], [-0.04, 16.27]] as const) await page.mouse.click(...(await pixel(page, lon, lat)));
  await settled(page);
  const end = (letter: string) => (new RegExp(`${letter}:([^,]+),([^,~&]+)`).exec(page.url().split('rt=')[1] ?? '') ?? []).slice(1).map(Number) as [number, number];
  await expect.poll(() => end('t')[0]).toBeCloseTo(-0.04, 1);
  const [before, start] = [await minutesOf(page, 'A'), page.url()];
  await page.locator('[data-handle="route-to"]').focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => page.url()).not.toBe(start);
  const [first] = facts((await execute(page, 'route', { origin: point(...end('f')), destination: point(...end('t')), filter })).ways);
  expect(first.minutes).not.toBe(before);
  await expect.poll(() => minutesOf(page, 'A'), { timeout: 60_000 }).toBe(first.minutes);
  await page.keyboard.press('Control+z');
  await expect.poll(() => minutesOf(page, 'A'), { timeout: 60_000 }).toBe(before);
});

test.describe('a drag', () => {
  // Where it is let go may lie too far from a road, which is said.
  test.use({ forgiven: [/status of 400/] });
  test('a drag of the line makes a stop where it is let go, as one step', async ({ page }) => {
    await open(page, `#m=5/16/-1&ws=routes&l=routes&${link}`);
    await settled(page);
    const { ways } = await execute(page, 'route', between);
    const line = ways.features[0].geometry.coordinates as [number, number][];
    const [x, y] = await pixel(page, ...(line[Math.floor(line.length / 2)] ?? [0, 0]));
    await page.mouse.move(x + 1, y);
    await page.mouse.move(x, y);
    await expect(page.locator('[data-handle="route-line"]')).toBeVisible();
    await page.mouse.down();
    await page.mouse.move(x, y - 30, { steps: 3 });
    await page.mouse.move(x, y - 60, { steps: 3 });
    await page.mouse.up();
    await expect.poll(() => page.url()).toContain('~v:');
    await expect(page.getByRole('combobox', { name: 'Stop 1' })).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect.poll(() => page.url()).not.toContain('~v:');
  });
});

test.describe('refusals', () => {
  test.use({ forgiven: [/status of 400/] });
  test('what cannot be driven is said in the server’s own sentence, and areas to avoid are kept clear of and taken off', async ({ page }) => {
    const refusal = await page.request.post('/api/processes/route/execution', { data: { inputs: { ...between, month: 8 } } });
    expect(refusal.status()).toBe(400);
    await open(page, `#m=5/16/-1&ws=routes&${link}~s:8`);
    await expect(page.getByRole('alert').first()).toContainText(((await refusal.json()) as { detail: string }).detail, { timeout: 60_000 });
    const ring = [[-1, 17], [0.2, 17], [0.2, 17.6], [-1, 17.6]];
    await open(page, `#m=5/16/-1&ws=routes&${link}~a:${ring.map((p) => p.join(',')).join(';')}`);
    await settled(page);
    const avoid = { type: 'Polygon', coordinates: [[...ring, ring[0]]] };
    const [clear] = facts((await execute(page, 'route', { ...between, avoid })).ways);
    const [plain] = facts((await execute(page, 'route', between)).ways);
    expect(clear.minutes).toBeGreaterThan(plain.minutes);
    expect(await minutesOf(page, 'A')).toBe(clear.minutes);
    await page.getByTestId('avoided').getByRole('button').click();
    await expect.poll(() => minutesOf(page, 'A'), { timeout: 60_000 }).toBe(plain.minutes);
  });
});

test('what is reached has its areas and legend; roads by threat say their rate with an interval', async ({ page }) => {
  await open(page, '#m=7/14.6/-4&ws=routes&rt=k:reach~o:-4.1,14.53~m:60,120');
  const { times } = await execute(page, 'isochrone', { places: [mopti], minutes: [60, 120] });
  await expect(page.getByTestId('reach-legend').locator('li')).toHaveCount(2, { timeout: 60_000 });
  await expect(page.getByTestId('reach-legend').locator('li').first()).toContainText(String(times[0].people).replace(/\B(?=(\d{3})+$)/g, '\u202f'));
  await idle(page);
  await page.screenshot({ path: 'test-results/routes-reach.png' });
  await page.getByRole('radio', { name: 'Threat' }).click();
  const { ranking } = await execute(page, 'route-threat', { filter });
  await expect(page.locator('[data-part="sections"] .result-key')).toBeVisible({ timeout: 60_000 });
  await expect(page.locator('[data-part="ranking"] tbody tr').first()).toContainText(ranking[0].road);
  await idle(page);
  await page.screenshot({ path: 'test-results/routes-threat.png' });
});

test('from a card', async ({ page }) => {
  const { features: [base] } = await ask(page, 'bases/items?mission=MINUSMA&limit=1');
  await open(page, `#at=bases/${base?.id}`);
  await page.getByTestId('details').getByRole('button', { name: 'Route from here' }).click();
  await expect(page.getByRole('combobox', { name: 'From', exact: true })).toHaveValue(String(base?.properties.name));
  await expect(page.getByText('Now the end')).toBeVisible();
});

test.describe('phone, at night, in Arabic', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, locale: 'ar', colorScheme: 'dark' });
  test('has the ways in its sheet', async ({ page }) => {
    await open(page, `#m=4/16/-1&ws=routes&${link}`);
    await settled(page);
    await expect(page.locator('.phone-menu')).toHaveCount(0);
    await expect(page.locator('.way[data-way="A"]')).toBeVisible();
    await idle(page);
    await page.screenshot({ path: 'test-results/routes-phone.png' });
  });
});
