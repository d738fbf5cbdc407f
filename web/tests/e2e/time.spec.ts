import type { Page } from '@playwright/test';
import { countOf, digits, execute, expect, idle, layerRow, open, test } from './page.ts';

const mission = `"mission" = 'MINUSMA'`;
const year2016 = '2016-01-01/2016-12-31';
const bar = (page: Page) => page.getByTestId('time-bar');
const handle = (page: Page, which: 'from' | 'to') => page.locator(`.time-handle[data-which="${which}"]`);
const timeOf = (page: Page) => /[#&]t=([^&]*)/.exec(page.url())?.[1];

/** Both ends as the handles state them, in days since 1970. */
async function days(page: Page) {
  const [from, to] = await Promise.all((['from', 'to'] as const).map((which) => handle(page, which).getAttribute('aria-valuenow')));
  return { from: Number(from), to: Number(to) };
}

/** What the page says of the incidents, once it has settled. */
async function incidents(page: Page): Promise<number> {
  await idle(page);
  const text = await layerRow(page, 'incidents').locator('.layer-head .layer-count').textContent();
  return digits((text ?? '').split('of')[0] ?? '');
}

const inTime = (page: Page, datetime: string) => countOf(page, 'incidents', { filter: mission, datetime });

test('the histogram counts what the API counts, by month, and follows every other filter', async ({ page }) => {
  await open(page, '#f=incidents.outcome:found;disarmed&t=2017-01-01/2017-12-31');
  const filter = `${mission} AND "outcome" IN ('found', 'disarmed')`;
  const { periods } = await execute(page, 'indicator', { collection: 'incidents', filter, period: 'month' });
  const shown = await bar(page).locator('.out rect').evaluateAll((all) => all.map((r) => Number((r as SVGElement).dataset.count)));
  expect(shown.length).toBeGreaterThan(10);
  expect(shown).toEqual(periods.map((p: { count: number }) => p.count).filter((n: number) => n > 0));
});

test('typed dates drive counts, map, legend and table', async ({ page }) => {
  await open(page);
  await page.getByRole('textbox', { name: 'First day' }).fill('1 Jan 2016');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Last day' }).fill('2016');
  await page.keyboard.press('Enter');
  await expect.poll(() => timeOf(page)).toBe(year2016);
  const n = await inTime(page, year2016);
  const all = await countOf(page, 'incidents', { filter: mission });
  expect(n).toBeGreaterThan(0);
  expect(n).toBeLessThan(all);
  expect(await incidents(page)).toBe(n);
  const set = await (await page.request.get(`/api/collections/incidents/tiles/WebMercatorQuad?f=json&${new URLSearchParams({ filter: `${mission} AND ("place_precision" IS NULL OR "place_precision" <= 2)`, datetime: year2016 }).toString()}`)).json() as { numberInTiles: number };
  await expect(page.getByTestId('shown')).toHaveAttribute('data-shown', String(set.numberInTiles));
  await expect(page.getByTestId('shown')).toContainText(`${n - set.numberInTiles} without a place`);
  const { groups } = await execute(page, 'indicator', { collection: 'incidents', filter: mission, datetime: year2016, period: 'none', groupby: 'outcome' });
  const detonated = groups.find((g: { value: string }) => g.value === 'detonated') as { count: number } | undefined;
  await expect(layerRow(page, 'incidents').locator('[data-class="detonated"] .layer-count')).toHaveText(String(detonated?.count));
  await page.getByRole('button', { name: /^Table/ }).click();
  await expect.poll(async () => digits((await page.getByTestId('table-count').textContent())?.split('of')[1] ?? '')).toBe(n);
  await page.reload();
  expect(await incidents(page)).toBe(n);
});

test('a range that ends before it starts, and what is no day, is refused under the field', async ({ page }) => {
  await open(page, `#t=${year2016}`);
  const first = page.getByRole('textbox', { name: 'First day' });
  await first.fill('1 Feb 2017');
  await first.press('Enter');
  await expect(bar(page).locator('.field-error')).toHaveText('1 Feb 2017 is after 31 Dec 2016: the first day comes first.');
  expect(timeOf(page)).toBe(year2016);
  await first.fill('31/02/2017');
  await first.press('Enter');
  await expect(bar(page).locator('.field-error')).toContainText('“31/02/2017” is no day.');
  await first.press('Escape');
  await first.fill('2016-03-01');
  await first.press('Enter');
  await expect(bar(page).locator('.field-error')).toHaveCount(0);
  await expect.poll(() => timeOf(page)).toBe('2016-03-01/2016-12-31');
});

test('steps by month, quarter and year, as a window and cumulative', async ({ page }) => {
  await open(page, '#t=2016-01-01/2016-01-31');
  await page.getByRole('button', { name: 'One step on' }).click();
  await expect.poll(() => timeOf(page)).toBe('2016-02-01/2016-02-29');
  expect(await incidents(page)).toBe(await inTime(page, '2016-02-01/2016-02-29'));
  await page.getByRole('button', { name: 'One step back' }).click();
  await expect.poll(() => timeOf(page)).toBe('2016-01-01/2016-01-31');
  await bar(page).getByRole('button', { name: 'Month Step' }).click();
  await page.getByRole('option', { name: 'Quarter' }).click();
  await page.getByRole('radio', { name: 'Cumulative' }).click();
  await page.getByRole('button', { name: 'One step on' }).click();
  await expect.poll(() => timeOf(page)).toMatch(/^2013-07-01\/2016-04-30$/);
  expect(await incidents(page)).toBe(await inTime(page, '2013-07-01/2016-04-30'));
});

test('plays on, at most four steps a second, each drawn, and pauses', async ({ page }) => {
  await open(page, '#m=5/16/-2&t=2016-01-01/2016-01-31');
  await bar(page).getByRole('button', { name: /Steps a second/ }).click();
  await page.getByRole('option', { name: '4×' }).click();
  const asked: number[] = [];
  page.on('request', (r) => r.url().includes('resultType=hits') && r.url().includes('/incidents/') && asked.push(Date.now()));
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => asked.length, { timeout: 40_000 }).toBeGreaterThan(4);
  await page.getByRole('button', { name: 'Pause' }).click();
  // Four a second are the most: no second holds more.
  for (const t of asked) expect(asked.filter((u) => u >= t && u < t + 1000).length).toBeLessThanOrEqual(5);
  const range = timeOf(page) ?? '';
  expect(range > '2016-02').toBe(true);
  await idle(page);
  expect(await incidents(page)).toBe(await inTime(page, timeOf(page) ?? ''));
});

