import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, idle, open, test } from './page.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

async function noFindings(page: Page, name: string) {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).exclude('.maplibregl-canvas').analyze();
  expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`), name).toEqual([]);
}

const desk = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

// Each language, each theme and each width at least once; the pictures are for people to look at.
const looks = [
  ['en', 'light', 'desk'], ['fr', 'dark', 'desk'], ['zh', 'light', 'desk'],
  ['en', 'dark', 'phone'], ['fr', 'light', 'phone'], ['zh', 'dark', 'phone'],
] as const;
const sizes = { desk, phone };

for (const [language, theme, size] of looks)
  test.describe(`${language}, ${theme}, ${size}`, () => {
    test.use({ viewport: sizes[size], locale: language, colorScheme: theme });
    test('no finding, nothing cut off', async ({ page }) => {
      await open(page);
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await page.screenshot({ path: `test-results/explore-${language}-${theme}-${size}.png` });
      await noFindings(page, 'explore');
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no sideways scroll').toBe(true);
    });
  });

test('cards, footprint, table and menus have no finding', async ({ page }) => {
  await open(page, '#fp=2.3@80000&tb=bases&at=bases/2');
  await page.keyboard.press('f');
  await expect(page.getByTestId('footprint-answer')).toHaveAttribute('data-stale', 'false');
  await idle(page);
  await page.screenshot({ path: 'test-results/footprint-table.png' });
  await noFindings(page, 'footprint and table');
  await page.getByRole('button', { name: 'Language' }).click();
  await noFindings(page, 'menu');
  await page.getByRole('menuitemradio', { name: '中文' }).click();
  await expect(page.getByRole('button', { name: '计算' })).toBeVisible();
  await page.getByRole('button', { name: '夜间配色' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await noFindings(page, 'dark, Chinese');
});

test.describe('phone', () => {
  test.use({ viewport: phone, hasTouch: true });
  test('sheet, nearest, footprint and table', async ({ page }) => {
    await open(page);
    await page.touchscreen.tap(150, 180);
    await expect(page.getByTestId('nearest').locator('li')).toHaveCount(5);
    await idle(page);
    await page.screenshot({ path: 'test-results/phone-nearest.png' });
    await noFindings(page, 'nearest');
    await page.getByRole('button', { name: 'Footprint', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Run' })).toBeAttached();
    await page.screenshot({ path: 'test-results/phone-footprint.png' });
    await noFindings(page, 'footprint');
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    await expect(page.locator('tr[data-key]').first()).toBeVisible();
    await page.screenshot({ path: 'test-results/phone-table.png' });
    await noFindings(page, 'table');
    await page.getByRole('button', { name: 'Explore', exact: true }).click();
    await idle(page);
  });
});
