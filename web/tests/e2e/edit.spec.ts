// Records are added, moved, reshaped, edited and removed, on the map and by form; each gesture is one change that the server holds.
import type { Page, Request } from '@playwright/test';
import { ask, expect, idle, open, test } from './page.ts';

interface Feature {
  id: number;
  geometry: { type: string; coordinates: unknown } | null;
  properties: Record<string, unknown>;
}

const geojson = { Accept: 'application/geo+json' };
const record = async (page: Page, collection: string, key: number) => (await (await page.request.get(`/api/collections/${collection}/items/${key}`, { headers: geojson })).json()) as Feature;
const versions = async (page: Page) => ((await (await page.request.get('/api/changes?limit=1')).json()) as { changes: { version: number }[] }).changes[0]?.version ?? 0;

/** A record of the test's own, through the API. */
async function made(page: Page, collection: string, geometry: Feature['geometry'], properties: Record<string, unknown>): Promise<number> {
  const answer = await page.request.post(`/api/collections/${collection}/items`, { data: { type: 'Feature', geometry, properties: { mission: 'MINUSMA', ...properties } } });
  expect(answer.status(), await answer.text()).toBe(201);
  return ((await answer.json()) as Feature).id;
}

const point = (lon: number, lat: number) => ({ type: 'Point', coordinates: [lon, lat] });
const form = (page: Page) => page.getByTestId('record-form');
const toast = (page: Page) => page.locator('.toast p');
const edit = async (page: Page) => {
  await page.locator('.top-bar').getByRole('button', { name: 'Edit', exact: true }).click();
  await expect(page.locator('.top-bar').getByRole('button', { name: 'Edit', exact: true })).toHaveAttribute('aria-pressed', 'true');
};

async function spot(page: Page, x: number, y: number): Promise<[number, number]> {
  const box = await page.getByTestId('map').boundingBox();
  return [(box?.x ?? 0) + (box?.width ?? 0) * x, (box?.y ?? 0) + (box?.height ?? 0) * y];
}

async function drag(page: Page, handle: string, dx: number, dy: number) {
  const box = await page.locator(`[data-handle="${handle}"]`).boundingBox();
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx / 2, y + dy / 2);
  await page.mouse.move(x + dx, y + dy);
  await page.mouse.up();
}

/** Resolves when the page asks nothing of these addresses, and has not for half a second. */
function quietOf(page: Page, about: (url: string) => boolean) {
  const asked = new Set<Request>();
  let last = Date.now();
  const over = (r: Request) => asked.delete(r) && (last = Date.now());
  page.on('request', (r) => about(r.url()) && asked.add(r));
  page.on('requestfinished', over);
  page.on('requestfailed', over);
  return () => expect.poll(() => asked.size === 0 && Date.now() - last > 500).toBe(true);
}

test.use({ changesRecords: true });
test('a point is added by a click and a form, moved in one step, and both are undone and redone', async ({ page }) => {
  await open(page, '#m=8/18.5000/-4.0000&l=bases');
  await edit(page);
  await page.getByRole('button', { name: 'Point', exact: true }).click();
  await page.mouse.click(...(await spot(page, 0.3, 0.4)));
  await form(page).getByLabel('Name').fill('Camp Alpha');
  await form(page).getByLabel('Kind').fill('Company');
  await form(page).getByRole('textbox', { name: 'Beds' }).fill('6');
  await form(page).getByLabel('Why').fill('Récit d’une reconnaissance');
  const before = await versions(page);
  await form(page).getByRole('button', { name: 'Save' }).click();
  await expect(toast(page)).toContainText('Added: Camp Alpha');
  expect(await versions(page)).toBe(before + 1);
  const key = Number(/at=bases\/(\d+)/.exec(await page.evaluate(() => new Promise<string>((r) => setTimeout(() => r(location.hash), 300))))?.[1]);
  const first = await record(page, 'bases', key);
  expect(first.properties).toMatchObject({ name: 'Camp Alpha', kind: 'company', beds: 6, mission: 'MINUSMA' });
  const { history } = (await (await page.request.get(`/api/collections/bases/items/${key}/history`)).json()) as { history: { reason: string }[] };
  expect(history[0]?.reason).toBe('Récit d’une reconnaissance');

  await drag(page, 'vertex-', 60, 30);
  await expect(toast(page)).toContainText('Shape saved: Camp Alpha');
  expect(await versions(page), 'one drag is one change').toBe(before + 2);
  const second = await record(page, 'bases', key);
  expect(second.geometry).not.toEqual(first.geometry);
  expect(second.properties).toEqual(first.properties);

  await page.locator('.maplibregl-canvas').focus();
  const quiet = quietOf(page, (url) => url.includes(`/items/${key}`) || url.endsWith('/undo'));
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await record(page, 'bases', key)).geometry).toEqual(first.geometry);
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(async () => (await record(page, 'bases', key)).geometry).toEqual(second.geometry);
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await record(page, 'bases', key)).geometry).toEqual(first.geometry);
  // The page reads the record again after each step; were it gone by then, that reading would be in vain.
  await quiet();
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await page.request.get(`/api/collections/bases/items/${key}`)).status()).toBe(404);
  // What is gone is not shown, nor asked for.
  await expect.poll(() => page.evaluate(() => location.hash)).not.toContain(`at=bases/${key}`);
});

