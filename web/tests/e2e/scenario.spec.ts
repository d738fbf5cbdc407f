// The base line beside a scenario, a drawdown on the time bar, and bases that a scenario opens, against the API's own answers.
import type { Page } from '@playwright/test';
import { cutSideways, execute, expect, idle, open, test } from './page.ts';

const mali = '#m=4.6/16.5/-2&ms=MINUSMA&l=bases&ws=plan';
const bases = `"mission" = 'MINUSMA'`;
const close = (target: number, name: string) => ({ act: 'close', target, name });
const draft = (...changes: object[]) => `&s=c:${encodeURIComponent(JSON.stringify(changes))}`;

const row = (page: Page, name: string) => page.locator('[data-base]').filter({ hasText: name });
const settled = (page: Page) => expect(page.locator('[data-testid="plan-difference"][data-stale="false"]')).toBeVisible({ timeout: 60_000 });
const measured = (page: Page, name: string) => page.locator(`[data-measure="${name}"]`);
const key = (page: Page) => page.locator('[data-testid="footprint-key"][data-stale="false"]');

/** What a process answers of what would be. */
async function wouldBe(page: Page, process: string, inputs: object, changes: object[]) {
  const scenario = { mission: 'MINUSMA', body: { changes } };
  const answer = await page.request.post(`/api/processes/${process}/execution?scenario=${encodeURIComponent(JSON.stringify(scenario))}`, { data: { inputs } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as { result: Record<string, { features: { properties: Record<string, number | null> }[] }> }).result;
}

/** Pixels from the middle of the map, which the link puts at 16.5 N, 2 W and zoom 4.6. */
function pixelOf([lon, lat]: [number, number]): [number, number] {
  const world = 512 * 2 ** 4.6;
  const north = (degrees: number) => Math.log(Math.tan(Math.PI / 4 + (degrees * Math.PI) / 360)) / (2 * Math.PI);
  return [((lon + 2) / 360) * world, (north(16.5) - north(lat)) * world];
}

interface Told { properties: Record<string, string | number | null>; geometry: { coordinates: [number, number] } }

/** A click on a place that is reached later tells from where and how soon, before and after, and leads to its row. */
async function tellsWhoLoses(page: Page, changes: object[]) {
  const asked = { mission: 'MINUSMA', bases };
  const { differences } = (await execute(page, 'scenario-compare', { ...asked, scenarios: [], changes })) as { differences: { features: Told[] } };
  const { places, bases: standing } = (await execute(page, 'scenario-evaluate', asked)) as Record<'places' | 'bases', { features: Told[] }>;
  // One on which no base nor its name lies.
  const room = ({ geometry: { coordinates: [lon, lat] } }: Told) => Math.min(...standing.features.map((b) => Math.hypot(b.geometry.coordinates[0] - lon, b.geometry.coordinates[1] - lat)));
  const [late] = differences.features.filter((f) => f.properties.change === 'later').sort((a, b) => room(b) - room(a));
  const was = places.features.find((f) => f.properties.key === late?.properties.key);
  if (!late || !was) throw new Error('nothing is reached later: that proves nothing');
  const box = await page.getByTestId('map').boundingBox();
  const [x, y] = pixelOf(late.geometry.coordinates);
  await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) / 2 + x, (box?.y ?? 0) + (box?.height ?? 0) / 2 + y);
  const card = page.getByTestId('shift-card');
  await expect(card).toHaveAttribute('data-change', 'later');
  await expect(card.locator('[data-fact="nearest"] td').first()).toHaveText(String(was.properties.nearest));
  await expect(card.locator('[data-fact="bases"] td').last()).toHaveText('None');
  await page.screenshot({ path: 'test-results/scenario-later.png' });
  await card.getByRole('button', { name: 'Rows behind it' }).click();
  await expect(page.locator(`[data-row="places ${late.properties.key}"]`)).toHaveAttribute('aria-current', 'true');
  await card.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('radio', { name: 'Table', exact: true }).click();
}

