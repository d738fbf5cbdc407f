// Alerts: raised while the page looks on, listed, marked, acknowledged, and the rules that raise them, all against the API's own answers.
import type { Page } from '@playwright/test';
import { expect as base, test } from './page.ts';

interface Told {
  numberMatched: number;
  features: { id: string; properties: { headline: string; severity: string; acknowledged: { note?: string }[] } }[];
}

const asked = async (page: Page, query: string): Promise<Told> => (await (await page.request.get(`/api/alerts${query}`)).json()) as Told;

const rule = async (page: Page, id: string, body: Record<string, unknown>, more: Record<string, unknown> = {}) => {
  const answer = await page.request.put(`/api/documents/alert-rule/${id}`, { data: { title: `Rule ${id}`, ...more, body } });
  expect(answer.ok(), await answer.text()).toBe(true);
};

const incident = async (page: Page, lon: number, properties: Record<string, unknown>) => {
  const answer = await page.request.post('/api/collections/incidents/items', { data: { type: 'Feature', geometry: { type: 'Point', coordinates: [lon, 17] }, properties: { mission: 'MINUSMA', time: '2017-05-01T06:00:00Z', place_precision: 1, ...properties } } });
  expect(answer.status(), await answer.text()).toBe(201);
  return ((await answer.json()) as { id: number }).id;
};

/** A busy machine draws slowly: what comes in may take its time to be seen. */
const expect = base.configure({ timeout: 60_000 });

/** Opens the page without layers, and without a map where none is asked for: software rendering takes longer than all else here. */
const look = async (page: Page, map = false) => {
  if (!map)
    await page.addInitScript(() => {
      HTMLCanvasElement.prototype.getContext = new Proxy(HTMLCanvasElement.prototype.getContext, {
        apply: (get, canvas, [kind, ...rest]) => (String(kind).startsWith('webgl') ? null : Reflect.apply(get, canvas, [kind, ...rest])),
      });
    });
  await page.goto('/#m=7/17.0000/-2.0000&l=-');
  await expect(page.locator('.connection')).toHaveAttribute('data-connected', 'true', { timeout: 60_000 });
};

const bell = (page: Page) => page.locator('button:has(> [data-icon="bell"])');
const row = (page: Page, id: string) => page.locator(`[data-alert="${id}"]`);
const onlyAlert = async (page: Page, of: string) => {
  await expect.poll(async () => (await asked(page, `?rule=${of}`)).numberMatched).toBe(1);
  return (await asked(page, `?rule=${of}`)).features[0]?.id ?? '';
};

test.slow();

test.use({ changesRecords: true });
test('an alert comes in at once, once, and is seen to; another page follows', async ({ page, context }) => {
  await rule(page, 'live', { collection: 'incidents', filter: "notes = 'live'", severity: 'high' }, { mission: 'MINUSMA' });
  await look(page, true);
  const key = await incident(page, -2.2, { notes: 'live', killed: 1 });
  const notice = page.getByTestId('alert-news');
  await expect(notice).toContainText('New alert, High: Rule live');
  const id = await onlyAlert(page, 'live');
  await expect(page.getByTestId('alerts-open')).toHaveText(String((await asked(page, '?state=new')).numberMatched));

  await notice.getByRole('button', { name: 'Show' }).click();
  await expect(notice).toHaveCount(0);
  await expect(row(page, id)).toHaveCount(1);
  await expect(page.getByTestId('alerts').getByRole('listitem').first().locator('b').first()).toHaveText((await asked(page, '?state=new')).features[0]?.properties.headline ?? '');
  await expect(page.locator(`[data-mark="${id}"]`)).toHaveAttribute('aria-pressed', 'true');

  const facts = row(page, id).getByTestId('alert-facts');
  await expect(facts.getByRole('link', { name: 'CAP 1.2' })).toHaveAttribute('href', `/api/alerts/${id}?f=cap`);
  await facts.getByRole('button', { name: `Incidents, no. ${key}` }).click();
  await expect(page.getByTestId('details')).toBeVisible();

  const other = await context.newPage();
  await look(other);
  await bell(other).click();
  await expect(row(other, id)).toHaveAttribute('data-seen', 'false');
  await facts.getByLabel('Note').fill('Patrol sent');
  await facts.getByRole('button', { name: 'Acknowledge' }).click();
  await expect(row(page, id), 'it is no open one any more').toHaveCount(0);
  await expect(row(other, id), 'nor on the other page').toHaveCount(0);
  expect((await asked(page, '?rule=live')).features[0]?.properties.acknowledged[0]?.note).toBe('Patrol sent');
  await other.close();
  await page.getByRole('button', { name: 'State' }).click();
  await page.getByRole('option', { name: 'Acknowledged' }).click();
  await row(page, id).locator('.alert-row').click();
  await expect(row(page, id)).toContainText('Patrol sent');
});

