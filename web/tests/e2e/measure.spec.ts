import type { Page } from '@playwright/test';
import { along, type Place } from '../../src/geo/geodesic.ts';
import { ask, expect, idle, open, test } from './page.ts';

const card = (page: Page) => page.getByTestId('measure');
const metres = async (page: Page) => Number(await card(page).locator('h2').getAttribute('data-metres'));
const squareMetres = async (page: Page) => Number(await card(page).locator('h2').getAttribute('data-square-metres'));

/** A click at a part of the map's width and height. */
async function click(page: Page, x: number, y: number) {
  const box = await page.getByTestId('map').boundingBox();
  await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) * x, (box?.y ?? 0) + (box?.height ?? 0) * y);
}

async function type(page: Page, text: string) {
  const field = card(page).getByRole('textbox', { name: 'Or type a place' });
  await field.fill(text);
  await field.press('Enter');
}

test('typed places are as far apart as the server says', async ({ page }) => {
  const { features } = await ask(page, 'bases/items?mission=MINUSMA');
  const gao = features.find((f) => f.properties.name === 'Gao')?.geometry?.coordinates ?? [0, 0];
  const near = await ask(page, `bases/items?mission=MINUSMA&near=${gao.join(',')}&k=4`);
  await open(page);
  await page.getByRole('button', { name: 'Measure', exact: true }).click();
  let sum = 0;
  await type(page, `${gao[1]}, ${gao[0]}`);
  for (const other of near.features.slice(1)) {
    const [lon, lat] = other.geometry?.coordinates ?? [0, 0];
    await type(page, `${lat}, ${lon}`);
    sum += Number(other.properties.distance_m);
    expect(Math.abs((await metres(page)) - sum)).toBeLessThan(0.01);
    await type(page, `${gao[1]}, ${gao[0]}`);
    sum += Number(other.properties.distance_m);
  }
  await expect(card(page).locator('tbody tr')).toHaveCount(6);
  await expect(card(page).locator('h2')).toHaveText(/km in 6 legs$/);
  await type(page, '95, 10');
  await expect(card(page)).toContainText('95 is no latitude');
  await page.screenshot({ path: 'test-results/measure-typed.png' });
});

test('clicks make legs, Escape ends, and the measurement survives what comes after', async ({ page }) => {
  await open(page, '#m=6/16.5000/-2.0000&l=bases');
  await page.keyboard.press('m');
  for (const [x, y] of [[0.6, 0.3], [0.75, 0.45], [0.7, 0.65]] as const) await click(page, x, y);
  await expect(card(page).locator('tbody tr')).toHaveCount(2);
  const sum = await metres(page);
  expect(sum).toBeGreaterThan(10_000);
  await page.keyboard.press('Escape');
  await expect(card(page).getByRole('button', { name: 'Go on' })).toBeVisible();
  await expect.poll(() => page.url()).toMatch(/d=m:[-\d.,;]+/);
  await click(page, 0.4, 0.85);
  await expect(page.getByTestId('nearest').locator('li')).toHaveCount(5);
  expect(await metres(page)).toBe(sum);
  await page.keyboard.press('f');
  await expect(page.getByRole('heading', { name: 'Footprint' })).toBeVisible();
  expect(await metres(page)).toBe(sum);
  await page.reload();
  await idle(page);
  expect(await metres(page)).toBe(sum);
  await card(page).getByRole('button', { name: 'Remove the measurement' }).click();
  await expect(card(page)).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await metres(page)).toBe(sum);
});

test('a closed shape has the area that the server measures', async ({ page }) => {
  await open(page, '#m=6/16.5000/-2.0000&l=bases');
  await page.keyboard.press('m');
  const corners = [[0.55, 0.3], [0.8, 0.35], [0.75, 0.7]] as const;
  for (const [x, y] of corners) await click(page, x, y);
  await click(page, ...corners[0]);
  await expect(card(page).locator('h2')).toHaveText(/km².*round$/);
  await expect(card(page).locator('tbody tr')).toHaveCount(3);
  await page.screenshot({ path: 'test-results/measure-shape.png' });
  const hash = decodeURIComponent(await page.evaluate(async () => {
    await new Promise((done) => setTimeout(done, 400));
    return location.hash;
  }));
  const ring = (/c:([-\d.,;]+)/.exec(hash)?.[1] ?? '').split(';').map((p) => p.split(',').map(Number));
  expect(ring).toHaveLength(3);
  // A ring of a metre at the other end of the world leaves all of the area a gap.
  // The server's edges are straight in degrees: told in short pieces of the geodesic they are the same.
  const round = ring.flatMap((p, i) => along(p as Place, ring[(i + 1) % ring.length] as Place, 2000).slice(0, -1));
  const turned = round.reverse();
  const inputs = { bases: [], places: [{ type: 'Point', coordinates: [170, -40] }], radius_m: 1, within: { type: 'Polygon', coordinates: [[...turned, turned[0]]] } };
  const answer = await page.request.post('/api/processes/footprint/execution', { data: { inputs } });
  const { result } = (await answer.json()) as { result: { gaps: { properties: { area_m2: number } } } };
  expect(Math.abs((await squareMetres(page)) / result.gaps.properties.area_m2 - 1)).toBeLessThan(1e-6);
});

test('the keyboard alone measures', async ({ page }) => {
  await open(page, '#m=7/15.0000/-3.0000');
  await page.locator('.maplibregl-canvas').focus();
  await page.keyboard.press('m');
  await page.keyboard.press('Enter');
  for (let i = 0; i < 3; i++) {
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(400);
    await idle(page);
    await page.keyboard.press('Enter');
  }
  await expect(card(page).locator('tbody tr')).toHaveCount(3);
  await page.keyboard.press('Backspace');
  await expect(card(page).locator('tbody tr')).toHaveCount(2);
  await page.keyboard.press('c');
  await expect(card(page).locator('h2')).toHaveText(/round$/);
  const handle = page.locator('[data-handle="measure-0"]');
  const before = await metres(page);
  await handle.focus();
  await page.keyboard.press('ArrowUp');
  expect(await metres(page)).not.toBe(before);
  await page.keyboard.press('Control+z');
  expect(await metres(page)).toBe(before);
});

test('the link is shared, and the list of keys has those of the tools', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, '#m=6/16.5000/-2.0000&l=bases&d=m:-2,16;-1,17');
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByText('Link copied.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  expect(page.url()).toContain('d=m:-2,16;-1,17');
  await page.keyboard.press('?');
  for (const key of ['M', 'B', 'F', 'P', 'Space', 'Backspace', 'Delete', 'Ctrl Z']) await expect(page.getByRole('dialog').locator('kbd', { hasText: new RegExp(`^${key}$`) })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('b');
  await expect(page.getByRole('button', { name: 'Done' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  await expect(page.getByTestId('sheet')).toBeVisible();
});
