import { expect, layerRow, open, test } from './page.ts';

test.describe('a layer that fails', () => {
  test.use({ forgiven: [/status of 500/] });
  test('says why, leaves the others alone, and comes back', async ({ page }) => {
    let broken = true;
    await page.route('**/collections/routes/items*', (route) =>
      broken ? route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify({ title: 'Trouble', status: 500, detail: 'The store is being moved.' }) }) : route.fallback());
    await page.goto('/#ms=MINUSMA');
    await expect(layerRow(page, 'routes').getByRole('alert')).toContainText('The store is being moved. Shown: nothing.');
    await expect(layerRow(page, 'bases').locator('.layer-head .layer-count')).not.toHaveText('–');
    broken = false;
    await layerRow(page, 'routes').getByRole('button', { name: 'Try again' }).click();
    await expect(layerRow(page, 'routes').getByRole('alert')).toBeHidden();
    await expect(layerRow(page, 'routes').locator('.layer-head .layer-count')).not.toHaveText('–');
  });
});

test('a layer that is empty says why and offers a way out', async ({ page }) => {
  await open(page, '#f=bases.name:Atlantis');
  await expect(layerRow(page, 'bases')).toContainText('No record passes the filters.');
  await layerRow(page, 'bases').getByRole('button', { name: 'Clear all' }).click();
  await expect(layerRow(page, 'bases')).not.toContainText('No record');
});

test('a layer that is loading says so', async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/collections/routes/items?*limit=10000*', async (route) => {
    await held;
    await route.fallback();
  });
  await page.goto('/#ms=MINUSMA');
  await expect(layerRow(page, 'routes').getByRole('status')).toHaveText('Loading');
  release();
  await expect(layerRow(page, 'routes').getByRole('status')).toBeHidden();
});

test('without WebGL there is a table and a reason', async ({ page }) => {
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = new Proxy(HTMLCanvasElement.prototype.getContext, {
      apply: (get, canvas, [kind, ...rest]) => (String(kind).startsWith('webgl') ? null : Reflect.apply(get, canvas, [kind, ...rest])),
    });
  });
  await page.goto('/');
  await expect(page.getByTestId('no-map')).toContainText('no WebGL 2');
  await expect(page.locator('tr[data-key]').first()).toBeVisible();
  await page.locator('tr[data-key] button').first().click();
  await expect(page.getByTestId('details')).toBeVisible();
  await page.screenshot({ path: 'test-results/no-webgl.png' });
});

test('a link that makes no sense opens the page all the same', async ({ page }) => {
  await open(page, '#m=99/x&l=%E0%A4%A&f=::&at=nothing/7&tb=nothing');
  await expect(layerRow(page, 'bases')).toBeVisible();
});

test('keys: the list, Escape, skip links', async ({ page }) => {
  await open(page);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('close the nearest card');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.locator('body').press('Tab');
  const link = page.getByRole('button', { name: 'To the map' });
  await link.focus();
  await link.press('Enter');
  await expect(page.locator('.maplibregl-canvas')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('nearest').locator('li')).toHaveCount(5);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('nearest')).toBeHidden();
  await expect(page.locator('.maplibregl-canvas')).toBeFocused();
});
