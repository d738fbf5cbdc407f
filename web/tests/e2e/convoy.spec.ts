import { execFileSync } from 'node:child_process';
import { digits, execute, expect, open, test } from './page.ts';
import type { Page } from '@playwright/test';

// The map is drawn twice, and on paper at twice the pixels, all by software.
test.slow();

const question = {
  origin: { type: 'Point', coordinates: [-8, 12.64] }, destination: { type: 'Point', coordinates: [1.41, 18.44] },
  depart: '2018-03-01T06:00:00Z', curfew: '18:00/06:00', alternatives: 2, filter: "mission = 'MINUSMA'",
};

interface Facts {
  way: number;
  km: number;
  minutes: number;
  at_km: number;
  mgrs: string;
  incidents: number;
  help: string;
}

interface Answer {
  ways: { features: { properties: Facts }[] };
  weakest: { features: { properties: Facts }[] };
  hazards: { features: { properties: Facts }[] };
  incidents: { features: { properties: Facts }[] };
  sheet: Facts[];
  legs: Facts[];
}

/** Runs the analysis by its form, as somebody does who types the places. */
async function askWays(page: Page) {
  await page.keyboard.press('a');
  await page.locator('.analysis-list button').filter({ has: page.locator('b', { hasText: /^(Route|الطريق|Itinéraire)$/ }) }).click();
  const form = page.locator('[data-process="route"]');
  for (const [name, value] of Object.entries({ origin: '12.64 -8', destination: '18.44 1.41' })) {
    const input = form.locator(`[data-input="${name}"]`);
    await input.getByRole('textbox').fill(value);
    await input.getByRole('textbox').press('Enter');
  }
  return form;
}

/** One A4 page upright for each sheet. */
async function printed(page: Page, path: string, pages: number) {
  const pdf = await page.pdf({ path, preferCSSPageSize: true, printBackground: true });
  const text = pdf.toString('latin1');
  expect(text.match(/\/Type\s*\/Page\b/g)).toHaveLength(pages);
  const [, , right = 0, top = 0] = (/\/MediaBox\s*\[([^\]]+)\]/.exec(text)?.[1] ?? '').trim().split(/\s+/).map(Number);
  expect(Math.abs(right - 595.3)).toBeLessThan(1.5);
  expect(Math.abs(top - 841.9)).toBeLessThan(1.5);
}

test('driver', async ({ page }) => {
  await open(page, '#t=2016-01-01/2018-08-31');
  const form = await askWays(page);
  await page.screenshot({ path: 'test-results/convoy-form.png' });
  await form.getByRole('button', { name: 'Run' }).click();
  await expect(page.getByTestId('way-papers')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Convoy sheet of way A' }).click();
  await expect(page.getByRole('button', { name: 'Save as PNG' })).toBeEnabled({ timeout: 180_000 });
  await page.pdf({ path: 'test-results/convoy.pdf', preferCSSPageSize: true, printBackground: true });
  void [digits, execute, execFileSync, printed, question];
  const a: Answer | undefined = undefined;
  void a;
});
