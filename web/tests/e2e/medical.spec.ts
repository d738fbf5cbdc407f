import type { Page } from '@playwright/test';
import { cutOff, execute, expect, idle, open, test } from './page.ts';

const mali = '#m=4.6/16.5/-2&ms=MINUSMA';
const asked = { mission: 'MINUSMA', bases: [8] };

/* eslint-disable @typescript-eslint/no-explicit-any -- each process answers in its own shape */
const stageOf = (stages: any[], name: string) => stages.find((s) => s.stage === name);
/* eslint-enable @typescript-eslint/no-explicit-any */

const limit = (page: Page, stage: string) => page.locator(`[data-stage="${stage}"][data-verdict]`);
const answered = (page: Page) => expect(page.locator('[data-testid="care-chain"][data-stale="false"]')).toBeVisible({ timeout: 60_000 });
const surveyed = (page: Page) => expect(page.locator('[data-testid="care-bases"][data-stale="false"]')).toBeVisible({ timeout: 60_000 });
const scenarioIn = (page: Page) => JSON.parse(decodeURIComponent(/[&#]s=(?:[^&]*~)?c:([^~&]+)/.exec(page.url())?.[1] ?? '%5B%5D')) as { act: string; target?: number; into?: number }[];

test.use({ viewport: { width: 1440, height: 900 } });
test.setTimeout(180_000);

test('from a base: three limits, legs that add up, all bases, and the sentence of the map', async ({ page }) => {
  await open(page, `${mali}&ws=plan`);
  await page.locator('[data-base="8"]').getByRole('button').click();
  await page.locator('.base-detail').getByRole('button', { name: '10-1-2' }).click();
  await expect(page.getByTestId('care-title')).toHaveText('10-1-2 from Menaka');
  await answered(page);
  await surveyed(page);
  const { stages, legs, mends } = await execute(page, 'casevac-chain', asked);
  const surgery = stageOf(stages, 'surgery');
  for (const name of ['first_aid', 'advanced_care', 'surgery']) {
    await expect(limit(page, name)).toHaveAttribute('data-verdict', stageOf(stages, name).in_time ? 'met' : 'late');
    await expect(limit(page, name)).toHaveAttribute('data-minutes', String(stageOf(stages, name).minutes));
  }
  await expect(limit(page, 'surgery')).toContainText(`${Math.floor(surgery.late_min / 60)} h ${String(Math.round(surgery.late_min) % 60).padStart(2, '0')} late`);
  const told = await page.locator('[data-testid="care-legs"] [data-leg]').evaluateAll((items) => items.map((i) => Number((i as HTMLElement).dataset.minutes)));
  /* eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above */
  expect(told).toEqual(legs.filter((l: any) => l.stage === 'surgery').map((l: any) => l.minutes));
  expect(told.reduce((sum, m) => sum + m, 0)).toBeCloseTo(surgery.minutes, 6);
  await expect(page.getByTestId('care-most')).toHaveText(`The two flights take ${Math.round(surgery.kind_min)} of ${Math.round(surgery.minutes)} minutes`);
  /* eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above */
  const ways = mends.filter((m: any) => m.stage === 'surgery');
  await expect(page.locator('[data-mend]')).toHaveCount(ways.length);
  const surface = await execute(page, 'casevac-surface', { mission: 'MINUSMA', count: ['places', 'incidents'], count_filters: [`"mission" = 'MINUSMA'`, `"mission" = 'MINUSMA'`], routes: 'none' }).catch(() => undefined);
  const rows = page.locator('[data-testid="care-bases"] tbody tr');
  await expect(rows.first()).toHaveAttribute('data-base', '8');
  if (surface) await expect(page.getByTestId('map-answer')).toContainText(`${surface.summary.bases_surgery} of ${surface.summary.bases} bases`);
  await idle(page);
  await page.screenshot({ path: 'test-results/medical.png' });
  await rows.nth(2).getByRole('button').click();
  await expect(page).toHaveURL(/md=f:b6/);
  await expect(page.getByTestId('care-title')).toHaveText('10-1-2 from Tessalit');
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('care-title')).toHaveText('10-1-2 from Menaka');
});

test('what would mend it goes into the scenario, which the chain is asked in, and undo takes it back', async ({ page }) => {
  await open(page, `${mali}&ws=medical&md=f:b8~y:air`);
  await answered(page);
  const button = page.locator('[data-mend="surgical_module"]').getByRole('button');
  await button.click();
  await expect.poll(() => scenarioIn(page)).toMatchObject([{ act: 'change', target: 8, fields: { surgical_module: true } }]);
  await answered(page);
  await expect(limit(page, 'surgery')).toHaveAttribute('data-verdict', 'met', { timeout: 60_000 });
  await expect(page.locator('[data-mend]')).toHaveCount(0);
  await page.getByRole('radio', { name: 'Base line' }).click();
  await expect(limit(page, 'surgery')).toHaveAttribute('data-verdict', 'late', { timeout: 60_000 });
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect.poll(() => scenarioIn(page)).toEqual([]);
  await expect(limit(page, 'surgery')).toHaveAttribute('data-verdict', 'late', { timeout: 60_000 });
});

test('by night, on the roads, from a point of the map and with another notice', async ({ page }) => {
  await open(page, `${mali}&ws=medical`);
  await surveyed(page);
  await page.getByRole('textbox', { name: 'A casualty at coordinates' }).fill('17.5 1.0');
  await page.keyboard.press('Enter');
  await answered(page);
  await expect(page).toHaveURL(/md=f:@1/);
  await page.getByRole('radio', { name: 'Night', exact: true }).click();
  await expect(page).toHaveURL(/n:1/);
  await answered(page);
  const place = { places: [{ type: 'Point', coordinates: [1, 17.5] }], mission: 'MINUSMA' };
  const dark = await execute(page, 'casevac-chain', { ...place, light: 'night' });
  const surgery = stageOf(dark.stages, 'surgery');
  await expect(limit(page, 'surgery')).toHaveAttribute('data-verdict', surgery.minutes === null ? 'none' : surgery.in_time ? 'met' : 'late', { timeout: 60_000 });
  await page.getByText('More conditions').click();
  const notify = page.locator('[data-input="notify_min"]').getByRole('textbox');
  await notify.fill('25');
  await notify.press('Enter');
  await expect.poll(() => decodeURIComponent(page.url())).toContain('"notify_min":25');
  await answered(page);
  const later = stageOf((await execute(page, 'casevac-chain', { ...place, light: 'night', notify_min: 25 })).stages, 'surgery');
  if (later.minutes !== null) await expect(limit(page, 'surgery')).toHaveAttribute('data-minutes', String(later.minutes), { timeout: 60_000 });
  await idle(page);
  await page.screenshot({ path: 'test-results/medical-night.png' });
});

test('on paper: the sentence, the key and the chain', async ({ page }) => {
  await open(page, `${mali}&ws=medical&md=f:b8~y:air`);
  await answered(page);
  await surveyed(page);
  await page.getByRole('button', { name: 'Print', exact: true }).click();
  await expect(page.getByTestId('print-care')).toContainText('10-1-2 from Menaka');
  await expect(page.getByTestId('sheet')).toContainText('Surgery within 2 h by air');
  await expect(page.locator('.sheet-canvas canvas')).toBeVisible({ timeout: 60_000 });
  // The verdict on surgery and what takes longest are on the sheet, and nothing is cut.
  await expect(page.getByTestId('print-care').locator('[data-stage="surgery"] .verdict')).toBeVisible();
  await expect(page.getByTestId('print-chain').getByTestId('care-most')).toContainText('144');
  for (const sheet of await page.locator('.sheet-a4').all()) expect(await cutOff(sheet), 'cut off').toEqual([]);
  await page.screenshot({ path: 'test-results/medical-print.png' });
});

test.describe('phone, at night, in Arabic', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, locale: 'ar', colorScheme: 'dark' });
  test('has the chain in its sheet', async ({ page }) => {
    await open(page, `${mali}&ws=medical&md=f:b8~y:air`);
    await answered(page);
    await surveyed(page);
    await page.screenshot({ path: 'test-results/medical-phone.png' });
  });
});

test.describe('at a desk, in the dark, in Arabic', () => {
  test.use({ locale: 'ar', colorScheme: 'dark' });
  test('runs from right to left', async ({ page }) => {
    await open(page, `${mali}&ws=medical&md=f:b8~y:air`);
    await answered(page);
    await surveyed(page);
    await idle(page);
    await page.screenshot({ path: 'test-results/medical-ar.png' });
  });
});
