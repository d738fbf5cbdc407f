import type { Page } from '@playwright/test';
import { ask, countOf, digits, execute, expect, idle, layerRow, open, test } from './page.ts';

const mission = `"mission" = 'MINUSMA'`;

test.use({ viewport: { width: 1280, height: 800 } });

/** How many of a layer pass, as its row says. */
const passing = async (page: Page, id: string) => digits((await layerRow(page, id).locator('.layer-head .layer-count').textContent())?.split('of')[0] ?? '');
const shows = (page: Page, id: string, n: number) => expect.poll(() => passing(page, id)).toBe(n);

test('a typed circle filters every layer of points, the table, the charts, the file and the forms of analyses, and undo takes it off', async ({ page }) => {
  await open(page, '#tb=incidents&ch=1');
  const all = await passing(page, 'incidents');
  await page.locator('.maplibregl-canvas').focus();
  await page.keyboard.press('r');
  await page.getByRole('group', { name: 'By place' }).getByLabel('Radius (m)').fill('120000');
  await page.getByRole('group', { name: 'By place' }).getByLabel('Centre').fill('16.27, -0.04');
  await page.keyboard.press('Enter');
  const near = { near: '-0.04,16.27', radius: '120000' };
  const [incidents, bases, routes] = [await countOf(page, 'incidents', { mission: 'MINUSMA', ...near }), await countOf(page, 'bases', { mission: 'MINUSMA', ...near }), await countOf(page, 'routes', { mission: 'MINUSMA' })];
  expect(incidents).toBeGreaterThan(10);
  expect(incidents).toBeLessThan(all / 2);
  await shows(page, 'incidents', incidents);
  await shows(page, 'bases', bases);
  await shows(page, 'routes', routes);
  await expect(page.getByTestId('space')).toContainText('Within 120 km of');
  await expect(page.getByTestId('table-count')).toContainText(`of ${incidents}`);
  await expect(page.getByTestId('finding')).toHaveAttribute('data-count', String(incidents));
  const ied = await countOf(page, 'incidents', { mission: 'MINUSMA', ...near, category: 'ied' });
  await expect(page.locator('[data-chart="category"]')).toContainText(`${ied} of ${incidents}`);
  await page.getByRole('button', { name: 'Download' }).click();
  await expect(page.locator('.download')).toContainText(String(incidents));
  const file = await page.request.get((await page.locator('.download a').first().getAttribute('href')) ?? '');
  expect(((await file.json()) as { features: unknown[] }).features).toHaveLength(incidents);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.url()).toContain('w=c:-0.04,16.27,120000');
  await page.locator('.maplibregl-canvas').focus();
  await page.keyboard.press('a');
  await page.getByRole('button', { name: /Density/ }).first().click();
  const asked = page.locator('[data-input="filter"]').getByRole('textbox');
  await expect(asked).toHaveValue(`${mission} AND S_DWITHIN(geometry, POINT(-0.04 16.27), 120000)`);
  const { total } = await execute(page, 'indicator', { collection: 'incidents', filter: await asked.inputValue(), period: 'none' });
  expect(total.count).toBe(incidents);
  await page.locator('.maplibregl-canvas').focus();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('a');
  await shows(page, 'incidents', all);
  await page.keyboard.press('Control+y');
  await shows(page, 'incidents', incidents);
});

test('a lasso is drawn freehand, stands in the link, and its chip takes it off', async ({ page }) => {
  await open(page, '#m=6/16.3/-1');
  const all = await passing(page, 'incidents');
  await page.getByRole('button', { name: 'Lasso' }).click();
  const box = await page.getByTestId('map').boundingBox();
  const at = (x: number, y: number): [number, number] => [(box?.x ?? 0) + (box?.width ?? 0) * x, (box?.y ?? 0) + (box?.height ?? 0) * y];
  await page.mouse.move(...at(0.5, 0.25));
  await page.mouse.down();
  for (let i = 1; i <= 44; i++) await page.mouse.move(...at(0.5 + 0.22 * Math.sin(i / 7), 0.45 - 0.2 * Math.cos(i / 7)));
  await page.mouse.up();
  await expect(page.getByTestId('space')).toContainText('Inside the drawn area');
  await expect(page.getByTestId('nearest')).toHaveCount(0);
  await idle(page);
  await expect.poll(() => page.url()).toContain('w=p:');
  const ring = (/w=p:([^&]+)/.exec(page.url())?.[1] ?? '').split(';').map((p) => p.split(',').map(Number));
  expect(ring.length).toBeGreaterThan(8);
  expect(ring.length).toBeLessThanOrEqual(80);
  const wkt = [...ring, ...ring.slice(0, 1)].map((p) => p.join(' ')).join(', ');
  const n = await countOf(page, 'incidents', { filter: `${mission} AND S_INTERSECTS(geometry, POLYGON((${wkt})))` });
  expect(n).toBeGreaterThan(0);
  expect(n).toBeLessThan(all);
  await shows(page, 'incidents', n);
  await page.screenshot({ path: 'test-results/space-lasso.png' });
  await page.reload();
  await idle(page);
  await shows(page, 'incidents', n);
  await page.getByTestId('space').getByRole('button', { name: /^Remove the filter/ }).click();
  await shows(page, 'incidents', all);
});

test('corners by keys make an area, over the date line too', async ({ page }) => {
  await open(page, '#ms=*&m=4/0/179');
  await page.locator('.maplibregl-canvas').focus();
  await page.keyboard.press('l');
  const corner = page.getByRole('group', { name: 'By place' }).getByLabel('Or type a corner');
  for (const place of ['-60, 100', '-60, -140', '-60, -20', '60, -20', '60, -140', '60, 100']) {
    await corner.fill(place);
    await page.keyboard.press('Enter');
  }
  await page.getByRole('button', { name: 'Close the shape' }).click();
  await expect.poll(() => page.url()).toContain('w=p:100,-60;-140,-60;-20,-60;-20,60;-140,60;100,60');
  const [there, all] = [await countOf(page, 'incidents', { bbox: '100,-60,-20,60' }), await countOf(page, 'places', { bbox: '100,-60,-20,60' })];
  await shows(page, 'incidents', there);
  await shows(page, 'places', all);
});

test('from a card, about its record by name', async ({ page }) => {
  const { features: [base] } = await ask(page, 'bases/items?mission=MINUSMA&limit=1');
  await open(page, `#at=bases/${base?.id}`);
  await page.getByTestId('details').getByRole('button', { name: 'Filter around it' }).click();
  await expect(page.getByTestId('space')).toContainText(`of ${String(base?.properties.name)}`);
  const metres = /w=c:[^,]+,[^,]+,([\d.]+)/.exec(await page.waitForURL(/w=c:/).then(() => page.url()))?.[1] ?? '';
  const n = await countOf(page, 'incidents', { mission: 'MINUSMA', near: base?.geometry?.coordinates.join(',') ?? '', radius: metres });
  await shows(page, 'incidents', n);
});

test.describe('phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, locale: 'ar' });
  test('draws the circle with a drag', async ({ page }) => {
    await open(page, '#m=6/16.3/-1&l=bases');
    await page.getByRole('button', { name: 'المرشحات' }).click();
    await page.getByRole('button', { name: 'نصف القطر' }).click();
    await page.locator('.sheet-handle').click();
    const box = await page.getByTestId('map').boundingBox();
    const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 3];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 40, y, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => page.url()).toContain('w=c:');
    await idle(page);
    await page.screenshot({ path: 'test-results/space-phone.png' });
  });
});