test('handles move by keys and by hand, and the window between them is taken along', async ({ page }) => {
  await open(page, `#t=${year2016}`);
  await handle(page, 'from').focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => timeOf(page)).toBe('2016-02-01/2016-12-31');
  await expect(handle(page, 'from')).toHaveAttribute('aria-valuetext', '1 Feb 2016');
  await handle(page, 'to').focus();
  await page.keyboard.press('PageUp');
  await expect.poll(() => timeOf(page)).toBe('2016-02-01/2017-12-31');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(() => timeOf(page)).toBe('2016-02-01/2017-12-30');
  const box = await handle(page, 'from').boundingBox();
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 40, y, { steps: 6 });
  await page.mouse.up();
  await expect.poll(() => (timeOf(page) ?? '') < '2016-02-01').toBe(true);
  const before = await days(page);
  await page.mouse.move(x + 20, y);
  await page.mouse.down();
  await page.mouse.move(x + 50, y, { steps: 6 });
  await page.mouse.up();
  const after = await days(page);
  expect(after.from).toBeGreaterThan(before.from);
  expect(after.to - after.from).toBe(before.to - before.from);
  await expect.poll(() => Date.parse((timeOf(page) ?? '').split('/')[0] ?? '')).toBe(after.from * 86_400_000);
  expect(await incidents(page)).toBe(await inTime(page, timeOf(page) ?? ''));
});

test('dates that hold nothing say why, and offer all', async ({ page }) => {
  await open(page, '#t=2030-01-01/2030-12-31');
  await expect(layerRow(page, 'incidents')).toContainText('No record between these dates.');
  await layerRow(page, 'incidents').getByRole('button', { name: 'Show all dates' }).click();
  expect(await incidents(page)).toBe(await countOf(page, 'incidents', { filter: mission }));
});

test('names under the histogram keep apart and on the page, in every language', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('bivouac.language', location.search.slice(1)));
  for (const language of ['en', 'fr', 'zh', 'ar', 'es', 'ru']) {
    await page.goto(`/?${language}#m=7/17.0000/-2.0000&l=-`);
    for (const width of [1000, 1700, 1919]) {
      await page.setViewportSize({ width, height: 640 });
      await expect.poll(() => axis(page), `${language}, ${width} pixels wide`).toEqual({ settled: true, off: [], laps: [] });
    }
  }
});

/** The names under the histogram that leave the page, and those that stand on the one before. */
const axis = (page: Page) =>
  page.evaluate(() => {
    const boxes = [...document.querySelectorAll('.time-axis span')].map((e) => ({ name: e.textContent, box: e.getBoundingClientRect() })).sort((a, b) => a.box.left - b.box.left);
    const widthOf = (of: string) => document.querySelector(of)?.getBoundingClientRect().width ?? NaN;
    return {
      settled: boxes.length > 1 && Math.round(widthOf('.time-plot')) === Math.round(widthOf('.time-axis')) + 44,
      off: boxes.filter((b) => b.box.left < 0 || b.box.right > innerWidth).map((b) => b.name),
      laps: boxes.filter((b, i) => i > 0 && b.box.left < (boxes[i - 1]?.box.right ?? 0)).map((b) => b.name),
    };
  });
