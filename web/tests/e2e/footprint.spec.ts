import { ask, cutSideways, digits, expect, idle, open, test } from './page.ts';

interface Execution {
  result: {
    collections: { id: string; inside: number; only_one: number; none: number; selected: number }[];
    population: { reached: number; total: number };
    union: { properties: { area_m2: number } };
  };
}

test('a footprint says what the API says, and follows the radius', async ({ page }) => {
  const { features } = await ask(page, 'bases/items?mission=MINUSMA');
  const keys = ['Gao', 'Ansongo'].map((name) => features.find((f) => f.properties.name === name)?.id);
  await open(page);
  await page.getByRole('button', { name: 'Draw or pick a footprint' }).click();
  for (const name of ['Gao', 'Ansongo']) await page.getByRole('checkbox', { name, exact: true }).locator('xpath=ancestor::label').click();
  await page.getByText('The same for all').click();
  for (const km of [100, 30]) {
    await page.getByRole('textbox', { name: 'Radius' }).fill(String(km));
    await page.keyboard.press('Enter');
    const asked = await page.request.post('/api/processes/footprint/execution', { data: { inputs: { bases: keys, radius_m: km * 1000 } } });
    expect(asked.ok()).toBe(true);
    const { result } = (await asked.json()) as Execution;
    const answer = page.getByTestId('footprint-answer');
    await expect(answer).toHaveAttribute('data-stale', 'false');
    expect(result.collections.length).toBeGreaterThan(0);
    await expect(answer.locator('[data-area]').first()).toHaveAttribute('data-area', String(result.union.properties.area_m2));
    for (const share of result.collections) {
      const cells = await answer.locator(`[data-collection="${share.id}"] td`).allTextContents();
      expect(cells.map(digits), `${share.id} at ${km} km`).toEqual([share.inside, share.only_one, share.none, share.selected]);
    }
    const finding = await answer.locator('.finding').textContent();
    const [reached, total] = (finding ?? '').replace(/^2 bases reach /, '').split(' of ').map(digits);
    expect([reached, total]).toEqual([result.population.reached, result.population.total]);
    await idle(page);
  }
  await expect.poll(() => page.url()).toContain(`fp=${keys.join('.')}@30000`);
});

test('bases are picked on the map as in the list', async ({ page }) => {
  const { features } = await ask(page, 'bases/items?mission=MINUSMA');
  const gao = features.find((f) => f.properties.name === 'Gao');
  const [lon, lat] = gao?.geometry?.coordinates ?? [0, 0];
  await open(page, `#m=8/${lat}/${lon}`);
  await page.keyboard.press('f');
  const box = await page.getByTestId('map').boundingBox();
  await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2);
  await expect(page.getByRole('checkbox', { name: 'Gao', exact: true })).toBeChecked();
  // In the language of the longest words, nothing is cut off, and reasons are told in it.
  await page.locator('.top-bar button:has(> svg[data-icon="globe"])').click();
  await page.getByRole('menuitemradio', { name: 'Русский' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ru');
  await expect(page.getByTestId('footprint-answer')).toHaveAttribute('data-stale', 'false');
  expect(await cutSideways(page.locator('.panel')), 'cut off at the side of the panel').toEqual([]);
  await expect(page.getByTestId('method')).not.toContainText(/without a place|state no population/);
});
