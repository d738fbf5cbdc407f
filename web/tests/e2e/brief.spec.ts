import { digits, expect, idle, open, test } from './page.ts';
import type { Page } from '@playwright/test';

// The map is drawn twice, and on paper at twice the pixels, all by software.
test.slow();

const link = '#t=2018-01-01/2018-08-31';
const selection = { collection: 'incidents', filter: "mission = 'MINUSMA'", datetime: '2018-01-01/2018-08-31' };

interface Figures {
  count: number;
  hits: number;
  decided: number;
  without_place: number;
  figure_lower: number;
  figure_upper: number;
  sums: Record<string, number>;
  rates: Record<string, { per_record: number }>;
}

interface Answer {
  envelope: { rows_selected: number; rows_used: number };
  result: { total: Figures; periods: { count: number }[]; comparison: { total: { now: number; before: number } }; groups: { value: number | null; count: number }[] };
}

async function indicator(page: Page, more: Record<string, unknown>): Promise<Answer> {
  const answer = await page.request.post('/api/processes/indicator/execution', { data: { inputs: { ...selection, ...more } } });
  expect(answer.ok()).toBe(true);
  return (await answer.json()) as Answer;
}

async function openBrief(page: Page) {
  await page.keyboard.press('a');
  await page.getByRole('button', { name: 'Brief on one page' }).click();
  await expect(page.getByRole('button', { name: 'Save as PNG' })).toBeEnabled({ timeout: 180_000 });
}

/** One page, upright, A4. */
async function printed(page: Page, path: string) {
  const pdf = await page.pdf({ path, preferCSSPageSize: true, printBackground: true });
  const text = pdf.toString('latin1');
  expect(text.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  const [, , right = 0, top = 0] = (/\/MediaBox\s*\[([^\]]+)\]/.exec(text)?.[1] ?? '').trim().split(/\s+/).map(Number);
  expect(Math.abs(right - 595.3)).toBeLessThan(1.5);
  expect(Math.abs(top - 841.9)).toBeLessThan(1.5);
}

/** Nothing of the sheet is cut: each block ends where the next one begins, or before. */
const cut = (page: Page) => page.getByTestId('brief').evaluate((sheet) => [sheet.scrollHeight - sheet.clientHeight, ...[...sheet.querySelectorAll('section, aside')].map((e) => e.scrollHeight - e.clientHeight)].filter((over) => over > 1));

test('the brief is one page whose figures are those of the API', async ({ page }) => {
  await open(page, link);
  await openBrief(page);
  const sheet = page.getByTestId('brief');
  const sums = ['killed+injured', 'killed', 'injured'];
  const { envelope, result } = await indicator(page, { period: 'month', sum: sums, hits: "outcome IN ('found', 'disarmed')", measure: 'count' });
  const { total } = result;
  const figure = (id: string) => sheet.locator(`[data-figure="${id}"]`);
  const cell = async (id: string, n: number) => (await figure(id).locator('td').nth(n).textContent()) ?? '';
  expect(digits(await cell('count', 0))).toBe(total.count);
  expect(await cell('count', 1)).toBe(`${Math.round(total.figure_lower)}–${Math.round(total.figure_upper)}`);
  expect(digits(await cell('killed', 0))).toBe(total.sums.killed);
  expect(digits(await cell('injured', 0))).toBe(total.sums.injured);
  expect(Number(await cell('rate', 0))).toBeCloseTo(total.rates['killed+injured']?.per_record ?? NaN, 1);
  await expect(figure('found')).toContainText(`${total.hits} of ${total.decided} whose outcome is known`);
  expect(Number(await cell('found', 0))).toBeCloseTo((100 * total.hits) / total.decided, 1);
  expect(digits(await cell('placeless', 0))).toBe(total.without_place);
  await expect(sheet.getByRole('heading', { level: 1 })).toHaveText(new RegExp(`^${total.count} of .* incidents: ${total.sums['killed+injured']} killed or injured$`));

  const { comparison } = (await indicator(page, { period: 'none', measure: 'count', compare: 'before' })).result;
  await expect(page.getByTestId('brief-change')).toContainText(`${comparison.total.now} in 1 Jan 2018 to 31 Aug 2018; ${comparison.total.before} in 1 May 2017 to 31 Dec 2017.`);
  await expect(page.getByTestId('brief-trend')).toContainText(/Sen’s slope .* Mann-Kendall p = /);
  await expect(page.getByTestId('brief-chart')).toHaveAttribute('data-periods', String(result.periods.length));

  const places = (await indicator(page, { period: 'none', groupby: 'place_precision' })).result.groups;
  const within = places.filter((g) => g.value !== null && g.value <= 2).reduce((n, g) => n + g.count, 0);
  await expect(page.getByTestId('brief-precision')).toContainText(`25 km or better: ${within};`);
  await expect(page.getByTestId('brief-left')).toContainText(`Key figures: ${envelope.rows_used} of ${envelope.rows_selected} used.`);

  // Without an answer in force the map shows density; its highest cell is named by what is nearest.
  const first = page.getByTestId('brief-highest').locator('li').first();
  await expect(first).toContainText(/\d km from \w/);
  expect(await cut(page)).toEqual([]);
  await page.screenshot({ path: 'test-results/brief-screen.png' });
  await printed(page, 'test-results/brief.pdf');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await idle(page);
});

test('in Arabic the brief is one page, too, and nothing of it is cut', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('bivouac.language', 'ar'));
  await open(page, link);
  await page.keyboard.press('a');
  await page.getByRole('button', { name: 'موجز في صفحة واحدة' }).click();
  await expect(page.getByTestId('brief-highest').locator('li[data-metres]').first()).toBeVisible({ timeout: 180_000 });
  await expect(page.getByTestId('brief').locator('.sheet-canvas canvas')).toBeVisible({ timeout: 180_000 });
  expect(await cut(page)).toEqual([]);
  await printed(page, 'test-results/brief-ar.pdf');
});
