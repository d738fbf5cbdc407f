// Two periods of one analysis side by side, against the API's own answers; kept answers over a reload.
import { choose, expect, execute, idle, inForce, open, test } from './page.ts';
import type { Page } from '@playwright/test';

async function run(page: Page, name: string) {
  await choose(page, name);
  await page.locator('.analysis form button[type="submit"]').click();
  await expect(page.getByTestId('analysis-answer')).toBeVisible({ timeout: 30_000 });
  await idle(page);
}

/** Few layers: what is looked at here is the answers. */
const year = '#l=bases&t=2017-01-01/2017-12-31';

interface Density {
  cells: { features: { properties: { per_km2: number } }[] };
  total: { events: number; per_km2: number; per_km2_lower: number; per_km2_upper: number };
  grid: { cell_m: number; centre_lon: number; centre_lat: number };
}

test('density of a year and of the year before: one key, the differences, the line, both maps on the same ground', async ({ page }) => {
  await open(page, year);
  await run(page, 'Density');
  const asked = await inForce(page);
  const after = (await execute(page, 'density', asked)) as Density;
  const { cell_m, centre_lon, centre_lat } = after.grid;
  const before = (await execute(page, 'density', { ...asked, datetime: '2016-01-01/2016-12-31', cell_m, centre: [centre_lon, centre_lat] })) as Density;
  await page.getByTestId('compare-with').getByRole('button', { name: 'Compare', exact: true }).click();
  const panel = page.getByTestId('comparison');
  await expect(panel).toBeVisible({ timeout: 30_000 });
  await idle(page);

  await expect(page.getByTestId('side-0')).toContainText('1 Jan 2016 to 31 Dec 2016');
  await expect(page.getByTestId('side-0')).toContainText(String(before.total.events));
  await expect(page.getByTestId('side-1')).toContainText(String(after.total.events));

  const counts = await page.getByTestId('compare-key').locator('tbody tr').evaluateAll((rows) => rows.map((r) => [...r.querySelectorAll('td')].map((d) => Number(d.textContent))));
  const sides = [before, after].map((d) => d.cells.features.map((f) => f.properties.per_km2));
  const values = sides.flat().sort((a, b) => a - b);
  const breaks = [...new Set([0, 1, 2, 3, 4].map((k) => values[Math.floor((k * values.length) / 5)] ?? 0))];
  expect(counts.slice(0, -1)).toEqual(breaks.map((from, i) => sides.map((s) => s.filter((v) => v >= from && v < (breaks[i + 1] ?? Infinity)).length)));
  expect(counts.at(-1)).toEqual(sides.map((s) => s.length));

  const events = page.locator('[data-measure="total.events"]');
  await expect(events.locator('.change')).toContainText(`${after.total.events > before.total.events ? '+' : '−'}${Math.abs(after.total.events - before.total.events)}`);
  const overlap = before.total.per_km2_lower <= after.total.per_km2_upper && after.total.per_km2_lower <= before.total.per_km2_upper;
  await expect(page.locator('[data-measure="total.per_km2"]')).toHaveAttribute('data-verdict', overlap ? 'open' : 'apart');
  await page.screenshot({ path: 'test-results/compare-swipe.png' });

  const line = page.getByRole('slider', { name: 'Line between the two maps' });
  await line.focus();
  await page.keyboard.press('ArrowRight');
  await expect(line).toHaveAttribute('aria-valuenow', '55');
  await page.keyboard.press('Home');
  await expect(line).toHaveAttribute('aria-valuenow', '0');
  await expect(page.getByTestId('second-map')).toHaveCSS('clip-path', 'inset(0px 0px 0px 0%)');
  const box = await page.getByTestId('map').boundingBox();
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + 300];
  await page.mouse.move(box?.x ?? 0, y);
  await page.mouse.down();
  await page.mouse.move(x, y, { steps: 3 });
  await page.mouse.up();
  await expect(line).toHaveAttribute('aria-valuenow', '50');

  await panel.getByRole('radio', { name: 'Side by side' }).click();
  await idle(page);
  await page.screenshot({ path: 'test-results/compare-beside.png' });
  await page.getByRole('button', { name: 'End the comparison' }).first().click();
  await expect(page.getByTestId('second-map')).toHaveCount(0);
  await expect(page.getByTestId('analysis-answer')).toBeVisible();
});