test('an area is drawn, reshaped by its corners with pointer and keys, and removed by name', async ({ page }) => {
  await open(page, '#m=8/18.5000/-4.0000&l=hazards');
  await edit(page);
  await page.getByRole('button', { name: /^Add to/ }).or(page.getByRole('button', { name: /Add to$/ })).first().click();
  await page.getByRole('option', { name: 'Hazard areas' }).click();
  await page.getByRole('button', { name: 'Area', exact: true }).click();
  for (const [x, y] of [[0.3, 0.3], [0.6, 0.3], [0.6, 0.6]] as const) await page.mouse.click(...(await spot(page, x, y)));
  await page.keyboard.press('Enter');
  await form(page).getByLabel('Kind').fill('Suspected');
  await form(page).getByRole('button', { name: 'Save' }).click();
  await expect(toast(page)).toContainText('Added');
  await expect.poll(() => page.url()).toMatch(/at=hazards\/\d+/);
  const key = Number(/at=hazards\/(\d+)/.exec(page.url())?.[1]);
  const ring = async () => ((await record(page, 'hazards', key)).geometry?.coordinates as number[][][])[0] ?? [];
  expect(await ring()).toHaveLength(4);

  await drag(page, 'middle-0.1', 0, -40);
  await expect.poll(async () => (await ring()).length).toBe(5);
  const added = await ring();
  await page.locator('[data-handle="vertex-0.1"]').focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowUp');
  await expect.poll(async () => ((await ring())[1]?.[1] ?? 0) - (added[1]?.[1] ?? 0)).toBeGreaterThan(0);
  await page.locator('[data-handle="vertex-0.1"]').focus();
  await page.keyboard.press('Delete');
  await expect.poll(async () => (await ring()).length).toBe(4);
  const whole = await ring();
  await drag(page, 'whole', 30, 0);
  await expect.poll(async () => (await ring()).map((p, i) => (p[0] ?? 0) > (whole[i]?.[0] ?? 0))).toEqual([true, true, true, true]);

  await form(page).getByRole('button', { name: 'Remove', exact: true }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByRole('heading')).toContainText(`no. ${key}`);
  await dialog.getByRole('button', { name: /^Remove/ }).click();
  await expect.poll(async () => (await page.request.get(`/api/collections/hazards/items/${key}`)).status()).toBe(404);
  await toast(page).getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await page.request.get(`/api/collections/hazards/items/${key}`)).status()).toBe(200);
});

test.describe('what is wrong', () => {
  test.use({ forgiven: [/status of 400/] });
  test('stands at the field that the server names, and nothing is lost', async ({ page }) => {
    const key = await made(page, 'bases', point(-4.5, 18.4), { name: 'Camp Bravo', beds: 4 });
    await open(page, `#m=8/18.5000/-4.0000&l=bases&at=bases/${key}`);
    await edit(page);
    await form(page).getByRole('textbox', { name: 'Beds' }).fill('2.5');
    await form(page).getByLabel('Name').fill('Camp Bravo 2');
    await form(page).getByRole('button', { name: 'Save' }).click();
    await expect(form(page).locator('[data-field="beds"] .field-error')).not.toBeEmpty();
    expect((await record(page, 'bases', key)).properties).toMatchObject({ name: 'Camp Bravo', beds: 4 });
    await form(page).getByRole('textbox', { name: 'Beds' }).fill('5');
    await form(page).getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await record(page, 'bases', key)).properties).toMatchObject({ name: 'Camp Bravo 2', beds: 5 });
  });
});

