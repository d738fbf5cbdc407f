// Any analysis through the one panel: form, run, answer, map, and what is wrong at the input it is about.
import { choose, digits, execute, expect, idle, inForce, open, test } from './page.ts';

const start = async (page: Parameters<typeof open>[0], name: string) => {
  await open(page);
  await choose(page, name);
  await expect(page.locator('.analysis form')).toBeVisible();
};

test('the indicator: run by keyboard, table, CSV, method', async ({ page }) => {
  await start(page, 'Indicator');
  const run = page.getByRole('button', { name: 'Run', exact: true });
  await run.focus();
  await page.keyboard.press('Enter');
  const answer = page.getByTestId('analysis-answer');
  const result = await execute(page, 'indicator', await inForce(page));
  await expect.poll(async () => digits(await answer.locator('[data-fact="count"] dd').first().textContent())).toBe(result.total.count);
  const table = answer.locator('[data-part="periods"]');
  await table.locator('[data-column="count"]').getByRole('button').click();
  await expect(table.locator('th[aria-sort="descending"]')).toHaveCount(1);
  const most = Math.max(...result.periods.map((p: { count: number }) => p.count));
  await expect(table.locator('tbody tr').first()).toContainText(String(most));
  expect(await page.evaluate(() => document.documentElement.scrollTop), 'the page itself stands still').toBe(0);
  await page.screenshot({ path: 'test-results/analyses-indicator.png' });
  const [download] = await Promise.all([page.waitForEvent('download'), table.getByRole('button', { name: 'CSV' }).click()]);
  expect(download.suggestedFilename()).toMatch(/^indicator-periods.*\.csv$/);
  const body = await (await download.createReadStream()).toArray();
  expect(Buffer.concat(body).toString().trim().split('\r\n')).toHaveLength(result.periods.length + 1);
  await expect(answer.getByTestId('method')).toContainText('Wilson');
});

test.describe('what is wrong', () => {
  test.use({ forgiven: [/400/] });
  test('is said at its input', async ({ page }) => {
    await start(page, 'Indicator');
    const filter = page.locator('[data-input="filter"]');
    await filter.getByRole('textbox').fill('killed >');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(filter.getByRole('alert')).not.toBeEmpty();
    await expect(filter.getByRole('textbox')).toBeFocused();
    await page.locator('[data-input="bbox"]').getByRole('textbox').fill('1, 2, 3');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(page.locator('[data-input="bbox"]').getByRole('alert')).toHaveText('Write four numbers: west, south, east, north.');
  });
});

test('the footprint: its rings on the map, with a key and what each tells', async ({ page }) => {
  await start(page, 'Footprint');
  await page.locator('[data-input="bases"]').getByRole('checkbox', { name: 'Gao', exact: true }).check({ force: true });
  await page.locator('[data-input="radius_m"]').getByText('The same for all').click();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const rings = page.getByTestId('analysis-answer').locator('[data-part="rings"]');
  await expect(rings.locator('.result-key li')).toHaveCount(1);
  await rings.getByRole('button', { name: 'Go there' }).click();
  await idle(page);
  const box = await page.getByTestId('map').boundingBox();
  const middle = { x: (box?.x ?? 0) + (box?.width ?? 0) * 0.5, y: (box?.y ?? 0) + (box?.height ?? 0) * 0.42 };
  await page.mouse.move(middle.x, middle.y);
  await expect(page.getByTestId('result-tip')).toContainText('Gao');
  await page.mouse.click(middle.x, middle.y);
  await expect(page.getByTestId('result-card')).toContainText('Gao');
  await page.screenshot({ path: 'test-results/analyses.png' });
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('result-card')).toHaveCount(0);
  await rings.getByText('on the map').click();
  await page.mouse.move(middle.x + 5, middle.y);
  await expect(page.getByTestId('result-tip')).toHaveCount(0);
});

test('a process that the page knows nothing of: form, progress, cancel, table, map', async ({ page }) => {
  await start(page, 'Example: circles');
  for (const name of ['radius_m', 'count', 'colour', 'nested', 'note', 'centre', 'factors', 'filter'])
    await expect(page.locator(`[data-input="${name}"]`), name).toBeVisible();
  const count = page.locator('[data-input="count"]').getByRole('textbox');
  await count.fill('4');
  await count.press('Tab');
  const run = page.getByRole('button', { name: /^Run/ });
  await run.click();
  await expect(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', /^[1-9]/);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.locator('.analysis .state[role="status"]')).toBeVisible();
  await expect(page.getByTestId('analysis-answer')).toHaveCount(0);
  const statuses = async () => ((await (await page.request.get('/api/jobs?processID=example-circles')).json()) as { jobs: { status: string }[] }).jobs.map((j) => j.status);
  await expect.poll(statuses).not.toContain('running');
  await run.click();
  const answer = page.getByTestId('analysis-answer');
  await expect(answer.locator('[data-part="table"] tbody tr')).toHaveCount(4);
  await expect(answer).toContainText('This is an example.');
  const areas = answer.locator('[data-part="areas"]');
  await expect(areas.locator('.result-key li').first()).toBeVisible();
  await page.screenshot({ path: 'test-results/analyses-example.png' });
});

test.describe('earlier runs', () => {
  test.use({ forgiven: [/400/] });
  test('how far each is, its result opened again, and gone when dismissed', async ({ page }) => {
    const asked = { headers: { Prefer: 'respond-async' } };
    const job = async (process: string, inputs: Record<string, unknown>) => ((await (await page.request.post(`/api/processes/${process}/execution`, { ...asked, data: { inputs } })).json()) as { jobID: string }).jobID;
    const done = await job('indicator', { period: 'year' });
    await expect.poll(async () => ((await (await page.request.get(`/api/jobs/${done}`)).json()) as { status: string }).status).toBe('successful');
    const wrong = await job('indicator', { collection: 'nowhere' });
    await open(page);
    const running = await job('example-circles', { step_ms: 3000 });
    await page.keyboard.press('a');
    const entry = (id: string) => page.locator(`[data-job="${id}"]`);
    await expect(entry(running).getByRole('progressbar')).toHaveAttribute('aria-valuenow', /^[1-9]/);
    await expect(page.getByTestId('jobs').locator('li').first()).toHaveAttribute('data-job', running);
    await page.screenshot({ path: 'test-results/jobs.png' });
    await entry(running).getByRole('button', { name: /^Cancel Example/ }).click();
    await expect(entry(running)).toHaveCount(0);
    await entry(wrong).getByRole('button', { name: /^Why Indicator/ }).click();
    await expect(entry(wrong).getByRole('alert')).toContainText('nowhere');
    await entry(done).getByRole('button', { name: /^Open the result of Indicator/ }).focus();
    await page.keyboard.press('Enter');
    const table = page.getByTestId('analysis-answer').locator('[data-part="periods"]');
    await expect(table.locator('tbody tr').first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'All analyses' })).toBeFocused();
    await page.keyboard.press('Enter');
    await entry(done).getByRole('button', { name: /^Remove Indicator/ }).click();
    await expect(entry(done)).toHaveCount(0);
    expect(((await (await page.request.get(`/api/jobs/${done}`)).json()) as { status: string }).status).toBe('dismissed');
  });
});