test.use({ viewport: { width: 1440, height: 900 } });
test.setTimeout(240_000);

test('base line and scenario side by side: their bases, one key with the server’s numbers, in the link and in undo', async ({ page }) => {
  const changes = [close(3, 'Kidal'), close(11, 'Ber')];
  await open(page, `${mali}${draft(...changes)}`);
  await settled(page);
  await tellsWhoLoses(page, changes);
  await page.getByRole('button', { name: 'Base line beside it' }).click();
  await expect(page.getByTestId('side-0')).toContainText('14 bases');
  await expect(page.getByTestId('side-1')).toContainText('12 bases');
  await page.getByRole('radio', { name: 'Map', exact: true }).click();
  await expect(key(page)).toBeVisible({ timeout: 60_000 });
  const asked = { mission: 'MINUSMA', bases_filter: bases, modes: ['air'], count: [], routes: 'none' };
  const surfaces = [await execute(page, 'casevac-surface', asked), await wouldBe(page, 'casevac-surface', asked, changes)] as Awaited<ReturnType<typeof wouldBe>>[];
  const beyond = surfaces.map(({ surface }) => {
    const minutes = (surface?.features ?? []).map((f) => f.properties.surgery_min);
    return `${((100 * minutes.filter((m) => typeof m !== 'number' || m > 120).length) / minutes.length).toFixed(1).replace(/\.0$/, '')} %`;
  });
  expect(beyond[0]).not.toBe(beyond[1]);
  await expect(key(page).locator('tbody tr').last().locator('td')).toHaveText(beyond);
  await expect(page.getByTestId('map-key')).toContainText('beyond, or none');
  await key(page).locator('tbody td').last().click();
  await expect(page.getByTestId('made-of')).toHaveAttribute('data-rows', String(surfaces[1]?.surface?.features.filter((f) => !((f.properties.surgery_min ?? 999) <= 120)).length));
  await idle(page);
  await page.screenshot({ path: 'test-results/scenario-compare.png' });
  const map = await page.getByTestId('map').boundingBox();
  await page.mouse.click((map?.x ?? 0) + (map?.width ?? 0) * 0.6, (map?.y ?? 0) + (map?.height ?? 0) * 0.4);
  const cell = page.getByTestId('compared-card');
  await expect(cell.locator('[data-field="surgery_min"] td')).toHaveCount(2);
  await expect(cell.locator('[data-field="facility"] td').first()).not.toBeEmpty();
  await page.screenshot({ path: 'test-results/scenario-cell.png' });
  await cell.getByRole('button', { name: 'Rows behind it' }).click();
  await expect(page.getByTestId('made-of').locator('tr[aria-current="true"]')).toHaveCount(1);
  await cell.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('button', { name: /^Minutes to surgery by air/ }).click();
  await page.getByRole('option', { name: 'Gaps in cover, by road' }).click();
  await expect.poll(() => page.url()).toContain('x:gaps');
  const gaps = await wouldBe(page, 'gaps', { mission: 'MINUSMA', bases }, changes);
  await expect(key(page).locator('tbody tr').last().locator('td').last()).toHaveText(String(gaps.places?.features.length), { timeout: 60_000 });
  await key(page).getByRole('button', { name: 'Places out of reach' }).click();
  const behind = page.getByTestId('made-of');
  await expect(behind).toHaveAttribute('data-rows', String(gaps.places?.features.length));
  await expect(page.getByTestId('made-by').locator('[data-parameter="within_min"]')).toContainText('120');
  await page.screenshot({ path: 'test-results/scenario-gaps.png' });
  const line = page.getByRole('slider', { name: 'Line between the two maps' });
  await line.focus();
  await page.keyboard.press('ArrowRight');
  await expect(line).toHaveAttribute('aria-valuenow', '55');
  await expect.poll(() => page.url()).toContain('l:55');

  const link = page.url();
  await page.keyboard.press('Control+z');
  await expect(line).toHaveAttribute('aria-valuenow', '50');
  await page.keyboard.press('Control+z');
  await expect.poll(() => page.url()).toContain('x:surgery');
  for (let i = 0; i < 2; i++) await page.keyboard.press('Control+z');
  await expect(page.getByTestId('second-map')).toHaveCount(0);
  await page.goto('about:blank');
  await page.goto(link);
  await expect(page.getByTestId('side-1')).toContainText('12 bases', { timeout: 60_000 });
  await expect(line).toHaveAttribute('aria-valuenow', '55');
  await page.getByRole('button', { name: 'End the comparison' }).click();
  await expect(page.getByTestId('second-map')).toHaveCount(0);
  await expect.poll(() => page.url()).not.toContain('x:gaps');
});