test('without the map a record is made and moved by typing, in any notation', async ({ page }) => {
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = new Proxy(HTMLCanvasElement.prototype.getContext, {
      apply: (get, canvas, [kind, ...rest]) => (String(kind).startsWith('webgl') ? null : Reflect.apply(get, canvas, [kind, ...rest])),
    });
  });
  await page.goto('/#tb=corridors');
  await edit(page);
  await page.getByRole('button', { name: /Add to/ }).first().click();
  await page.getByRole('option', { name: 'Corridors' }).click();
  await page.getByRole('button', { name: 'By form' }).click();
  const corner = form(page).getByRole('textbox', { name: 'Or type a corner' });
  for (const text of ['18.1, -4.2', "18°30'00\"N 4°00'00\"W"]) {
    await corner.fill(text);
    await corner.press('Enter');
  }
  const last = form(page).getByRole('textbox', { name: 'Corner 2' });
  await last.fill('30QVE 00000 00000');
  await last.press('Enter');
  await form(page).getByLabel('Name').fill('Track by hand');
  await form(page).getByRole('button', { name: 'Save' }).click();
  await expect(toast(page)).toContainText('Added: Track by hand');
  const { features } = await ask(page, `corridors/items?${new URLSearchParams({ filter: "name = 'Track by hand'" }).toString()}`);
  const [from, to] = features[0]?.geometry?.coordinates as unknown as [number[], number[]];
  expect(from).toEqual([-4.2, 18.1]);
  expect(to?.[0]).toBeCloseTo(-3.94, 1);
});

test.describe('two at one record', () => {
  test.use({ forgiven: [/status of 412/] });
  test('are shown each other’s versions, and what is chosen is one change', async ({ page }) => {
    const key = await made(page, 'bases', point(-4.2, 18.6), { name: 'Camp Charlie', beds: 4, capacity: 100 });
    await open(page, `#m=8/18.5000/-4.0000&l=bases&at=bases/${key}`);
    await edit(page);
    await form(page).getByLabel('Name').fill('Camp Charlie mine');
    await form(page).getByRole('textbox', { name: 'Beds' }).fill('8');
    const theirs = await page.request.patch(`/api/collections/bases/items/${key}`, { data: { geometry: point(-4.0, 18.7), properties: { name: 'Camp Charlie theirs', capacity: 150 } }, headers: { 'Content-Type': 'application/merge-patch+json' } });
    expect(theirs.ok()).toBe(true);
    await form(page).getByRole('button', { name: 'Save' }).click();
    const dialog = page.getByTestId('decision');
    await expect(dialog.locator('[data-difference]')).toHaveCount(4);
    await expect(dialog.locator('[data-difference="name"]')).toHaveAttribute('data-by', 'both');
    await expect(dialog.locator('[data-difference="beds"]')).toHaveAttribute('data-by', 'me');
    await expect(dialog.locator('[data-difference="geometry"]')).toHaveAttribute('data-by', 'them');
    await idle(page);
    await page.screenshot({ path: 'test-results/edit-conflict.png' });
    await dialog.locator('[data-difference="name"] label').nth(1).click();
    const before = await versions(page);
    await dialog.getByRole('button', { name: 'Save what is chosen' }).click();
    await expect(dialog).toBeHidden();
    expect(await versions(page)).toBe(before + 1);
    const after = await record(page, 'bases', key);
    expect(after.properties).toMatchObject({ name: 'Camp Charlie theirs', beds: 8, capacity: 150 });
    expect(after.geometry).toEqual(point(-4.0, 18.7));
  });
});

test.describe('what is not saved', () => {
  test.use({ forgiven: [/Failed to load resource/] });
  test('survives a reload and a broken line', async ({ page }) => {
    const key = await made(page, 'bases', point(-4.4, 18.2), { name: 'Camp Delta' });
    await open(page, `#m=8/18.5000/-4.0000&l=bases&at=bases/${key}`);
    await edit(page);
    await form(page).getByLabel('Name').fill('Camp Delta anew');
    await page.reload();
    await page.getByTestId('draft-offer').getByRole('button', { name: 'Continue' }).click();
    await expect(form(page).getByLabel('Name')).toHaveValue('Camp Delta anew');
    await page.route(`**/collections/bases/items/${key}`, (route) => (route.request().method() === 'PATCH' ? route.abort() : route.fallback()));
    await form(page).getByRole('button', { name: 'Save' }).click();
    await expect(form(page).getByRole('alert')).toContainText('kept in this browser');
    await page.unroute(`**/collections/bases/items/${key}`);
    await form(page).getByRole('button', { name: 'Save' }).click();
    await expect(toast(page)).toContainText('Saved: Camp Delta anew');
    expect((await record(page, 'bases', key)).properties.name).toBe('Camp Delta anew');
    await page.reload();
    await idle(page);
    await expect(page.getByTestId('draft-offer')).toHaveCount(0);
  });
});
