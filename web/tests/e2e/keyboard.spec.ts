// The page by keyboard alone: every control is reached, shows where the focus is and has a name; Escape gives the focus back.
import type { Page } from '@playwright/test';
import { expect, idle, open, test } from './page.ts';

interface Stop {
  name: string;
  role: string;
  where: string;
  ringed: boolean;
}

/** What has the focus now. The ring may stand on the control, on the field round it or on the mark inside it. */
const focused = (page: Page): Promise<Stop | undefined> =>
  page.evaluate(() => {
    const e = document.activeElement;
    if (!(e instanceof HTMLElement) || e === document.body) return undefined;
    const ringed = (x: Element | null) => x !== null && parseFloat(getComputedStyle(x).outlineWidth) >= 2 && getComputedStyle(x).outlineStyle !== 'none';
    const label = e.closest('label');
    const near = [e, e.parentElement, e.parentElement?.parentElement ?? null, ...e.querySelectorAll('*'), ...(label?.querySelectorAll('i') ?? [])];
    const labelled = e.getAttribute('aria-labelledby')?.split(' ').map((id) => document.getElementById(id)?.textContent).join(' ');
    return {
      name: (e.getAttribute('aria-label') ?? labelled ?? label?.textContent ?? e.textContent ?? '').trim() || e.getAttribute('placeholder') || '',
      role: e.getAttribute('role') ?? e.tagName.toLowerCase(),
      where: e.closest('header, aside, main, footer, nav, section')?.className ?? '',
      ringed: near.some(ringed),
    };
  });

test('Tab walks the whole page, and the focus is always in sight', async ({ page }) => {
  await open(page, '#tb=bases');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const stops: Stop[] = [];
  for (let i = 0; i < 160; i++) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (!stop) break;
    stops.push(stop);
  }
  expect(stops.slice(0, 3).map((s) => s.name)).toEqual(['To the map', 'To the layers', 'To the table']);
  expect(stops.filter((s) => !s.ringed), 'without a ring').toEqual([]);
  expect(stops.filter((s) => !s.name), 'without a name').toEqual([]);
  const names = stops.map((s) => s.name);
  for (const wanted of [/^Mission: /, /^Go to a place/, 'Share', 'Language', 'Show Bases', 'Add a filter', 'Map', 'Zoom in', 'First day', 'Last day', 'Bases', 'Copy the coordinates'])
    expect(names.some((n) => (typeof wanted === 'string' ? n === wanted || n.startsWith(`${wanted} `) : wanted.test(n))), String(wanted)).toBe(true);
});

test('Escape closes what is open and gives the focus back', async ({ page }) => {
  await open(page);
  for (const name of ['Keys', 'Language', /^Mission: /]) {
    const opener = page.getByRole('button', { name, exact: true }).or(page.getByRole('button', { name })).first();
    await opener.focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('[role="dialog"], [role="menu"]').first()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.locator('[role="dialog"], [role="menu"]')).toHaveCount(0);
    await expect(opener).toBeFocused();
  }
  await page.getByRole('button', { name: 'To the layers' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#layer-list')).toBeFocused();
});

test.describe('on a narrow screen', () => {
  test.use({ viewport: { width: 820, height: 640 } });
  test('the panel is a drawer: opened by its button or the skip link, closed by Escape', async ({ page }) => {
    await open(page);
    const opener = page.locator('.only-narrow button').first();
    await expect(page.locator('#layer-list')).toBeHidden();
    await opener.focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('#layer-list')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.locator('#layer-list')).toBeHidden();
    await expect(opener).toBeFocused();
    await page.getByRole('button', { name: 'To the layers' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('#layer-list')).toBeFocused();
    await idle(page);
    await page.screenshot({ path: 'test-results/narrow.png' });
  });
});
