import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { ask, expect, idle, open, test } from './page.ts';

async function noFindings(page: Page, name: string) {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).exclude('.maplibregl-canvas').analyze();
  expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`), name).toEqual([]);
}

test.describe('the tools have no finding', () => {
  test.use({ viewport: { width: 1280, height: 800 } });
  for (const language of ['en', 'ar'])
    test(language, async ({ page }) => {
      const { features } = await ask(page, 'incidents/items?mission=MINUSMA&limit=1');
      await page.addInitScript((chosen) => localStorage.setItem('bivouac.language', chosen), language);
      await open(page, `#m=6/16.2/-1.5&at=incidents/${features[0]?.id}&fp=@90000&d=b:-2,16.5;-1,16.2/w:-3,15;1,15;1,18;-3,18/c:-2,16;-1,17;0,16`);
      await page.locator('.maplibregl-canvas').focus();
      await page.keyboard.press('f');
      await expect(page.getByTestId('footprint-answer')).toHaveAttribute('data-stale', 'false');
      await idle(page);
      await page.screenshot({ path: `test-results/tools-${language}.png` });
      await noFindings(page, 'footprint, measurement, card');
      await page.keyboard.press('m');
      await noFindings(page, 'measuring');
      await page.keyboard.press('Escape');
      await page.getByTestId('details').locator('.card-actions button').first().click();
      await expect(page.locator('.record-sheet')).toBeVisible();
      await noFindings(page, 'record');
      await page.keyboard.press('Escape');
      await page.keyboard.press('p');
      await expect(page.locator('.sheet-canvas canvas')).toBeVisible({ timeout: 60_000 });
      await page.screenshot({ path: `test-results/tools-print-${language}.png` });
      await noFindings(page, 'sheet');
    });
});

test.describe('phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
  test('measures by touch', async ({ page }) => {
    await open(page, '#m=6/16.5/-2&l=bases');
    await page.getByRole('button', { name: 'Measure', exact: true }).tap();
    for (const [x, y] of [[60, 480], [200, 500], [120, 570]] as const) await page.touchscreen.tap(x, y);
    await expect(page.getByTestId('measure').locator('h2')).toHaveText(/km in 2 legs$/);
    await idle(page);
    await page.screenshot({ path: 'test-results/tools-phone.png' });
    await page.getByTestId('measure').getByRole('button', { name: 'Done' }).tap();
    await noFindings(page, 'measured');
  });
});
