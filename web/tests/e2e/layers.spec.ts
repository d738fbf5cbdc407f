import type { Page } from '@playwright/test';
import { cellBox } from '../../src/map/shapes.ts';
import { ask, countOf, digits, execute, expect, idle, layerRow, open, test } from './page.ts';

const mission = `"mission" = 'MINUSMA'`;
const well = `${mission} AND "place_precision" <= 2`;
const key = (at: [number, number]) => at.map((v) => v.toFixed(5)).join();

type Feature = Awaited<ReturnType<typeof ask>>['features'][number];

function grouped(features: Feature[], by: (at: [number, number]) => string): Map<string, Feature[]> {
  const groups = new Map<string, Feature[]>();
  for (const f of features) if (f.geometry) groups.set(by(f.geometry.coordinates), [...(groups.get(by(f.geometry.coordinates)) ?? []), f]);
  return groups;
}

/** Clicks the middle of the map. */
async function clickMiddle(page: Page) {
  const box = await page.getByTestId('map').boundingBox();
  await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2);
}

async function countText(page: Page, id: string) {
  await idle(page);
  return (await layerRow(page, id).locator('.layer-head .layer-count').textContent())?.split(' of ').map(digits);
}

test('codes are several choices, and chips say and undo them', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Add a filter' }).click();
  await page.getByRole('button', { name: /Field/ }).click();
  await page.getByRole('option', { name: 'Category', exact: true }).click();
  for (const name of ['IED', 'Mine']) await page.getByRole('checkbox', { name, exact: true }).locator('xpath=ancestor::label').click();
  const n = await countOf(page, 'incidents', { filter: `${mission} AND "category" IN ('ied', 'mine')` });
  const all = await countOf(page, 'incidents', { filter: mission });
  expect(await countText(page, 'incidents')).toEqual([n, all]);
  await expect(page.locator('.chip')).toHaveText('Category: IED and Mine');
  await expect.poll(() => page.url()).toContain('f=incidents.category:ied;mine');
  await page.reload();
  expect(await countText(page, 'incidents')).toEqual([n, all]);
  await page.getByRole('button', { name: 'Remove the filter Category: IED and Mine' }).click();
  expect(await countText(page, 'incidents')).toEqual([all]);
});

test('numbers are a range, and one that is upside down is refused', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Add a filter' }).click();
  await page.getByRole('button', { name: /Field/ }).click();
  await page.getByRole('option', { name: 'Killed', exact: true }).click();
  const filters = page.getByRole('region', { name: 'Filters' });
  await filters.getByRole('textbox', { name: 'From' }).fill('2');
  await filters.getByRole('textbox', { name: 'To', exact: true }).fill('5');
  await filters.getByRole('textbox', { name: 'To', exact: true }).press('Enter');
  const n = await countOf(page, 'incidents', { filter: `${mission} AND "killed" >= 2 AND "killed" <= 5` });
  expect((await countText(page, 'incidents'))?.[0]).toBe(n);
  await expect(page.locator('.chip')).toHaveText('Killed: 2 to 5');
  await filters.getByRole('textbox', { name: 'From' }).fill('9');
  await filters.getByRole('textbox', { name: 'From' }).press('Enter');
  await expect(filters.locator('.field-error')).toHaveText('From is larger than to.');
  expect((await countText(page, 'incidents'))?.[0]).toBe(n);
});

test('the legend counts by outcome as the API does', async ({ page }) => {
  await open(page, '#f=incidents.target:peacekeepers');
  const filter = `${mission} AND "target" = 'peacekeepers'`;
  const { groups } = await execute(page, 'indicator', { collection: 'incidents', filter, period: 'none', groupby: 'outcome' });
  const of = (...codes: string[]) => groups.filter((g: { value: string | null }) => codes.includes(g.value ?? '')).reduce((sum: number, g: { count: number }) => sum + g.count, 0);
  const total = await countOf(page, 'incidents', { filter });
  const legend = layerRow(page, 'incidents').locator('.legend');
  await expect(legend.locator('[data-class="detonated"] .layer-count')).toHaveText(String(of('detonated')));
  await expect(legend.locator('[data-class="found"] .layer-count')).toHaveText(String(of('found', 'disarmed')));
  await expect(legend.locator('[data-class="other"] .layer-count')).toHaveText(String(total - of('detonated', 'found', 'disarmed')));
});

