// A broken CSV is looked at in the page, mended, looked at again and approved; the same file again changes nothing; a line that breaks is no loss.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { ask, countOf, expect, idle, open, test } from './page.ts';

const head = 'source_id,name,kind,population,longitude,latitude';
const good = (tag: string) => [`${tag}-1,Tassiga ${tag},village,1200,0.5,15.7`, `${tag}-2,Bara ${tag},village,800,0.2,15.6`];
const csv = (...rows: string[]) => [head, ...rows].join('\n');

async function give(page: Page, name: string, text: string) {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
}

const panel = (page: Page) => page.locator('.panel');
const rows = (page: Page) => page.getByTestId('import-rows').getByRole('listitem');
const kind = (page: Page, name: string) => page.getByRole('group', { name: 'What becomes of the rows' }).getByRole('button', { name });

async function openImports(page: Page) {
  await page.locator('.top-bar').getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Import', exact: true })).toBeVisible();
}

/** Whatever was guessed, it goes into the places. */
async function intoPlaces(page: Page) {
  const choice = panel(page).getByRole('button', { name: /Into which layer/ });
  await expect(panel(page).getByText('How the file is read')).toBeVisible({ timeout: 30_000 });
  if (!(await choice.isVisible())) await panel(page).getByText('How the file is read').click();
  if (!(await choice.textContent())?.includes('Places')) {
    await choice.click();
    await page.getByRole('option', { name: 'Places', exact: true }).click();
  }
}

test.use({ changesRecords: true });
test('a broken CSV is mended in the page and approved; again, it changes nothing; it is undone as one change', async ({ page }) => {
  const tag = `t${Date.now().toString(36)}`;
  await open(page, '#m=7/15.7/0.5&l=places');
  await openImports(page);
  await give(page, `${tag}.csv`, csv(...good(tag), `${tag}-3,Labbezanga ${tag},village,many,0.7,14.95`, `${tag}-4,Nowhere ${tag},village,5,0.7,95`));
  await expect(panel(page).locator('.import-sum')).toBeVisible();
  await intoPlaces(page);
  await expect(kind(page, 'refused')).toContainText('2');
  await expect(kind(page, 'added')).toContainText('2');
  await kind(page, 'refused').click();
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).first()).toContainText('population: "many" is not a whole number; write digits alone');
  await expect(rows(page).first()).toContainText('Row 3');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()]);
  const refused = readFileSync(await download.path(), 'utf8');
  expect(refused).toContain('many');
  // Nothing is stored before it is approved.
  expect(await countOf(page, 'places', { filter: `name LIKE '%${tag}'` })).toBe(0);
  await kind(page, 'added').click();
  await expect(page.locator('.import-key')).toContainText('2');
  await page.getByRole('textbox', { name: 'Why' }).fill('Survey of the desk');
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(panel(page).locator('.import-done')).toContainText('version');
  await idle(page);
  expect(await countOf(page, 'places', { filter: `name LIKE '%${tag}'` })).toBe(2);

  // What was refused is mended and sent again: only that is new.
  await page.getByRole('button', { name: 'All imports' }).click();
  await give(page, `${tag}-mended.csv`, refused.replace('many', '4300').replace(',0.7,95', ',0.7,14.9'));
  await expect(panel(page).locator('.import-sum')).toBeVisible();
  await intoPlaces(page);
  await expect(kind(page, 'added')).toContainText('2');
  await expect(kind(page, 'refused')).toContainText('0');
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(panel(page).locator('.import-done')).toContainText('version');
  const { features } = await ask(page, `places/items?${new URLSearchParams({ filter: `name = 'Labbezanga ${tag}'` }).toString()}`);
  expect(features[0]?.properties.population).toBe(4300);
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => countOf(page, 'places', { filter: `name LIKE '%${tag}'` })).toBe(2);

  // The same file again.
  await page.getByRole('button', { name: 'All imports' }).click();
  await give(page, `${tag}.csv`, csv(...good(tag)));
  await expect(panel(page).locator('.import-sum')).toBeVisible();
  await intoPlaces(page);
  await expect(panel(page).locator('.import-sum')).toContainText('Nothing would change');
  await expect(kind(page, 'the same')).toContainText('2');
});

test('what changes is told field by field, and deleting what a file lacks has to be meant', async ({ page }) => {
  const tag = `c${Date.now().toString(36)}`;
  await open(page, '#m=7/15.7/0.5&l=places');
  await openImports(page);
  await give(page, `${tag}.csv`, csv(...good(tag)));
  await intoPlaces(page);
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(panel(page).locator('.import-done')).toBeVisible();
  await page.getByRole('button', { name: 'All imports' }).click();
  await give(page, `${tag}.csv`, csv(`${tag}-1,Tassiga ${tag},town,1350,0.5,15.7`));
  await intoPlaces(page);
  await expect(kind(page, 'changed')).toContainText('1');
  await kind(page, 'changed').click();
  await expect(rows(page).first().locator('.import-changes')).toContainText('1200');
  await expect(rows(page).first().locator('.import-changes')).toContainText('1350');
  await panel(page).getByText('This file is the whole layer').click();
  await expect(kind(page, 'deleted')).not.toContainText(/^0/);
  await expect(page.getByRole('button', { name: 'Approve' })).toBeDisabled();
  await page.getByRole('button', { name: 'Do not import' }).click();
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  expect(await countOf(page, 'places', { filter: `name LIKE '%${tag}'` })).toBe(2);
});