test('a drawdown on the time bar: marks, keys, play, and one undo for all that was played', async ({ page }) => {
  await open(page, `${mali}&s=i:drawdown-2023`);
  await settled(page);
  const kept = (await (await page.request.get('/api/documents/scenario/drawdown-2023')).json()) as { body: { changes: { on: string }[] } };
  const days = [...new Set(kept.body.changes.map((c) => c.on))].sort();
  await expect(page.locator('.day-mark')).toHaveCount(days.length);
  const handle = page.getByRole('slider', { name: 'As of' });
  await handle.focus();
  await page.keyboard.press('Home');
  await expect(measured(page, 'bases')).toHaveAttribute('data-after', '14', { timeout: 60_000 });
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => page.url()).toContain(`d:${days[0]}`);
  await expect(measured(page, 'bases')).toHaveAttribute('data-after', '13', { timeout: 60_000 });
  await expect(handle).toHaveAttribute('aria-valuetext', /1 of 10 changes in force/);
  await page.locator(`.day-mark[data-day="${days[2]}"]`).dispatchEvent('pointerdown');
  await expect(measured(page, 'bases')).toHaveAttribute('data-after', '11', { timeout: 60_000 });
  await settled(page);
  await page.getByTestId('time-bar').getByRole('button', { name: 'Play', exact: true }).click();
  await expect(measured(page, 'bases')).toHaveAttribute('data-after', '5', { timeout: 120_000 });
  await expect(page.getByTestId('time-bar').getByRole('button', { name: 'Play', exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(handle).toHaveAttribute('data-day', days.at(-1) ?? '');
  await page.screenshot({ path: 'test-results/scenario-drawdown.png' });
  await page.keyboard.press('Control+z');
  await expect.poll(() => page.url()).toContain(`d:${days[2]}`);
  await page.getByRole('button', { name: /^25 Aug 2023/ }).click();
  await page.getByRole('option', { name: 'After all changes' }).click();
  await expect.poll(() => page.url()).not.toContain('d:2023');
});

test('a base that a scenario opens: opened from the map, changed, dated, moved and taken back', async ({ page }) => {
  await open(page, `${mali}${draft({ act: 'open', to: { type: 'Point', coordinates: [-3, 19.5] }, fields: { name: 'Araouane', kind: 'company', status: 'open' } })}`);
  await settled(page);
  await idle(page);
  const box = await page.getByTestId('map').boundingBox();
  const [x, y] = pixelOf([-3, 19.5]);
  await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) / 2 + x, (box?.y ?? 0) + (box?.height ?? 0) / 2 + y);
  const detail = page.getByTestId('plan-detail');
  await expect(page.getByTestId('will-be')).toContainText('Company');
  // It states no cost: that is not known, and counted, and is not nothing.
  await expect(measured(page, 'cost_opening').locator('td').nth(1)).toContainText('–');
  await expect(measured(page, 'cost_year').locator('td').nth(1).locator('[data-unstated="1"]')).toBeVisible();
  await measured(page, 'cost_year').getByRole('button').click();
  await expect(page.getByTestId('made-of').locator('tr', { hasText: 'Araouane' })).toContainText('not stated');
  await detail.getByRole('textbox', { name: 'Military' }).fill('350');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('will-be').locator('[data-field="military"]')).toHaveText('350', { timeout: 60_000 });
  await detail.getByRole('textbox', { name: 'Name' }).fill('Camp North');
  await page.keyboard.press('Enter');
  await expect(row(page, 'Camp North')).toBeVisible({ timeout: 60_000 });
  const changes = () => JSON.parse(decodeURIComponent(/[=~]c:([^~&]+)/.exec(page.url())?.[1] ?? '%5B%5D')) as { on?: string; to: { coordinates: [number, number] }; fields: Record<string, unknown> }[];
  await expect.poll(() => changes()[0]?.fields).toMatchObject({ name: 'Camp North', military: 350 });
  await page.locator('[data-handle^="plan-"]').focus();
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => changes()[0]?.to.coordinates[1]).toBeGreaterThan(19.5);
  await page.getByRole('textbox', { name: 'Day from which change 1 holds' }).fill('2023-09-01');
  await page.keyboard.press('Enter');
  await expect.poll(() => changes()[0]?.on).toBe('2023-09-01');
  await expect(page.locator('.day-mark')).toHaveCount(1);
  await page.screenshot({ path: 'test-results/scenario-opened.png' });
  await detail.getByRole('button', { name: 'Do not open it' }).click();
  await expect(row(page, 'Camp North')).toHaveCount(0, { timeout: 60_000 });
  await page.keyboard.press('Control+z');
  await expect(row(page, 'Camp North')).toBeVisible({ timeout: 60_000 });
});

