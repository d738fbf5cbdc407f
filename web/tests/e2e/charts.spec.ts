import { countOf, digits, execute, expect, idle, layerRow, open, test } from './page.ts';

const mission = `"mission" = 'MINUSMA'`;
const found = `"outcome" IN ('found', 'disarmed')`;

test.use({ viewport: { width: 1280, height: 760 } });

test('the charts say what the indicator says, in marks and in tables', async ({ page }) => {
  await open(page, '#f=incidents.category:ied');
  await page.getByRole('button', { name: 'Charts', exact: true }).click();
  const filter = `${mission} AND "category" = 'ied'`;
  const { total, periods } = await execute(page, 'indicator', { collection: 'incidents', filter, period: 'year', hits: found, sum: ['killed', 'injured'] });
  await expect(page.getByTestId('finding')).toHaveAttribute('data-count', String(total.count));
  await expect(page.getByTestId('finding')).toContainText(`${total.hits} of ${total.decided} found before detonation. ${total.sums.killed} killed and ${total.sums.injured.toLocaleString('en').replaceAll(',', '\u202f')} injured.`);
  const chart = page.locator('[data-chart="found"]');
  const told = periods.filter((p: { count: number }) => p.count > 0);
  for (const p of told) await expect(chart.locator('.chart-box svg')).toContainText(`${p.hits} of ${p.decided}`);
  await chart.getByRole('button', { name: /as a table/ }).click();
  const rows = await chart.locator('tbody tr').evaluateAll((all) => all.map((r) => r.querySelector('td')?.textContent));
  expect(rows).toEqual(told.map((p: { hits: number; decided: number }) => `${p.hits} of ${p.decided}`));
});

test('a bar sets the time, again lets it go, and keys do the same', async ({ page }) => {
  await open(page, '#ch=1');
  const chart = page.locator('[data-chart="counts"]');
  const march = chart.locator(`[data-start="${Date.UTC(2017, 2, 1)}"]`);
  await march.click();
  await expect.poll(() => page.url()).toContain('t=2017-03-01/2017-03-31');
  const n = await countOf(page, 'incidents', { filter: mission, datetime: '2017-03-01/2017-03-31' });
  await idle(page);
  expect(digits((await layerRow(page, 'incidents').locator('.layer-head .layer-count').textContent())?.split('of')[0] ?? '')).toBe(n);
  await expect(page.getByTestId('finding')).toHaveAttribute('data-count', String(n));
  await expect(march).toHaveAttribute('aria-pressed', 'true');
  await march.click();
  await expect.poll(() => page.url()).not.toContain('t=');
  await chart.locator('.target[tabindex="0"]').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url()).toMatch(/t=2013-08-01\/2013-08-31/);
});

test('charts of what the map shows count within its box', async ({ page }) => {
  await open(page, '#ch=1&m=8/16.2700/-0.0400');
  const all = Number(await page.getByTestId('finding').getAttribute('data-count'));
  await page.locator('.charts-panel').getByText('Only what the map shows').click();
  await expect.poll(async () => Number(await page.getByTestId('finding').getAttribute('data-count'))).toBeLessThan(all);
});

test('a category, an hour and a sweep of weekdays filter everything, and come off again', async ({ page }) => {
  await open(page, '#ch=1');
  const asked = await execute(page, 'indicator', { collection: 'incidents', filter: mission, period: 'none', groupby: 'category' });
  const bars = page.locator('[data-chart="category"] .bar');
  expect(await bars.evaluateAll((all) => all.map((b) => Number((b as HTMLElement).dataset.count)))).toEqual(asked.groups.map((g: { count: number }) => g.count));
  const shown = async (filter: string) => {
    const n = await countOf(page, 'incidents', { filter });
    await expect(page.getByTestId('finding')).toHaveAttribute('data-count', String(n));
    await idle(page);
    expect(digits((await layerRow(page, 'incidents').locator('.layer-head .layer-count').textContent())?.split('of')[0] ?? '')).toBe(n);
  };
  const ied = page.locator('[data-chart="category"] [data-value="ied"]');
  await ied.click();
  await shown(`${mission} AND "category" = 'ied'`);
  await expect(ied).toHaveAttribute('aria-pressed', 'true');
  await expect(bars).toHaveCount(asked.groups.length);
  const known = `"time_precision" IN ('exact', 'hour')`;
  const hours = await execute(page, 'indicator', { collection: 'incidents', filter: `${mission} AND "category" = 'ied' AND ${known}`, period: 'none', groupby: 'hour(time)' });
  const [most] = hours.groups;
  await expect(page.locator(`[data-chart="hour"] [data-value="${most.value}"]`)).toHaveAttribute('data-count', String(most.count));
  await page.locator(`[data-chart="hour"] [data-value="${most.value}"]`).click();
  await shown(`${mission} AND "category" = 'ied' AND hour("time") = ${most.value} AND ${known}`);
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await shown(`${mission} AND "category" = 'ied'`);
  await page.getByRole('button', { name: /Remove the filter Category/ }).click();
  await shown(mission);
  await page.locator('[data-chart="weekday"] [data-value="2"]').hover();
  await page.mouse.down();
  await page.locator('[data-chart="weekday"] [data-value="4"]').hover();
  await page.mouse.up();
  await shown(`${mission} AND weekday("time") IN (2, 3, 4) AND "time_precision" IN ('exact', 'hour', 'day')`);
  await expect.poll(() => page.url()).toContain('weekday');
});

test('a cell of outcome by target filters by both; the file holds the figures of the chart', async ({ page }) => {
  await open(page, '#ch=1');
  const cell = page.locator('[data-chart="cross"] .cell.harm').first();
  const n = digits(await cell.textContent());
  await cell.click();
  await expect(page.getByTestId('finding')).toHaveAttribute('data-count', String(n));
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: /Outcome by target: as a CSV file/ }).click();
  const text = await (await (await saved).createReadStream()).toArray();
  expect(Buffer.concat(text as Buffer[]).toString()).toMatch(/^outcome,target,count\r\ndetonated,/);
});