test('a kept answer is there after a reload, is compared by typed dates, cancelled, and asked again', async ({ page }) => {
  await open(page, year);
  await run(page, 'Example: circles');
  await page.getByRole('button', { name: 'Keep as a layer' }).click();
  await page.reload();
  await idle(page);
  await page.keyboard.press('a');
  const kept = page.getByTestId('kept').locator('li[data-kept]');
  await expect(kept).toHaveCount(1);
  await expect(kept).not.toHaveAttribute('data-stale', 'true');
  await kept.getByRole('button', { name: 'Compare Example: circles, 1' }).click();
  const form = kept.getByTestId('compare-with');
  await form.getByRole('button', { name: /Compare with/ }).click();
  await page.getByRole('option', { name: 'Other dates' }).click();
  await form.getByLabel('First day').fill('2015-01-01');
  await form.getByLabel('First day').press('Enter');
  await form.getByLabel('Last day').fill('2015-06-30');
  await form.getByLabel('Last day').press('Enter');
  const go = form.getByRole('button', { name: 'Compare', exact: true });
  await go.click();
  await form.getByRole('button', { name: 'Cancel' }).click();
  await expect(form.getByRole('status')).toHaveText('Cancelled. The answer stands as it was.');
  await go.click();
  const { total } = (await execute(page, 'example-circles', { ...parameters(await inPanel(page)), datetime: '2015-01-01/2015-06-30' })) as { total: number };
  await expect(page.locator('[data-measure=".total"] td').first()).toContainText(String(total), { timeout: 30_000 });
  await expect(page.getByTestId('comparison')).toContainText('differ in length (181 and 365 days)');
  await kept.getByRole('button', { name: 'Run Example: circles, 1 again' }).click();
  await expect(page.getByTestId('second-map')).toHaveCount(0);
  await expect(page.locator('[data-input="datetime"]').getByRole('textbox')).toHaveValue('2017-01-01/2017-12-31');
  await expect(page.getByTestId('analysis-answer')).toBeVisible({ timeout: 30_000 });
});

const inPanel = (page: Page) => page.evaluate(() => sessionStorage.getItem('bivouac.kept') ?? '');
const parameters = (stored: string) => {
  const { collection, filter } = (JSON.parse(stored) as { kept: { outcome: { envelope: { parameters: Record<string, string> } } }[] }).kept[0]?.outcome.envelope.parameters ?? {};
  return { collection, ...(filter && { filter }) };
};

test('in Arabic at night, and on a phone one side at a time', async ({ page }) => {
  await page.addInitScript(() => {
    localStorage.setItem('bivouac.language', 'ar');
    localStorage.setItem('bivouac.theme', 'dark');
  });
  await open(page, year);
  await run(page, 'البؤر الساخنة');
  // What the server says in English alone is told in Arabic, too: of the analysis, its inputs and what it gives.
  for (const told of ['.analysis > .note', '.schema-field .note', '.result-table thead th', '.result-table h4']) {
    const texts = (await page.locator(told).allTextContents()).filter((t) => /\p{L}{3}/u.test(t));
    expect(texts.length, told).toBeGreaterThan(0);
    expect(texts.filter((t) => !/\p{Script=Arabic}/u.test(t)), told).toEqual([]);
  }
  await page.getByTestId('compare-with').locator('.tool-row button').click();
  await expect(page.getByTestId('comparison')).toBeVisible({ timeout: 30_000 });
  await idle(page);
  const line = page.getByRole('slider').and(page.locator('.swipe-line'));
  await line.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(line).toHaveAttribute('aria-valuenow', '55');
  await expect(page.getByTestId('compare-key').locator('tbody tr')).toHaveCount(8);
  await page.screenshot({ path: 'test-results/compare-ar-dark.png' });
  await page.setViewportSize({ width: 390, height: 844 });
  await idle(page);
  await expect(page.getByTestId('second-map')).toBeVisible();
  await page.screenshot({ path: 'test-results/compare-phone.png' });
  await page.locator('.compare-switch').getByRole('radio').first().click();
  await expect(page.getByTestId('second-map')).toBeHidden();
});
