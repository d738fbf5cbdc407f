import type { Page } from '@playwright/test';
import { execute, expect, idle, open, test } from './page.ts';

const bases = `"mission" = 'MINUSMA'`;
const asked = { mission: 'MINUSMA', bases, incidents: bases };
const mali = '#m=4.6/16.5/-2&ms=MINUSMA&ws=plan';

/* eslint-disable @typescript-eslint/no-explicit-any -- each process answers in its own shape */
const facts = (layer: any): any[] => layer.features.map((f: any) => f.properties);
const number = (numbers: any[], name: string) => numbers.filter((n) => n.measure === name).map((n) => n.value);
/* eslint-enable @typescript-eslint/no-explicit-any */

const row = (page: Page, key: number) => page.locator(`[data-base="${key}"]`);
/** Until the numbers answer what is drawn up. */
const settled = (page: Page) => expect(page.locator('[data-testid="plan-difference"][data-stale="false"]')).toBeVisible({ timeout: 60_000 });
const measured = (page: Page, name: string) => page.locator(`[data-measure="${name}"]`);
const changesIn = (page: Page) => JSON.parse(decodeURIComponent(/[=~]c:([^~&]+)/.exec(page.url())?.[1] ?? '%5B%5D')) as { act: string; target: number; to?: { coordinates: [number, number] } }[];

test.use({ viewport: { width: 1440, height: 900 } });
test.setTimeout(180_000);

test('bases with their factors; one closes, one merges, one moves: the numbers are the server’s, and undo takes each back', async ({ page }) => {
  await open(page, '#m=4.6/16.5/-2&ms=MINUSMA');
  await page.getByRole('navigation', { name: 'Workspaces' }).getByRole('button', { name: 'Plan' }).click();
  const now = facts((await execute(page, 'scenario-evaluate', asked)).bases);
  await expect(page.locator('[data-base]')).toHaveCount(now.length);
  const gao = now.find((b) => b.name === 'Gao');
  await expect(row(page, gao.key).locator('[data-factor="threat"]')).toHaveText(String(Math.round(100 * (1 - gao.score_threat))));
  await row(page, 11).getByRole('button').click();
  await page.getByRole('button', { name: 'Close', exact: true }).last().click();
  await settled(page);
  await expect(row(page, 11)).toContainText('Closes');
  await row(page, 11).getByRole('button').click();
  await row(page, 14).getByRole('button').click();
  await page.getByRole('button', { name: /Merge: touch/ }).click();
  await row(page, 4).getByRole('button').click();
  await expect(row(page, 14)).toContainText('into Timbuktu');
  const changes = [{ act: 'close', target: 11 }, { act: 'merge', target: 14, into: 4 }];
  const { numbers } = await execute(page, 'scenario-compare', { ...asked, scenarios: [], changes });
  await settled(page);
  for (const name of ['bases', 'supply_min', 'cost_year', 'people_two_bases']) await expect(measured(page, name)).toHaveAttribute('data-after', String(number(numbers, name)[1]), { timeout: 60_000 });
  await expect(measured(page, 'cost_year')).toHaveAttribute('data-verdict', 'gain');
  const alike = numbers.filter((n: { apart: boolean | null; difference: number }) => n.apart === false && Math.abs(n.difference) > 1e-9);
  expect(alike.length).toBeGreaterThan(0);
  for (const { measure } of alike) {
    await expect(measured(page, measure)).toHaveAttribute('data-verdict', 'open');
    await expect(measured(page, measure)).toContainText('may not differ');
    await expect(measured(page, measure).locator('.triangle')).toHaveCount(0);
  }
  await expect(row(page, gao.key).locator('[data-slope]')).toHaveAttribute('data-slope', String(gao.trend_slope));
  const { places } = await execute(page, 'scenario-evaluate', { ...asked, changes });
  await measured(page, 'people_two_bases').getByRole('button').click();
  await expect(page.getByTestId('made-of')).toHaveAttribute('data-rows', String(facts(places).filter((p) => p.bases > 1).length));
  await expect(page.getByTestId('made-by').locator('[data-parameter="within_min"]')).toContainText('120');
  await idle(page);
  await page.screenshot({ path: 'test-results/plan.png' });
  await row(page, 8).getByRole('button').click();
  await page.locator('[data-handle="plan-8"]').focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowLeft');
  await expect.poll(() => changesIn(page).map((c) => c.act)).toEqual(['close', 'merge', 'move']);
  await expect(row(page, 8)).toContainText('Moves');
  for (let i = 0; i < 4; i++) await page.keyboard.press('Control+z');
  await expect.poll(() => changesIn(page).map((c) => c.act)).toEqual(['close']);
});

test('a kept scenario day by day, weights that ask nothing, and a link that holds both', async ({ page }) => {
  await open(page, `${mali}&s=i:drawdown-2023`);
  await settled(page);
  const scenarios = ['drawdown-2023'];
  const { numbers, scores } = await execute(page, 'scenario-compare', { ...asked, scenarios });
  await expect(measured(page, 'bases')).toHaveAttribute('data-after', String(number(numbers, 'bases')[1]));
  await expect(page.getByTestId('sensitivity')).toHaveAttribute('data-first', scores[0].option);
  for (let i = 0; i < 5; i++) await page.getByRole('button', { name: 'Earlier day' }).click();
  const day = (await page.getByTestId('day-handle').getAttribute('data-day')) ?? '';
  await expect.poll(() => page.url()).toContain(`d:${day}`);
  const then = await execute(page, 'scenario-compare', { ...asked, scenarios: [`drawdown-2023@${day}`] });
  await expect(measured(page, 'bases')).toHaveAttribute('data-after', String(number(then.numbers, 'bases')[1]), { timeout: 60_000 });
  await settled(page);
  let questions = 0;
  page.on('request', (r) => { if (r.url().includes('/execution')) questions++; });
  const weight = page.locator('.weight[data-factor="threat"]');
  await weight.getByRole('slider').focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
  await expect(weight.locator('output')).toHaveText('25');
  await expect.poll(() => page.url()).toContain('w:20,25,20,20,20');
  expect(questions).toBe(0);
  await idle(page);
  await page.screenshot({ path: 'test-results/plan-drawdown.png' });
});

test('a draft is kept under a name, changed, and removed again', async ({ page }) => {
  const draft = encodeURIComponent(JSON.stringify([{ act: 'close', target: 11, name: 'Ber' }]));
  await open(page, `${mali}&s=c:${draft}`);
  await settled(page);
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await page.getByRole('textbox', { name: 'Name of the scenario' }).fill('Without Ber');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url()).toMatch(/s=i:[a-z0-9]{8}(&|$)/);
  const [, id] = /s=i:([a-z0-9]{8})/.exec(page.url()) ?? [];
  const kept = (await (await page.request.get(`/api/documents/scenario/${id}`)).json()) as { title: string; body: { changes: unknown[] } };
  expect([kept.title, kept.body.changes.length]).toEqual(['Without Ber', 1]);
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect.poll(async () => (await page.request.get(`/api/documents/scenario/${id}`)).status()).toBe(404);
});

test.describe('phone, at night, in Arabic', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, locale: 'ar', colorScheme: 'dark' });
  test('has the bases in its sheet', async ({ page }) => {
    await open(page, `${mali}&s=i:drawdown-2023`);
    await expect(row(page, 11)).toBeVisible({ timeout: 60_000 });
    await settled(page);
    await page.screenshot({ path: 'test-results/plan-phone.png' });
  });
});
