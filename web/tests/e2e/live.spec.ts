// What others change is told, waits until it is wanted, and comes in without a reload and without moving the map.
import type { Page } from '@playwright/test';
import { expect, idle, layerRow, open, test } from './page.ts';

const add = async (page: Page, collection: string, lon: number, properties: Record<string, unknown>) => {
  const answer = await page.request.post(`/api/collections/${collection}/items`, { data: { type: 'Feature', geometry: { type: 'Point', coordinates: [lon, 17] }, properties: { mission: 'MINUSMA', ...properties } } });
  expect(answer.status(), await answer.text()).toBe(201);
  return ((await answer.json()) as { id: number }).id;
};
const count = (page: Page, id: string) => layerRow(page, id).locator('.layer-head .layer-count');
const countNow = async (page: Page, id: string) => Number(((await count(page, id).textContent()) ?? '').replace(/\D/g, ''));
const drawn = (page: Page, at: [number, number]) => page.evaluate(([x, y]) => {
  const box = document.querySelector('.map-box')?.getBoundingClientRect();
  return document.elementFromPoint((box?.left ?? 0) + x, (box?.top ?? 0) + y)?.className ?? '';
}, at);

test.use({ changesRecords: true });
test('new records are told by layer and in all, and taken in where they belong', async ({ page }) => {
  await open(page, '#m=7/17.0000/-2.0000&l=bases,incidents');
  await expect(page.locator('.connection')).toHaveAttribute('data-connected', 'true');
  const [bases, incidents] = [await countNow(page, 'bases'), await countNow(page, 'incidents')];
  const asked: string[] = [];
  await add(page, 'incidents', -2.2, { time: '2017-05-01T06:00:00Z', category: 'mine', outcome: 'found', place_precision: 1 });
  await add(page, 'bases', -2, { name: 'Camp Live' });
  await expect(page.getByTestId('news')).toContainText(/^2 new since \d\d:\d\d UTC/);
  await expect(layerRow(page, 'bases')).toContainText(/1 new since/);
  expect(await countNow(page, 'bases'), 'nothing moves by itself').toBe(bases);

  const hash = page.url();
  page.on('request', (r) => asked.push(new URL(r.url()).pathname));
  await layerRow(page, 'bases').getByRole('button', { name: 'Show them' }).click();
  await expect.poll(() => countNow(page, 'bases')).toBe(bases + 1);
  await expect(page.getByTestId('news')).toContainText(/^1 new since/);
  expect(asked.filter((p) => p.includes('/collections/routes/') || p.includes('/incidents/items')), 'only what has changed is asked again').toEqual([]);
  await page.getByTestId('news').getByRole('button', { name: 'Show them' }).click();
  await expect.poll(() => countNow(page, 'incidents')).toBe(incidents + 1);
  await expect(page.getByTestId('news')).toHaveCount(0);
  expect(asked.some((p) => /incidents\/tiles\/WebMercatorQuad\/\d+\//.test(p)), 'its tiles are asked for again').toBe(true);
  await idle(page);
  expect(page.url()).toBe(hash);
  expect(await drawn(page, [100, 100])).toContain('maplibregl-canvas');
});

test('what the page itself changes is no news', async ({ page }) => {
  const key = await add(page, 'bases', -2.4, { name: 'Camp Own' });
  await open(page, `#m=7/17.0000/-2.0000&l=bases&at=bases/${key}`);
  await expect(page.locator('.connection')).toHaveAttribute('data-connected', 'true');
  await page.locator('.top-bar').getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByTestId('record-form').getByLabel('Name').fill('Camp Own 2');
  await page.getByTestId('record-form').getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.toast p')).toContainText('Saved: Camp Own 2');
  // Another's change comes after it in the stream: where only this one is told, the first was heard and left out.
  await add(page, 'bases', -2.6, { name: 'Camp Other' });
  await expect(page.getByTestId('news')).toContainText(/^1 new since/);
});

test.describe('a broken line', () => {
  test.use({ forgiven: [/ERR_INTERNET_DISCONNECTED|ERR_NETWORK|Failed to load resource/] });
  test('is told, and what came meanwhile is heard when it is mended', async ({ page, context }) => {
    await open(page, '#m=7/17.0000/-2.0000&l=bases');
    await expect(page.locator('.connection')).toHaveAttribute('data-connected', 'true');
    await context.setOffline(true);
    await expect(page.locator('.connection')).toHaveAttribute('data-connected', 'false', { timeout: 45_000 });
    await add(page, 'bases', -2.8, { name: 'Camp Meanwhile' });
    await context.setOffline(false);
    await expect(page.getByTestId('news')).toContainText(/^1 new since/, { timeout: 45_000 });
    await expect(page.locator('.connection')).toHaveAttribute('data-connected', 'true');
  });
});