test('of what is classified the notice tells no more than that, and the page is marked once it is listed', async ({ page }) => {
  await rule(page, 'closed', { collection: 'incidents', filter: "notes = 'closed'", severity: 'critical' }, { classification: 'confidential', title: 'Closed matter' });
  await look(page);
  await incident(page, -2.4, { notes: 'closed' });
  await expect(page.getByTestId('alert-news')).toContainText(/New alert, Critical, CONFIDENTIAL/i);
  await expect(page.getByTestId('alert-news')).not.toContainText('Closed matter');
  await page.getByTestId('alert-news').getByRole('button', { name: 'Show' }).click();
  await expect(page.locator('.strip.marking')).toHaveText(/CONFIDENTIAL/i);
  await expect(row(page, await onlyAlert(page, 'closed'))).toContainText('Closed matter');
});

test('filters and pages ask the server', async ({ page }) => {
  await rule(page, 'low', { collection: 'incidents', filter: "notes = 'low'", severity: 'low' });
  await incident(page, -2.6, { notes: 'low' });
  const id = await onlyAlert(page, 'low');
  await look(page);
  await page.keyboard.press('n');
  await expect(row(page, id)).toHaveCount(1);
  await page.locator('.severities').getByText('Critical').click();
  await expect(row(page, id)).toHaveCount(0);
  await page.locator('.severities').getByText('Low').click();
  await expect(row(page, id)).toHaveCount(1);
  await expect(page.locator('.alert-head')).toContainText(String((await asked(page, '?state=new&severity=low,critical')).numberMatched));
});

test('the bar has room for how many are open, in every language', async ({ page }) => {
  await rule(page, 'room', { collection: 'incidents', filter: "notes = 'room'" });
  await incident(page, -2.7, { notes: 'room' });
  await onlyAlert(page, 'room');
  await page.addInitScript(() => localStorage.setItem('bivouac.language', location.search.slice(1)));
  for (const language of ['en', 'fr', 'zh', 'ar', 'es', 'ru']) {
    await page.goto(`/?${language}#m=7/17.0000/-2.0000&l=-`);
    await expect(page.getByTestId('alerts-open')).toBeVisible();
    for (const width of [600, 999, 1000, 1200, 1280, 1919, 1920]) {
      await page.setViewportSize({ width, height: 700 });
      await expect.poll(() => page.evaluate(() => [innerWidth, document.documentElement.lang, document.documentElement.scrollWidth - innerWidth]), `${language}, ${width} pixels wide`).toEqual([width, language, 0]);
    }
  }
});

test.describe('rules', () => {
  // The browser tells of an answer that refuses.
  test.use({ forgiven: [/status of 400/] });
  test('a rule is written, refused where it is wrong, disabled and removed', async ({ page }) => {
    await rule(page, 'broken', { collection: 'incidents', filter: "notes = 'none'" });
    await look(page);
    await bell(page).click();
    await page.getByRole('radio', { name: 'Rules' }).click();
    await expect(page.locator('[data-rule="broken"]')).toHaveAttribute('data-state', 'active');
    await page.getByRole('button', { name: 'New rule' }).click();
    const form = page.getByTestId('rule-form');
    await form.getByRole('button', { name: 'Save the rule' }).click();
    await expect(form.getByRole('alert')).toContainText('Give the rule a name');
    await form.getByLabel('Name of the rule').fill('Two dead near Gao');
    await form.getByRole('button', { name: 'Severity' }).click();
    await page.getByRole('option', { name: 'Critical' }).click();
    await form.getByRole('radio', { name: 'CQL2' }).click();
    await form.locator('fieldset').first().getByRole('textbox').fill('wounded > 1');
    await form.getByText('Only near other records').click();
    await form.getByRole('button', { name: 'Save the rule' }).click();
    await expect(form.locator('fieldset').first().getByRole('alert'), 'the refusal stands at its field').toContainText('wounded');
    await form.locator('fieldset').first().getByRole('textbox').fill('killed > 1');
    await form.getByText('Only when enough comes together').click();
    await form.getByRole('button', { name: 'Save the rule' }).click();
    await expect(page.locator('.toast p')).toContainText('Saved: Two dead near Gao');
    const kept = (await (await page.request.get('/api/documents/alert-rule/two-dead-near-gao')).json()) as { body: Record<string, unknown> };
    expect(kept.body).toMatchObject({ collection: 'incidents', filter: 'killed > 1', severity: 'critical', near: { collection: 'routes', radius_m: 5000 }, threshold: { least: 3, days: 7 } });

    const own = page.locator('[data-rule="two-dead-near-gao"]');
    await own.getByRole('button', { name: 'Disable' }).click();
    await expect(own).toHaveAttribute('data-state', 'disabled');
    await own.getByRole('button', { name: 'Remove' }).click();
    await own.getByRole('alert').getByRole('button', { name: 'Remove' }).click();
    await expect(own).toHaveCount(0);
    expect((await page.request.get('/api/documents/alert-rule/two-dead-near-gao')).status()).toBe(404);
  });
});
