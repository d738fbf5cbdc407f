import type { Page } from '@playwright/test';
import { execute, expect, idle, open, test } from './page.ts';

const bases = `"mission" = 'MINUSMA'`;
const plan = '#m=4.6/16.5/-2&ms=MINUSMA&ws=plan';
/** With the usual conditions of the workspace. */
const asked = { mission: 'MINUSMA', bases_filter: bases, threat_filter: bases, profile: 'patrol', snap_m: 10_000, threat_km: 25 };

const changesIn = (page: Page) => JSON.parse(decodeURIComponent(/[&#]s=[^&]*c:([^~&]+)/.exec(page.url())?.[1] ?? '%5B%5D')) as { act: string; target?: number; into?: number; fields?: Record<string, unknown> }[];
const search = (page: Page) => page.getByTestId('siting').getByRole('button', { name: 'Search', exact: true });
const answered = (page: Page) => expect(page.getByTestId('siting-answer')).toBeVisible({ timeout: 60_000 });
const choose = async (page: Page, what: string) => {
  await page.getByTestId('siting').getByRole('button', { name: /What is sought/ }).click();
  await page.getByRole('option', { name: what }).click();
};

test.use({ viewport: { width: 1440, height: 900 } });
test.setTimeout(180_000);

test('which bases to keep, with one that stays and one that may not: the server’s choice, proved, as a scenario that undo takes back', async ({ page }) => {
  await open(page, plan);
  await expect(page.locator('[data-base]')).toHaveCount(14);
  await page.getByRole('button', { name: 'Find better' }).click();
  await page.getByRole('textbox', { name: 'Keep so many, of 14' }).fill('8');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Pick bases: Stay open' }).click();
  await page.locator('[data-base="11"]').getByRole('button').click();
  await page.getByRole('button', { name: 'Pick bases: Not these' }).click();
  await page.locator('[data-base="2"]').getByRole('button').click();
  await expect(page.locator('[data-base="11"]')).toHaveAttribute('data-rule', 'keep');
  await expect(page.locator('[data-base="2"]')).toHaveAttribute('data-rule', 'close');
  await expect.poll(() => page.url()).toMatch(/fb=s:travel~n:8~.*k:11~x:2/);
  await search(page).click();
  await answered(page);
  const { proof, ranked, changes } = await execute(page, 'siting', { ...asked, objective: 'p-median', number: 8, keep: [11], close: [2] });
  await expect(page.getByTestId('siting-proof')).toHaveAttribute('data-proved', String(proof.proved));
  await expect(page.getByTestId('siting-losses').locator('tbody tr')).toHaveCount(ranked.length);
  await page.screenshot({ path: 'test-results/siting.png' });
  const wide = await page.getByTestId('siting').locator('.siting-part .with-unit').evaluateAll((all) => all.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent));
  expect(wide, 'fields whose unit stands beneath the next one').toEqual([]);
  await page.getByRole('button', { name: 'Open as scenario' }).click();
  await expect.poll(() => changesIn(page).map((c) => c.target)).toEqual(changes.map((c: { target: number }) => c.target));
  await expect(page.locator('[data-base="2"]')).toContainText('Closes');
  await expect(page.locator('[data-testid="plan-difference"][data-stale="false"]')).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Control+z');
  await expect.poll(() => changesIn(page).length).toBe(0);
  await page.keyboard.press('Control+z');
  await expect(page.locator('[data-base="2"]')).not.toHaveAttribute('data-rule', 'close');
});

test('limits that cannot be met together are named as the server names them', async ({ page, forgiven }) => {
  forgiven.push(/409/);
  await open(page, `${plan}&fb=s:travel~n:3~a:price,travel~v:${encodeURIComponent(JSON.stringify({ medical_min: 25 }))}`);
  await search(page).click();
  await expect(page.getByTestId('siting-trouble')).toContainText('medical_min', { timeout: 60_000 });
});

test('a surgical module is placed at a base that stays', async ({ page }) => {
  await open(page, plan);
  await page.getByRole('button', { name: 'Find better' }).click();
  await choose(page, 'A surgical module, best placed');
  await search(page).click();
  await answered(page);
  const { changes } = await execute(page, 'siting', { ...asked, objective: 'maximal-cover', placing: 'surgical_module', by: 'air', within_min: 60, number: 1 });
  expect(changes).toHaveLength(1);
  await page.getByRole('button', { name: 'Open as scenario' }).click();
  await expect.poll(() => changesIn(page)).toEqual(changes);
  await expect(page.getByTestId('plan-changes').locator('li')).toHaveCount(1);
  await expect(page.getByTestId('plan-changes')).not.toContainText('no base');
});

test('what cost and travel cost one another: a chart to click and walk, and each point a scenario', async ({ page }) => {
  await open(page, `${plan}&fb=s:front~a:price,travel`);
  await search(page).click();
  const trade = page.getByTestId('trade');
  await expect(trade).toBeVisible({ timeout: 60_000 });
  const { points, complete } = await execute(page, 'siting-pareto', { ...asked, measures: ['price', 'travel'] });
  await expect(trade).toHaveAttribute('data-points', String(points.length));
  await expect(trade).toHaveAttribute('data-complete', String(complete));
  await expect(trade.locator('.front-point[data-point]')).toHaveCount(points.length);
  await expect(trade.locator('.front-point[data-extra="now"]')).toHaveCount(1);
  const third = points[2];
  await trade.locator('.front-point[data-point="1"]').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const looked = page.getByTestId('trade-point');
  await expect(looked).toHaveAttribute('data-point', '3');
  await expect(looked).toContainText(third.close);
  await looked.getByRole('button', { name: 'Open as scenario' }).click();
  await expect.poll(() => changesIn(page).map((c) => c.target)).toEqual(third.changes.map((c: { target: number }) => c.target));
  await expect(trade.locator('.front-point[data-point="3"]')).toHaveAttribute('data-letter', 'A');
  await page.locator('[data-base="11"]').getByRole('button').click();
  await idle(page);
  await trade.scrollIntoViewIfNeeded();
  await page.screenshot({ path: 'test-results/siting-front.png' });
  await trade.getByRole('button', { name: /as a table/i }).click();
  await expect(trade.locator('.chart-table tbody tr')).toHaveCount(points.length);
});

test('a long search is stopped with the best that it has, and says that it is incomplete', async ({ page }) => {
  await open(page, `#m=2/10/20&ms=*&ws=plan&fb=s:front~a:price,travel~v:${encodeURIComponent(JSON.stringify({ limit_s: 600, points: 2000 }))}`);
  await search(page).click();
  const stop = page.getByRole('button', { name: 'Stop with the best so far' });
  await expect(stop).toBeVisible({ timeout: 60_000 });
  await expect(page.getByTestId('siting').locator('.progress')).toContainText('points are found', { timeout: 60_000 });
  await stop.click();
  await expect(page.getByTestId('trade')).toHaveAttribute('data-complete', 'false', { timeout: 60_000 });
  await page.screenshot({ path: 'test-results/siting-stopped.png' });
});

test.describe('at night, in Arabic', () => {
  test.use({ locale: 'ar', colorScheme: 'dark' });
  test('has the front', async ({ page }) => {
    await open(page, `${plan}&fb=s:front~a:price,cover,threat,medical`);
    await page.getByTestId('siting').locator('.siting-run .button').first().click();
    await expect(page.getByTestId('trade')).toBeVisible({ timeout: 60_000 });
    await page.locator('.front-point[data-point]:not([data-beaten])').nth(3).focus();
    await page.keyboard.press('Enter');
    await idle(page);
    await page.getByTestId('trade').scrollIntoViewIfNeeded();
    await page.screenshot({ path: 'test-results/siting-ar.png' });
  });
});