test('a single incident opens its record; several in one place are listed', async ({ page }) => {
  const { features } = await ask(page, `incidents/items?limit=10000&${new URLSearchParams({ filter: well }).toString()}`);
  const heaps = grouped(features, key);
  const single = [...heaps.values()].find(([f, ...rest]) => rest.length === 0 && f && features.every((g) => g === f || !g.geometry || Math.hypot(g.geometry.coordinates[0] - (f.geometry?.coordinates[0] ?? 0), g.geometry.coordinates[1] - (f.geometry?.coordinates[1] ?? 0)) > 0.03))?.[0];
  const [lon, lat] = single?.geometry?.coordinates ?? [0, 0];
  await open(page, `#m=11/${lat}/${lon}&l=incidents`);
  await clickMiddle(page);
  await expect(page.getByTestId('details')).toBeVisible();
  await expect.poll(() => page.url()).toContain(`at=incidents/${single?.id}`);
  // Records of one outcome in one cell at this zoom, and none of another: they are one mark.
  const zoom = 12;
  const cells = grouped(features, (at) => cellBox(at, zoom).join());
  const heap = [...cells.values()].find((all) => all.length > 1 && all.length < 12 && new Set(all.map((f) => f.properties.outcome)).size === 1) ?? [];
  expect(heap.length, 'a heap in the sample').toBeGreaterThan(1);
  const middle = (i: 0 | 1) => heap.reduce((sum, f) => sum + (f.geometry?.coordinates[i] ?? 0), 0) / heap.length;
  await page.goto('about:blank');
  await open(page, `#m=${zoom}/${middle(1)}/${middle(0)}&l=incidents`);
  await clickMiddle(page);
  await expect(page.getByTestId('group').locator('li')).toHaveCount(heap.length);
  await page.getByTestId('group').locator('li button').first().click();
  await expect(page.getByTestId('details')).toBeVisible();
});

test('what is placed too coarsely is no point, and is counted as without a place', async ({ page }) => {
  await open(page, '#f=incidents.place_precision:3:7&l=incidents');
  const n = await countOf(page, 'incidents', { filter: `${mission} AND "place_precision" >= 3` });
  expect(n).toBeGreaterThan(0);
  await idle(page);
  await expect(page.getByTestId('shown')).toHaveAttribute('data-shown', '0');
  await expect(page.getByTestId('shown')).toContainText(`${n} without a place`);
});

test('the table holds what the map shows, and the selected row is the selected record', async ({ page }) => {
  await open(page, '#m=9/16.2700/-0.0400&tb=incidents&l=incidents');
  await page.getByText('Only what the map shows').click();
  await expect.poll(async () => digits((await page.getByTestId('table-count').textContent())?.split('of')[1] ?? '')).toBeLessThan(await countOf(page, 'incidents', { filter: mission }));
  const near = await page.evaluate(() => performance.getEntriesByType('resource').map((r) => new URL(r.name).searchParams.get('bbox')).filter(Boolean).at(-1));
  await expect.poll(async () => digits((await page.getByTestId('table-count').textContent())?.split('of')[1] ?? '')).toBe(await countOf(page, 'incidents', { filter: mission, bbox: near ?? '' }));
  const row = page.locator('tr[data-key]').first();
  const id = await row.getAttribute('data-key');
  await row.getByRole('button').click();
  await expect(page.locator('tr[aria-selected="true"]')).toHaveAttribute('data-key', id ?? '');
  await expect.poll(() => page.url()).toContain(`at=incidents/${id}`);
});

test('old marks stay until the new ones are there', async ({ page }) => {
  await open(page, '#m=6/16/-2&l=incidents&t=2016-01-01/2017-12-31');
  const clip = { x: 420, y: 120, width: 420, height: 260 };
  const before = await page.screenshot({ clip });
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  let asked = 0;
  await page.route('**/tiles/WebMercatorQuad/*/*/*', async (route) => {
    asked += 1;
    await held;
    await route.fallback();
  });
  await page.getByRole('button', { name: 'One step on' }).click();
  await expect.poll(() => asked).toBeGreaterThan(0);
  expect(Buffer.compare(await page.screenshot({ clip }), before), 'the map while new tiles are on their way').toBe(0);
  release();
  await idle(page);
  expect(Buffer.compare(await page.screenshot({ clip }), before), 'the map with the new tiles').not.toBe(0);
});

test('a layer that was hidden while the time moved comes back with its tiles of now', async ({ page }) => {
  await open(page, '#m=6/16/-2&l=incidents&t=2016-01-01/2016-01-31');
  await page.getByRole('button', { name: 'Show Incidents' }).click();
  await page.getByRole('button', { name: 'One step on' }).click();
  const asked: string[] = [];
  page.on('request', (r) => /WebMercatorQuad\/\d/.test(r.url()) && asked.push(new URL(r.url()).searchParams.get('datetime') ?? ''));
  await page.getByRole('button', { name: 'Show Incidents' }).click();
  await idle(page);
  await expect.poll(() => asked).toContain('2016-02-01/2016-02-29');
});
