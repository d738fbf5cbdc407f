import type { Page } from '@playwright/test';
import { ask, digits, expect, idle, open, test } from './page.ts';

interface Shaped {
  geometry: { type: string };
  properties: Record<string, number>;
}
interface Result {
  bases: { key: number | null; inside: number; population: number }[];
  collections: { id: string; inside: number; only_one: number; none: number; selected: number }[];
  population: { reached: number; total: number };
  rings: { features: Shaped[] };
  union: Shaped;
  overlap: { features: Shaped[] };
  gaps: Shaped | null;
}

async function run(page: Page, inputs: Record<string, unknown>): Promise<Result> {
  const answer = await page.request.post('/api/processes/footprint/execution', { data: { inputs } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as { result: Result }).result;
}

const answer = (page: Page) => page.getByTestId('footprint-answer');
const drawn = async (page: Page) => (await page.locator('[data-drawn]').evaluateAll((all) => all.map((e) => (e as HTMLElement).dataset.drawn ?? ''))).map((t) => ({ type: 'Point', coordinates: t.split(',').map(Number) }));

/** The page's numbers and areas are those of the API, for what is drawn and chosen now. */
async function agrees(page: Page, inputs: Record<string, unknown>) {
  const places = await drawn(page);
  const result = await run(page, { bases: [], ...(places.length ? { places } : {}), ...inputs });
  await expect(answer(page)).toHaveAttribute('data-stale', 'false');
  await expect.poll(() => areas(page)).toEqual([result.union, ...result.overlap.features, ...(result.gaps ? [result.gaps] : [])].map((f) => f.properties.area_m2));
  for (const share of result.collections) {
    const cells = await answer(page).locator(`[data-collection="${share.id}"] td`).allTextContents();
    expect(cells.map(digits), share.id).toEqual([share.inside, share.only_one, share.none, share.selected]);
  }
  const finding = (await answer(page).locator('.finding').textContent()) ?? '';
  expect(finding.replace(/^\d+ bases? reach(es)? /, '').split(' of ').map(digits)).toEqual([result.population.reached, result.population.total]);
  await expect(page.getByTestId('map-answer')).toHaveText(finding);
  return result;
}

const areas = (page: Page) => answer(page).locator('[data-area]').evaluateAll((all) => all.map((e) => Number((e as HTMLElement).dataset.area)));

async function place(page: Page, x: number, y: number) {
  const box = await page.getByTestId('map').boundingBox();
  return [(box?.x ?? 0) + (box?.width ?? 0) * x, (box?.y ?? 0) + (box?.height ?? 0) * y] as const;
}

async function drawTwo(page: Page) {
  await page.getByRole('button', { name: 'Draw or pick a footprint' }).click();
  await page.getByRole('button', { name: 'Place on the map' }).click();
  for (const x of [0.45, 0.55]) await page.mouse.click(...(await place(page, x, 0.4)));
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-drawn]')).toHaveCount(2);
}

const view = '#m=6/16.5000/-2.0000&l=bases';

test('new bases are placed, typed and dragged, and the rings follow the server', async ({ page }) => {
  await open(page, view);
  await drawTwo(page);
  const first = await agrees(page, { radius_m: 50_000 });
  expect(first.rings.features).toHaveLength(2);
  await page.getByRole('textbox', { name: 'Radius' }).fill('120');
  await page.keyboard.press('Enter');
  const wide = await agrees(page, { radius_m: 120_000 });
  expect(wide.overlap.features.length).toBeGreaterThan(0);
  await idle(page);
  await page.screenshot({ path: 'test-results/rings-two.png' });

  const handle = page.locator('[data-handle="base-0"]');
  const box = await handle.boundingBox();
  const [x, y] = [(box?.x ?? 0) + 13, (box?.y ?? 0) + 13];
  const before = await drawn(page);
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 1; i <= 12; i++) await page.mouse.move(x + i * 6, y + i * 4);
  await page.mouse.up();
  const after = await drawn(page);
  expect(after[0]).not.toEqual(before[0]);
  expect(after[1]).toEqual(before[1]);
  await agrees(page, { radius_m: 120_000 });
  await page.keyboard.press('Control+z');
  expect(await drawn(page)).toEqual(before);
  await page.getByRole('button', { name: 'Redo' }).click();
  expect(await drawn(page)).toEqual(after);

  const field = page.getByRole('region', { name: 'New bases' }).getByRole('textbox');
  await field.fill('30PXB 24649 85076');
  await field.press('Enter');
  await expect(page.locator('[data-drawn]')).toHaveCount(3);
  await agrees(page, { radius_m: 120_000 });
  await page.getByRole('button', { name: 'Remove New base 2' }).click();
  await agrees(page, { radius_m: 120_000 });
  await expect.poll(() => decodeURIComponent(page.url())).toMatch(/fp=@120000&d=b:[-\d.]+,[-\d.]+;[-\d.]+,[-\d.]+$/);
});

