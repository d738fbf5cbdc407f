import { countOf, expect, idle, layerRow, open, test } from './page.ts';

test.use({ viewport: { width: 1280, height: 800 } });

interface Documents {
  documents: { id: string; title: string; mission: string | null; classification: string }[];
}

test('a view is saved, opened by its short link, renamed, replaced and removed', async ({ page }) => {
  const list = async () => ((await (await page.request.get('/api/documents/view')).json()) as Documents).documents;
  await open(page, '#f=incidents.category:ied&w=c:-0.04,16.27,120000');
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByLabel('Title').fill('Around Gao');
  await page.getByLabel('Note').fill('Ask again in June.');
  await page.getByRole('button', { name: 'Save this view' }).click();
  const entry = page.locator('.view-list li', { hasText: 'Around Gao' });
  await expect(entry).toContainText('local');
  await expect(entry).toContainText('Ask again in June.');
  const [saved] = await list();
  expect(saved).toMatchObject({ title: 'Around Gao', mission: 'MINUSMA' });
  await page.screenshot({ path: 'test-results/views.png' });
  await page.goto('about:blank');
  await page.goto(`/?view=${saved?.id}`);
  await idle(page);
  const n = await countOf(page, 'incidents', { mission: 'MINUSMA', category: 'ied', near: '-0.04,16.27', radius: '120000' });
  await expect(layerRow(page, 'incidents').locator('.layer-head .layer-count')).toHaveText(new RegExp(`^${n} of`));
  await expect.poll(() => page.url()).toMatch(/\/#.*f=incidents\.category:ied&w=c:-0\.04,16\.27,120000/);
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('button', { name: 'Rename Around Gao' }).click();
  await page.locator('.view-list').getByLabel('Title').fill('Gao');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await list()).map((v) => v.title)).toEqual(['Gao']);
  await page.getByRole('button', { name: 'Remove Gao' }).click();
  await expect.poll(async () => (await list()).length).toBe(0);
});

test.describe('what is not there', () => {
  test.use({ forgiven: [/404/] });
  test('is said, above the plain page', async ({ page }) => {
    await page.goto('/?view=nothing');
    await expect(page.getByTestId('view-gone')).toContainText('not there, or that you may not see');
    await idle(page);
    await expect.poll(() => page.url()).not.toContain('view=');
    await page.getByTestId('view-gone').getByRole('button', { name: 'Close' }).click();
    await expect(page.getByTestId('view-gone')).toHaveCount(0);
  });
});