test('what was exported is edited elsewhere and comes back as changes, by the number of each record', async ({ page }) => {
  await open(page, '#m=5/15.7/0.5&l=bases');
  const { features } = await ask(page, 'bases/items?limit=5');
  const [first] = features;
  if (first) first.properties.confidence = 'asked by radio';
  await openImports(page);
  await give(page, 'bases.geojson', JSON.stringify({ type: 'FeatureCollection', features }));
  await expect(panel(page).locator('.import-sum')).toHaveText('1 changed (4 the same, 0 refused)');
  await panel(page).getByText('How the file is read').click();
  await panel(page).getByText('Records are told apart by id').click();
  await panel(page).getByRole('button', { name: /Number of the record here/ }).click();
  await page.getByRole('option', { name: 'None', exact: true }).click();
  await expect(panel(page).locator('.import-sum')).toContainText('1 changed');
  await expect(panel(page).getByText('Records are told apart by source_id')).toBeVisible();
  await page.getByRole('button', { name: 'Do not import' }).click();
});

test('a grid is asked how wide its cells shall be, and becomes places with all its people', async ({ page }) => {
  const tag = `g${Date.now().toString(36)}`;
  await open(page, '#m=7/15.7/0.5&l=places');
  await openImports(page);
  await give(page, `${tag}.asc`, 'ncols 2\nnrows 2\nxllcorner 0\nyllcorner 15\ncellsize 0.05\nNODATA_value -9\n10 20\n30 -9\n');
  await expect(panel(page).getByRole('alert')).toContainText('is a grid of numbers');
  const width = page.getByRole('textbox', { name: 'People of a grid: width of the cells, km' });
  await width.fill('100');
  await width.press('Enter');
  await expect(panel(page).locator('.import-sum')).toContainText('1 added');
  await kind(page, 'added').click();
  await expect(rows(page).first()).toContainText('60');
  await page.getByRole('button', { name: 'Do not import' }).click();
});

test('a table of people by longitude and latitude may be counted in cells, whatever else it holds', async ({ page }) => {
  const tag = `h${Date.now().toString(36)}`;
  await open(page, '#m=7/15.7/0.5&l=places');
  await openImports(page);
  await give(page, `${tag}.csv`, 'name,longitude,latitude,population,year\na,0,15,10,2017\nb,0.05,15,20,2017\nc,0,15.05,30,2017\n');
  await expect(panel(page).locator('.import-sum')).toContainText('3 added');
  await panel(page).getByText('How the file is read').click();
  const width = page.getByRole('textbox', { name: 'People of a grid: width of the cells, km' });
  await width.fill('100');
  await width.press('Enter');
  await expect(panel(page).locator('.import-sum')).toContainText('1 added');
  await kind(page, 'added').click();
  await expect(rows(page).first()).toContainText('60');
  await width.fill('');
  await width.press('Enter');
  await expect(panel(page).locator('.import-sum')).toContainText('3 added');
  await page.getByRole('button', { name: 'Do not import' }).click();
});

test('a word among numbers that makes texts of them is told with its row', async ({ page }) => {
  const tag = `w${Date.now().toString(36)}`;
  await open(page, '#m=7/15.7/0.5&l=places');
  await openImports(page);
  await give(page, `${tag}.csv`, csv(...good(tag), `${tag}-3,Labbezanga ${tag},village,many,0.7,14.95`));
  await expect(panel(page).getByText(`population is kept as text, since some of its values are no numbers: 1 of 3, the first in row 3 of ${tag}.csv`)).toBeVisible();
  await page.getByRole('button', { name: 'Do not import' }).click();
});

test.describe('over a poor line', () => {
  test.use({ forgiven: [/Failed to load resource/] });
  test('a file goes on behind a break, and is found again after a reload', async ({ page }) => {
    const tag = `b${Date.now().toString(36)}`;
    const many = csv(...Array.from({ length: 12_000 }, (_, n) => `${tag}-${n},Village ${n} ${tag},village,${n},${(n % 100) / 100},${15 + (n % 90) / 100}`));
    let pieces = 0;
    await page.route('**/api/imports/*/file', (route) => (route.request().method() === 'PATCH' && ++pieces === 2 ? route.abort('connectionreset') : route.continue()));
    await open(page, '#m=7/15.7/0.5&l=places');
    await openImports(page);
    await give(page, `${tag}.csv`, many);
    await expect(panel(page).locator('.import-sum')).toBeVisible({ timeout: 60_000 });
    expect(pieces).toBeGreaterThan(2);
    await page.reload();
    await idle(page);
    await openImports(page);
    await page.getByTestId('imports').getByRole('button', { name: new RegExp(tag) }).first().click();
    await expect(panel(page).locator('.import-sum')).toBeVisible();
    await page.getByRole('button', { name: 'Do not import' }).click();
    await expect(page.getByTestId('imports').getByRole('button', { name: new RegExp(tag) })).toHaveCount(0);
  });
});
