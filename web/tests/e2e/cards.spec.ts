import { ask, countOf, digits, expect, idle, open, test } from './page.ts';

test('an incident says what, where, who was hurt and how well it is known; help is near', async ({ page }) => {
  const { features } = await ask(page, `incidents/items?${new URLSearchParams({ mission: 'MINUSMA', filter: "outcome = 'detonated' AND category = 'ied' AND route = 'RN16' AND place_precision = 1 AND killed > 0", limit: '1' }).toString()}`);
  const [incident] = features;
  const { killed, injured, reliability, credibility } = incident?.properties ?? {};
  await open(page, `#at=incidents/${incident?.id}`);
  const card = page.getByTestId('details');
  await expect(card.getByRole('heading')).toHaveText('Detonation on RN16');
  await expect(card.locator('header p')).toHaveText(/^(At .+|[\d.]+ k?m (north|south|east|west)(-east|-west)? of .+) · \d{1,2} \w+ \d{4}$/);
  expect(digits(await card.locator('[data-figure="killed"]').textContent())).toBe(killed);
  expect(digits(await card.locator('[data-figure="injured"]').textContent())).toBe(injured);
  await expect(card.locator('.grade')).toHaveText(`${String(reliability)}${String(credibility)}`);
  await expect(card).toContainText('synthetic');
  await card.getByRole('button', { name: 'Nearest help' }).click();
  const near = page.getByTestId('incidents-near');
  const [lon, lat] = incident?.geometry?.coordinates ?? [0, 0];
  const query = { mission: 'MINUSMA', near: `${lon},${lat}`, radius: '25000' };
  await expect(near).toHaveAttribute('data-all', String(await countOf(page, 'incidents', query)));
  await expect(near).toHaveAttribute('data-found', String(await countOf(page, 'incidents', { ...query, filter: "outcome IN ('found','disarmed')" })));
  await expect(near).toContainText('within 25 km in this period');
  await idle(page);
  await page.screenshot({ path: 'test-results/cards.png' });
  await card.getByRole('button', { name: 'Open record' }).click();
  const sheet = page.getByRole('dialog');
  await expect(sheet).toContainText(`Incidents, no. ${incident?.id}`);
  await expect(sheet).toContainText('Time precision');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(card).toBeVisible();
});

test('the incidents near a place follow the time', async ({ page }) => {
  await open(page, '#t=2016-01-01/2016-12-31&m=8/16.2700/-0.0400&l=bases,incidents');
  await page.locator('.maplibregl-canvas').focus();
  await page.keyboard.press('Enter');
  const near = page.getByTestId('incidents-near');
  const query = { mission: 'MINUSMA', near: '-0.04,16.27', radius: '25000' };
  const year = await countOf(page, 'incidents', { ...query, datetime: '2016-01-01/2016-12-31' });
  expect(year).toBeLessThan(await countOf(page, 'incidents', query));
  await expect(near).toHaveAttribute('data-all', String(year));
});
