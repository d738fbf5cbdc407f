// Answers of analyses: what is drawn at once, its key against what the API says, what is kept, and the files of it.
import { choose, expect, execute, idle, inForce, open, test } from './page.ts';
import type { Page } from '@playwright/test';

async function run(page: Page, name: string) {
  await choose(page, name);
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByTestId('analysis-answer')).toBeVisible({ timeout: 30_000 });
  await idle(page);
}

interface Cells { cells: { features: { properties: { per_km2: number } }[] } }

test('density: its cells are drawn at once, in classes that add up to the answer of the API', async ({ page }) => {
  await open(page);
  await run(page, 'Density');
  const { cells } = (await execute(page, 'density', await inForce(page))) as Cells;
  const n = cells.features.length;
  expect(n).toBeGreaterThan(20);
  const key = page.locator('[data-part="cells"] .result-key li');
  const values = cells.features.map((f) => f.properties.per_km2).sort((a, b) => a - b);
  const breaks = [...new Set([0, 1, 2, 3, 4].map((k) => values[Math.floor((k * n) / 5)] ?? 0))];
  await expect(key).toHaveCount(breaks.length);
  const counts = await key.evaluateAll((rows) => rows.map((r) => Number(r.getAttribute('data-n'))));
  expect(counts.reduce((sum, c) => sum + c, 0)).toBe(n);
  expect(counts).toEqual(breaks.map((from, i) => values.filter((v) => v >= from && v < (breaks[i + 1] ?? Infinity)).length));
  await expect(page.getByTestId('map-answer')).toContainText(`${counts.at(-1) ?? 0} of ${n}`);
  const coming = page.waitForEvent('download');
  await page.locator('[data-part="cells"]').getByRole('button', { name: 'GeoJSON' }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/^density-cells.*\.geojson$/);
  await page.getByRole('button', { name: 'Keep as a layer' }).click();
  await expect(page.getByTestId('kept').locator('li[data-kept]')).toHaveCount(1);
  await page.getByTestId('kept').scrollIntoViewIfNeeded();
  await page.screenshot({ path: 'test-results/answers-density.png' });
});

test('hot spots: the seven classes of confidence, at night', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await open(page);
  await run(page, 'Hot spots');
  const key = page.locator('[data-part="cells"] .result-key[data-kind="confidence"] li');
  await expect(key).toHaveCount(7);
  await page.screenshot({ path: 'test-results/answers-hotspot.png' });
  await page.getByRole('button', { name: 'Print', exact: true }).click();
  await expect(page.getByTestId('print-answer').locator('.result-key li')).toHaveCount(7);
  await expect(page.locator('.sheet-pages')).toContainText('Getis-Ord');
  await expect(page.locator('.sheet-canvas canvas')).toBeVisible({ timeout: 30_000 });
  await page.screenshot({ path: 'test-results/answers-print.png' });
});

test('the map is made anew when the window changes to a phone and back, with its layers and the answer', async ({ page }) => {
  await open(page);
  await run(page, 'Density');
  await page.setViewportSize({ width: 420, height: 800 });
  await idle(page);
  await expect(page.getByTestId('map')).toBeVisible();
  await page.setViewportSize({ width: 1440, height: 900 });
  await idle(page);
  await expect(page.locator('[data-part="cells"] .result-key li').first()).toBeVisible();
  await expect(page.getByTestId('map-answer')).toContainText('of');
});
