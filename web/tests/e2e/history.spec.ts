// What a record was, who changed it and why; changes taken back; the page as it stood at a time; the marking of what is shown.
import type { Page } from '@playwright/test';
import { countOf, expect, idle, layerRow, open, test } from './page.ts';

const items = '/api/collections/bases/items';
const point = (lon: number, lat: number) => ({ type: 'Point', coordinates: [lon, lat] });

async function made(page: Page, name: string, properties: Record<string, unknown> = {}): Promise<number> {
  const answer = await page.request.post(items, { data: { type: 'Feature', geometry: point(-3, 19), properties: { mission: 'MINUSMA', name, ...properties } } });
  expect(answer.status(), await answer.text()).toBe(201);
  return ((await answer.json()) as { id: number }).id;
}

/** Changes a record as somebody else would; answers with the version. */
async function patch(page: Page, key: number, change: unknown, why = ''): Promise<number> {
  const answer = await page.request.patch(`${items}/${key}`, { data: change, headers: { 'Content-Type': 'application/merge-patch+json', 'Bivouac-Reason': encodeURIComponent(why) } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return Number(answer.headers()['bivouac-version']);
}

const name = async (page: Page, key: number) => ((await (await page.request.get(`${items}/${key}`)).json()) as { properties: { name: string; beds: number } }).properties;
const entry = (page: Page, version: number) => page.getByTestId('history').locator(`[data-version="${version}"]`);

test.use({ changesRecords: true });
test('a record tells its changes, and one of them is taken back as a new one', async ({ page }) => {
  const key = await made(page, 'Camp Echo', { beds: 3 });
  const first = await patch(page, key, { properties: { beds: 5 } }, 'Comptés à midi');
  const second = await patch(page, key, { geometry: point(-3.3, 19.2) });
  await open(page, `#m=8/19.0000/-3.0000&l=bases&at=bases/${key}`);
  await page.getByTestId('details').getByRole('tab', { name: 'History' }).click();
  await expect(page.getByTestId('history').locator('> li')).toHaveCount(3);
  await expect(entry(page, first)).toContainText('Comptés à midi');
  await expect(entry(page, first)).toContainText('local');
  await expect(entry(page, first).locator('[data-field="beds"] del')).toHaveText('3');
  await expect(entry(page, first).locator('[data-field="beds"] ins')).toHaveText('5');
  await entry(page, second).getByRole('button', { name: 'Show the former shape' }).click();
  await idle(page);
  await page.screenshot({ path: 'test-results/history-card.png' });
  await entry(page, second).getByRole('button', { name: 'Undo this change' }).click();
  await expect(page.getByTestId('history').locator('> li')).toHaveCount(4);
  await expect(page.getByTestId('history').locator('> li').first()).toContainText(`undoes version ${second}`);
  const stands = (await (await page.request.get(`${items}/${key}`)).json()) as { geometry: unknown; properties: { beds: number } };
  expect([stands.geometry, stands.properties.beds]).toEqual([point(-3, 19), 5]);
});

test.describe('where others have built on a change', () => {
  test.use({ forgiven: [/status of 409/] });
  test('both versions are shown before it is undone', async ({ page }) => {
    const key = await made(page, 'Camp Foxtrot', { beds: 1 });
    const first = await patch(page, key, { properties: { name: 'Camp Foxtrot 1', beds: 2 } });
    await patch(page, key, { properties: { name: 'Camp Foxtrot 2' } });
    await open(page, '#m=8/19.0000/-3.0000&l=bases');
    await page.getByRole('button', { name: 'Changes', exact: true }).click();
    const commit = page.getByTestId('changes').locator(`[data-version="${first}"]`);
    await commit.getByRole('button', { name: 'Show the records' }).click();
    await expect(commit.locator('[data-field="name"] ins')).toHaveText('Camp Foxtrot 1');
    await commit.getByRole('button', { name: 'Undo this change' }).click();
    const dialog = page.getByTestId('decision');
    await expect(dialog.locator('[data-difference="name"]')).toContainText('Camp Foxtrot 2');
    await dialog.locator('[data-difference="name"] label').nth(1).click();
    await dialog.getByRole('button', { name: 'Save what is chosen' }).click();
    await expect(dialog).toBeHidden();
    await expect.poll(async () => name(page, key)).toMatchObject({ name: 'Camp Foxtrot 2', beds: 1 });
  });
});

test('the page shows the records as they stood, says so, and changes nothing', async ({ page }) => {
  const before = await countOf(page, 'bases', { mission: 'MINUSMA' });
  const { changes } = (await (await page.request.get('/api/changes?limit=1')).json()) as { changes: { at: string }[] };
  // The moment is written to the second: the next change comes after it.
  const moment = new Date(Math.ceil(Date.parse(changes[0]?.at ?? '') / 1000) * 1000);
  await expect.poll(() => Date.now()).toBeGreaterThan(moment.getTime());
  await made(page, 'Camp Golf');
  const text = moment.toISOString().replace('.000Z', 'Z');
  await open(page, `#m=8/19.0000/-3.0000&l=bases&as=${text}`);
  await expect(page.getByTestId('past')).toContainText('The past');
  await expect(layerRow(page, 'bases').locator('.layer-head .layer-count')).toHaveText(String(before));
  await expect(page.locator('.top-bar').getByRole('button', { name: 'Edit', exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Print', exact: true }).click();
  await expect(page.getByTestId('print-asof')).toContainText(text.slice(11, 16));
  await page.keyboard.press('Escape');
  await page.getByTestId('past').getByRole('button', { name: 'Back to now' }).click();
  await expect(page.getByTestId('past')).toHaveCount(0);
  await expect(layerRow(page, 'bases').locator('.layer-head .layer-count')).toHaveText(String(before + 1));
  await expect.poll(() => page.url()).not.toContain('as=');
  await expect(page.locator('.top-bar').getByRole('button', { name: 'Edit', exact: true })).toBeVisible();
});

test('the page carries the highest marking of what it shows, on screen and on paper', async ({ page }) => {
  const key = await made(page, 'Camp Hotel');
  await open(page, `#m=8/19.0000/-3.0000&l=bases`);
  await expect(page.getByTestId('marking')).toHaveCount(0);
  await expect(page.locator('.classification')).toHaveText('UNCLASSIFIED');
  await patch(page, key, { properties: { classification: 'confidential' } });
  await page.getByTestId('news').getByRole('button', { name: 'Show them' }).click();
  await expect(page.getByTestId('marking')).toHaveText('CONFIDENTIAL');
  await expect(page.locator('.classification')).toHaveText('CONFIDENTIAL');
  await page.getByRole('button', { name: 'Print', exact: true }).click();
  await expect(page.locator('.sheet-marking').first()).toHaveText('CONFIDENTIAL');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Show Bases' }).click();
  await expect(page.getByTestId('marking')).toHaveCount(0);
  await patch(page, key, { properties: { classification: 'unclassified' } });
});
