// Compared maps on paper: both sides, their key and their warnings, and nothing cut off.
import type { Page } from '@playwright/test';
import { choose, cutOff, expect, idle, open, test } from './page.ts';

test.slow();
test.use({ viewport: { width: 1440, height: 900 } });

/** Opens the sheet, and waits until its map is there. */
async function paper(page: Page, name: string) {
  await page.getByRole('button', { name: 'Print', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Save as PNG' })).toBeEnabled({ timeout: 120_000 });
  await page.emulateMedia({ media: 'print' });
  const sheets = page.locator('.sheet-a4');
  for (const [i, sheet] of (await sheets.all()).entries()) await sheet.screenshot({ path: `test-results/${name}-${i + 1}.png` });
  await page.emulateMedia({ media: null });
  for (const sheet of await sheets.all()) expect(await cutOff(sheet), 'cut off').toEqual([]);
  const pdf = await page.pdf({ path: `test-results/${name}.pdf`, preferCSSPageSize: true, printBackground: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(await sheets.count());
}

test('the base line beside a scenario', async ({ page }) => {
  const changes = [{ act: 'close', target: 3, name: 'Kidal' }, { act: 'close', target: 11, name: 'Ber' }];
  await open(page, `#m=4.6/16.5/-2&ms=MINUSMA&l=bases&ws=plan&s=c:${encodeURIComponent(JSON.stringify(changes))}`);
  await expect(page.locator('[data-testid="plan-difference"][data-stale="false"]')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Base line beside it' }).click();
  await page.getByRole('radio', { name: 'Map', exact: true }).click();
  await expect(page.locator('[data-testid="footprint-key"][data-stale="false"]')).toBeVisible({ timeout: 60_000 });
  await idle(page);
  await paper(page, 'paper-plan');
  await expect(page.locator('.sheet-side')).toHaveCount(2);
});

test('a year beside the year before', async ({ page }) => {
  await open(page, '#l=bases&t=2017-01-01/2017-12-31');
  await choose(page, 'Density');
  await page.locator('.analysis form button[type="submit"]').click();
  await expect(page.getByTestId('analysis-answer')).toBeVisible({ timeout: 30_000 });
  await idle(page);
  await page.getByTestId('compare-with').getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page.getByTestId('comparison')).toBeVisible({ timeout: 30_000 });
  await idle(page);
  await paper(page, 'paper-years');
  await expect(page.locator('.sheet-side')).toHaveCount(2);
});

test('a part that is too long is told', async ({ page }) => {
  await open(page, '#l=bases');
  await page.getByRole('button', { name: 'Print', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Save as PNG' })).toBeEnabled({ timeout: 60_000 });
  const sheet = page.getByTestId('sheet');
  expect(await cutOff(sheet)).toEqual([]);
  await sheet.locator('aside').evaluate((e) => {
    for (let i = 0; i < 60; i++) e.append(Object.assign(document.createElement('p'), { textContent: `line ${i}`, style: 'flex: none' }));
  });
  expect(await cutOff(sheet)).toContain('line 59');
});
