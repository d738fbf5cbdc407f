import { ask, countOf, digits, expect, idle, layerRow, open, test } from './page.ts';

const mission = 'MINUSMA';

test('every layer states the count that the server has', async ({ page }) => {
  await open(page);
  const answer = (await (await page.request.get('/api/collections', { headers: { Accept: 'application/json' } })).json()) as { collections: { id: string }[] };
  expect(answer.collections.length).toBeGreaterThan(3);
  for (const { id } of answer.collections) {
    const own = await countOf(page, id, { mission }).catch(() => 0);
    const all = own > 0 ? own : await countOf(page, id, {});
    await expect(layerRow(page, id).locator('.layer-head .layer-count'), id).toHaveText(all.toLocaleString('en').replaceAll(',', '\u202f'));
  }
});

test('the map shows the records and says what it shows', async ({ page }) => {
  await open(page);
  const incidents = await countOf(page, 'incidents', { mission });
  const { numberInTiles } = (await (await page.request.get(`/api/collections/incidents/tiles/WebMercatorQuad?f=json&${new URLSearchParams({ filter: `"mission" = '${mission}' AND ("place_precision" IS NULL OR "place_precision" <= 2)` }).toString()}`)).json()) as { numberInTiles: number };
  await expect(page.getByTestId('shown')).toHaveAttribute('data-shown', String(numberInTiles));
  await expect(page.getByTestId('shown')).toHaveAttribute('data-all', String(incidents));
  await expect(page.locator('.classification')).toHaveText('UNCLASSIFIED');
  await expect(page.getByText('Nothing leaves this server')).toBeVisible();
  await expect(page.getByText(/do not imply official endorsement.*Natural Earth.*GeoNames \(CC BY 4\.0\)/)).toBeVisible();
  expect((await page.screenshot()).length).toBeGreaterThan(60_000);
});

test('a filter changes the count to the one that the API gives, and clears', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Add a filter' }).click();
  await page.getByRole('button', { name: /^Incidents Layer/ }).click();
  await page.getByRole('option', { name: 'Bases' }).click();
  await page.getByRole('button', { name: /Field/ }).click();
  await page.getByRole('option', { name: 'Kind', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Battalion' }).locator('xpath=ancestor::label').click();
  const all = await countOf(page, 'bases', { mission });
  const battalions = await countOf(page, 'bases', { mission, kind: 'battalion' });
  expect(battalions).toBeGreaterThan(0);
  expect(battalions).toBeLessThan(all);
  await expect(layerRow(page, 'bases').locator('.layer-head .layer-count')).toHaveText(`${battalions} of ${all}`);
  await expect.poll(() => page.url()).toContain('f=bases.kind:battalion');
  await page.reload();
  await expect(layerRow(page, 'bases').locator('.layer-head .layer-count')).toHaveText(`${battalions} of ${all}`);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(layerRow(page, 'bases').locator('.layer-head .layer-count')).toHaveText(String(all));
});

test('a mission is chosen, and the layers follow', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: /^Mission: MINUSMA/ }).click();
  await page.getByRole('menuitemradio', { name: /MINUSCA|Central African/ }).click();
  await expect(layerRow(page, 'bases').locator('.layer-head .layer-count')).toHaveText(String(await countOf(page, 'bases', { mission: 'MINUSCA' })));
  await idle(page);
  await expect.poll(() => page.url()).toContain('ms=MINUSCA');
});

test('a click asks for the nearest bases, as the API measures', async ({ page }) => {
  await open(page, '#m=8/17.6000/-5.0000');
  const box = await page.getByTestId('map').boundingBox();
  await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) * 0.4, (box?.y ?? 0) + (box?.height ?? 0) * 0.5);
  const card = page.getByTestId('nearest');
  await expect(card.locator('li')).toHaveCount(5);
  const shown = await card.locator('[data-distance]').evaluateAll((all) => all.map((e) => Number((e as HTMLElement).dataset.distance)));
  expect(shown).toEqual([...shown].sort((a, b) => a - b));
  const first = await card.locator('li b').first().textContent();
  const place = await page.evaluate(() => performance.getEntriesByType('resource').map((r) => new URL(r.name).searchParams.get('near')).filter(Boolean).at(-1));
  const { features } = await ask(page, `bases/items?${new URLSearchParams({ mission, near: place ?? '', k: '5' }).toString()}`);
  expect(features.map((f) => f.properties.distance_m)).toEqual(shown);
  expect(features[0]?.properties.name).toBe(first);
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
});

