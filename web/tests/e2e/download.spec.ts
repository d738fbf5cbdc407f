// What leaves as a file is what the page shows: the same records, however they are chosen.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { countOf, expect, open, test } from './page.ts';

async function file(page: Page, format: string): Promise<{ name: string; text: string }> {
  await page.getByRole('button', { name: 'Download' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('dialog', { name: 'Download' }).getByRole('link', { name: format, exact: true }).click()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

test('a layer as a file, in each format, with the time in force', async ({ page }) => {
  const datetime = '2017-01-01/2017-12-31';
  const n = await countOf(page, 'incidents', { datetime, filter: "mission = 'MINUSMA'" });
  await open(page, '#t=2017-01-01/2017-12-31&tb=incidents');
  await page.getByRole('button', { name: 'Download' }).click();
  const dialog = page.getByRole('dialog', { name: 'Download' });
  await expect(dialog).toContainText(`${n} records`);
  await expect(dialog).toContainText('Highest classification:');
  await page.screenshot({ path: 'test-results/download.png' });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Download' })).toBeFocused();
  const csv = await file(page, 'CSV');
  expect(csv.name).toMatch(/^incidents.*\.csv$/);
  // A field may hold line breaks; a row begins with the number of its record.
  const geojson = JSON.parse((await file(page, 'GeoJSON')).text) as { features: { id: number; properties: { time: string } }[] };
  expect(geojson.features).toHaveLength(n);
  expect(geojson.features.every((f) => f.properties.time.startsWith('2017'))).toBe(true);
  const sequence = (await file(page, 'GeoJSON sequence')).text.split('\x1e').filter(Boolean).map((line) => (JSON.parse(line) as { id: number }).id);
  expect(sequence).toEqual(geojson.features.map((f) => f.id));
  const rows = csv.text.trim().split(/\r?\n/).slice(1);
  const kml = await file(page, 'KML');
  expect(kml.text.match(/<Placemark /g)).toHaveLength(n);
  expect((await file(page, 'GeoPackage')).text.startsWith('SQLite format 3')).toBe(true);
  expect((await file(page, 'Shapefiles (ZIP)')).name).toMatch(/^incidents.*\.shp\.zip$/);
  expect(geojson.features.every(({ id }) => rows.some((row) => row.startsWith(`${id},`)))).toBe(true);
});