test('the slider moves the radius of picked bases, one undo a drag', async ({ page }) => {
  const { features } = await ask(page, 'bases/items?mission=MINUSMA');
  const keys = ['Gao', 'Ansongo'].map((name) => features.find((f) => f.properties.name === name)?.id);
  await open(page, `#l=bases&fp=${keys.join('.')}@60000`);
  await page.keyboard.press('f');
  await agrees(page, { bases: keys, radius_m: 60_000 });
  const slider = page.getByRole('slider', { name: 'Radius' });
  await page.locator('.slider-thumb').scrollIntoViewIfNeeded();
  const box = await page.locator('.slider-thumb').boundingBox();
  const [x, y] = [(box?.x ?? 0) + 8, (box?.y ?? 0) + 8];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 1; i <= 20; i++) await page.mouse.move(x + i * 3, y);
  await page.mouse.up();
  const km = Number(await slider.inputValue());
  expect(km).toBeGreaterThan(70);
  await agrees(page, { bases: keys, radius_m: km * 1000 });
  await page.getByRole('button', { name: 'Undo' }).click();
  await agrees(page, { bases: keys, radius_m: 60_000 });
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await agrees(page, { bases: keys, radius_m: 61_000 });
});

test('gaps in a drawn rectangle, polygon and known area are those of the API', async ({ page }) => {
  await open(page, view);
  await drawTwo(page);
  await page.getByRole('button', { name: 'Rectangle' }).click();
  await page.mouse.click(...(await place(page, 0.4, 0.25)));
  await page.mouse.click(...(await place(page, 0.7, 0.6)));
  const ring = async () => {
    await expect.poll(() => page.url()).toMatch(/w:/);
    await page.waitForTimeout(400);
    return (/w:([-\d.,;]+)/.exec(decodeURIComponent(page.url()))?.[1] ?? '').split(';').map((p) => p.split(',').map(Number));
  };
  const box = await ring();
  expect(box).toHaveLength(4);
  const within = { type: 'Polygon', coordinates: [[...box, box[0]]] };
  const { gaps } = await agrees(page, { radius_m: 50_000, within });
  const share = gaps?.properties.share ?? 0;
  expect(share).toBeGreaterThan(0.1);
  const whole = Number(await page.locator('.drawn-area').getAttribute('data-square-metres'));
  expect(Math.abs(whole / ((gaps?.properties.area_m2 ?? 0) / share) - 1)).toBeLessThan(1e-5);
  await expect(page.getByTestId('gaps')).toContainText('of the area are beyond all of them');
  await idle(page);
  await page.screenshot({ path: 'test-results/rings-gaps.png' });

  await page.getByRole('button', { name: 'Remove the area' }).click();
  await page.getByRole('button', { name: 'Polygon' }).click();
  const field = page.getByRole('textbox', { name: 'Or type a corner' });
  for (const corner of ['15, -5', '15, 0', '18, 0']) {
    await field.fill(corner);
    await field.press('Enter');
  }
  await page.getByRole('button', { name: 'Close the shape' }).click();
  await agrees(page, { radius_m: 50_000, within: { type: 'Polygon', coordinates: [[[-5, 15], [0, 15], [0, 18], [-5, 15]]] } });
});

test('a known area is one of the area records', async ({ page }) => {
  const { features } = await ask(page, 'areas/items?mission=MINUSMA');
  const area = features.find((f) => (f.geometry as unknown as { type: string } | null)?.type.endsWith('Polygon'));
  expect(area, 'the sample has areas').toBeDefined();
  await open(page, view);
  await drawTwo(page);
  await page.getByRole('button', { name: /Or a known area/ }).click();
  await page.getByRole('option', { name: new RegExp(`^${String(area?.properties.name)}`) }).first().click();
  await agrees(page, { radius_m: 50_000, within: area?.geometry });
  await expect.poll(() => page.url()).toContain(`r:areas.${area?.id}`);
});

test('without WebGL the form draws and answers all the same', async ({ page }) => {
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = new Proxy(HTMLCanvasElement.prototype.getContext, {
      apply: (get, canvas, [kind, ...rest]) => (String(kind).startsWith('webgl') ? null : Reflect.apply(get, canvas, [kind, ...rest])),
    });
  });
  await page.goto('/');
  await expect(page.getByTestId('no-map')).toContainText('no WebGL 2');
  await page.getByRole('button', { name: 'Draw or pick a footprint' }).click();
  const field = page.getByRole('region', { name: 'New bases' }).getByRole('textbox');
  await field.fill('16.5, -2');
  await field.press('Enter');
  await expect(answer(page)).toHaveAttribute('data-stale', 'false');
  const result = await run(page, { bases: [], places: [{ type: 'Point', coordinates: [-2, 16.5] }], radius_m: 50_000 });
  expect(await areas(page)).toEqual([result.union.properties.area_m2]);
  await page.screenshot({ path: 'test-results/rings-no-webgl.png' });
});