test('a record says its source and how far it can be trusted', async ({ page }) => {
  const { features } = await ask(page, `bases/items?mission=${mission}`);
  const gao = features.find((f) => f.properties.name === 'Gao');
  await open(page, `#at=bases/${gao?.id}`);
  const card = page.getByTestId('details');
  await expect(card.getByRole('heading')).toHaveText('Gao');
  await expect(card.getByText('Source', { exact: true })).toBeVisible();
  await expect(card.getByText('Confidence', { exact: true })).toBeVisible();
  await card.getByRole('button', { name: 'Nearest bases' }).click();
  await expect(page.getByTestId('nearest').locator('li b').first()).toHaveText('Gao');
});

test('a hidden layer leaves the map, its key and the link', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Show Routes' }).click();
  await expect(layerRow(page, 'routes')).toHaveAttribute('data-visible', 'false');
  await expect(layerRow(page, 'routes').locator('.legend')).toBeHidden();
  await expect.poll(() => page.url()).toMatch(/l=[^&]*bases/);
  expect(new URL(page.url()).hash).not.toMatch(/l=[^&]*routes/);
});

test('goes to names and to coordinates in four forms, and says what is wrong', async ({ page }) => {
  await open(page);
  const field = page.getByRole('combobox');
  await page.keyboard.press('/');
  await expect(field).toBeFocused();
  await field.fill('gao');
  await page.getByRole('option', { name: /^Gao.*Bases/ }).click();
  await expect(page.getByTestId('details').getByRole('heading')).toHaveText('Gao');
  for (const text of ['15.2389, -1.8393', "15°14'20.0\"N 1°50'21.5\"W", '30PXB2464985076', '30P 624649 1685076']) {
    await field.fill(text);
    await field.press('Enter');
    await expect(page.getByTestId('nearest').locator('li')).toHaveCount(5);
    await expect(page.getByTestId('nearest').locator('header')).toContainText('30PXB 246');
    await page.keyboard.press('Escape');
  }
  await field.fill('30QZZ 81740 00000');
  await expect(page.locator('.goto-empty')).toContainText('There is no square ZZ');
});

test('coordinates are written in the way that was chosen', async ({ page }) => {
  await open(page, '#m=7/15.0000/-3.0000');
  await expect(page.getByTestId('coords')).toHaveText('30PWB 00000 58325');
  for (const [name, text] of [['Decimal degrees', '15.0000° N, 3.0000° W'], ['Degrees, minutes, seconds', '15°00′00.0″ N 3°00′00.0″ W'], ['UTM', '30P 500000 1658326']] as const) {
    await page.getByRole('button', { name: /How coordinates are written/ }).click();
    await page.getByRole('menuitemradio', { name: new RegExp(`^${name}`) }).click();
    await expect(page.getByTestId('coords')).toHaveText(text);
  }
});

test('the table holds the same records', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: /^Table/ }).click();
  await page.getByRole('tab', { name: /Bases/ }).click();
  const bases = await countOf(page, 'bases', { mission });
  await expect(page.getByTestId('table-count')).toHaveText(`${bases} of ${bases} rows`);
  await page.locator('tr[data-key] button').first().click();
  await expect(page.locator('tr[aria-selected="true"]')).toHaveCount(1);
  await expect(page.getByTestId('details')).toBeVisible();
  await page.getByRole('button', { name: 'Close the table' }).click();
  await page.getByRole('button', { name: 'Show Places' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Table/ }).click();
  await page.getByRole('tab', { name: /Places/ }).click();
  const places = await countOf(page, 'places', {});
  await expect.poll(async () => digits((await page.getByTestId('table-count').textContent())?.split('of')[1] ?? '')).toBe(places);
  if (await page.getByRole('button', { name: 'Load all' }).isVisible()) await page.getByRole('button', { name: 'Load all' }).click();
  await expect.poll(async () => digits((await page.getByTestId('table-count').textContent())?.split('of')[0] ?? '')).toBe(places);
});