test('a base is dragged: the map and the numbers follow', async ({ page }) => {
  await open(page, mali);
  await row(page, 'Menaka').getByRole('button').click();
  const handle = page.locator('[data-handle="plan-8"]');
  const box = await handle.boundingBox();
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 40, y - 20, { steps: 4 });
  await page.mouse.up();
  await expect(row(page, 'Menaka')).toContainText('Moves', { timeout: 60_000 });
  await settled(page);
  await expect(measured(page, 'supply_km')).not.toHaveAttribute('data-verdict', 'same');
  await page.keyboard.press('Control+z');
  await expect(row(page, 'Menaka')).not.toContainText('Moves');
});

test.describe('at night, in Arabic', () => {
  test.use({ locale: 'ar', colorScheme: 'dark' });
  test('the scenario stands at the end of the line', async ({ page }) => {
    await open(page, `${mali}&s=i:drawdown-2023~d:2023-10-31~x:surgery~m:map`);
    await expect(key(page)).toBeVisible({ timeout: 60_000 });
    await expect(page.getByTestId('second-map')).toHaveCSS('clip-path', 'inset(0px 50% 0px 0px)');
    await idle(page);
    await page.screenshot({ path: 'test-results/scenario-ar.png' });
    const wide = await page.locator('.base-open > span').evaluateAll((all) => all.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent));
    expect(wide, 'names and fates that run into the score').toEqual([]);
    // Russian has the longest words of all.
    await page.locator('.top-bar button:has(> svg[data-icon="globe"])').click();
    await page.getByRole('menuitemradio', { name: 'Русский' }).click();
    await page.getByRole('radio', { name: 'Таблица', exact: true }).click();
    await expect(page.locator('[data-measure="supply_km"]')).toBeVisible();
    expect(await cutSideways(page.locator('.charts-panel')), 'cut off at the side of the panel').toEqual([]);
  });
});

test.describe('phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
  test('shows one side, and a switch', async ({ page }) => {
    await open(page, `${mali}&s=i:drawdown-2023~x:surgery`);
    await expect(page.getByRole('radiogroup', { name: 'Shown side' })).toBeVisible({ timeout: 60_000 });
    await page.getByRole('radio', { name: 'Base line' }).click();
    await expect(page.getByTestId('second-map')).toHaveCSS('visibility', 'hidden');
    await page.screenshot({ path: 'test-results/scenario-phone.png' });
  });
});
