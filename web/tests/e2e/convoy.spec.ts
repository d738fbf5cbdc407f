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

/** Opens an answer of the analysis from the list of earlier runs, as whoever asked over the API does. */
async function openAnswer(page: Page, inputs: Record<string, unknown>) {
  const run = await page.request.post('/api/processes/route/execution', { data: { inputs }, headers: { Prefer: 'respond-async' } });
  const { jobID } = (await run.json()) as { jobID: string };
  await expect.poll(async () => ((await (await page.request.get(`/api/jobs/${jobID}`)).json()) as { status: string }).status).toBe('successful');
  await page.keyboard.press('a');
  await page.locator(`[data-job="${jobID}"] button`).first().click();
  await expect(page.getByTestId('way-papers')).toBeVisible();
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
  await openAnswer(page, question);
  await page.getByRole('button', { name: 'Convoy sheet of way A' }).click();
  await expect(page.getByRole('button', { name: 'Save as PNG' })).toBeEnabled({ timeout: 60_000 });
  await page.pdf({ path: 'test-results/convoy.pdf', preferCSSPageSize: true, printBackground: true });
  void [digits, execute, execFileSync, printed];
  const a: Answer | undefined = undefined;
  void a;
});
