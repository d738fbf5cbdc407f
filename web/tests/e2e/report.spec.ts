import { execFileSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { cutOff, execute, expect, open, test } from './page.ts';

// Each map is drawn by software, on paper at twice the pixels.
test.slow();
test.setTimeout(300_000);
test.use({ viewport: { width: 1440, height: 900 }, changesRecords: true });

const bases = `"mission" = 'MINUSMA'`;
const asked = { mission: 'MINUSMA', bases, incidents: bases };
const mali = '#m=4.6/16.5/-2&ms=MINUSMA&ws=plan';

/* eslint-disable @typescript-eslint/no-explicit-any -- each process answers in its own shape */
const numbers = (answer: any, name: string): number[] => answer.numbers.filter((n: any) => n.measure === name).map((n: any) => n.value);
/* eslint-enable @typescript-eslint/no-explicit-any */

const report = (page: Page) => page.getByTestId('report');

/** Opens the report from the workspace and waits until its maps are drawn. */
async function openReport(page: Page) {
  await page.locator('.planning .section-head .button:has(> [data-icon="print"])').click();
  await ready(page);
}

async function ready(page: Page) {
  await expect(page.locator('.print-bar .button.primary')).toBeEnabled({ timeout: 180_000 });
}

/** As many A4 pages upright as the report says it has, none of which is cut. */
async function printed(page: Page, path: string) {
  const sheets = report(page).locator('.sheet-a4');
  const count = await sheets.count();
  const pdf = await page.pdf({ path, preferCSSPageSize: true, printBackground: true });
  const text = pdf.toString('latin1');
  expect(text.match(/\/Type\s*\/Page\b/g)).toHaveLength(count);
  const [, , right = 0, top = 0] = (/\/MediaBox\s*\[([^\]]+)\]/.exec(text)?.[1] ?? '').trim().split(/\s+/).map(Number);
  expect(Math.abs(right - 595.3)).toBeLessThan(1.5);
  expect(Math.abs(top - 841.9)).toBeLessThan(1.5);
  for (const sheet of await sheets.all()) expect(await cutOff(sheet), `cut off on page ${await sheet.getAttribute('data-page')}`).toEqual([]);
  const wide = await report(page).evaluate((all) => [...all.querySelectorAll<HTMLElement>('.report-table :is(th, td)')].filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent));
  expect(wide, 'cells that are wider than their column').toEqual([]);
  return count;
}

/** On screen: the PDFs beside show the others, and each picture of a sheet takes many seconds. */
async function pictures(page: Page) {
  await page.emulateMedia({ media: 'print' });
  for (const sheet of await report(page).locator('.sheet-a4').all()) await sheet.screenshot({ path: `test-results/report-${await sheet.getAttribute('data-page')}.png` });
  await page.emulateMedia({ media: null });
}

test('the report of a kept scenario: every number is the server’s, each page is marked and whole, and the bundle holds the same', async ({ page }) => {
  await open(page, `${mali}&s=i:drawdown-2023~d:2023-08-31`);
  await openReport(page);
  const compared = await execute(page, 'scenario-compare', { ...asked, scenarios: ['drawdown-2023@2023-08-31'] });
  const changes = report(page).getByTestId('report-changes');
  for (const name of ['bases', 'people_in_time', 'people_two_bases', 'cost_year']) {
    const cells = changes.locator(`[data-measure="${name}"] [data-value]`);
    await expect(cells).toHaveCount(2);
    for (const [i, value] of numbers(compared, name).entries()) await expect(cells.nth(i)).toHaveAttribute('data-value', String(value));
  }
  const medical = { mission: 'MINUSMA', bases_filter: bases, modes: ['air'] };
  const now = (await execute(page, 'casevac-surface', medical)).counts[0] as { surgery: number; records: number };
  await expect(changes.locator('[data-measure="places_surgery"] [data-value]').first()).toHaveAttribute('data-value', String(now.surgery));
  await expect(report(page).getByTestId('report-lead')).toContainText(`of ${now.records} places are within 2 h 00 of surgery`);
  const scores = compared.scores as { option: string; support: number }[];
  await expect(report(page).locator('[data-factor="support"] bdi').first()).toHaveText(['As it is', 'Drawdown'].map((start) => Math.round(100 * (scores.find((s) => s.option.startsWith(start))?.support ?? NaN))).join(' · '));
  const pages = await printed(page, 'test-results/report.pdf');
  await expect(report(page).locator('.sheet-marking')).toHaveText(Array.from({ length: 2 * pages }, () => 'UNCLASSIFIED'), { ignoreCase: true });
  for (let n = 1; n <= pages; n++) await expect(report(page).locator(`[data-page="${n}"] .sheet-foot`)).toContainText(`Page ${n} of ${pages}`);
  await expect(report(page).locator('.sheet-foot').first()).toContainText('do not imply official endorsement');
  for (const part of ['[data-act="close"]', '[data-parameter="within_min"]', '[data-testid="report-rows-compare"]', '.report-warning']) await expect(report(page).locator(part).first()).toBeVisible();
  await page.getByLabel('Author').fill('J. Planner');
  await expect(report(page).getByTestId('report-cover')).toContainText('J. Planner');
  await pictures(page);

  await page.getByLabel('Title', { exact: true }).fill('Three bases can close');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Bundle (ZIP)' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('Three-bases-can-close.zip');
  await download.saveAs('test-results/report.zip');
  const file = (name: string) => execFileSync('/usr/bin/python3', ['-c', 'import sys,zipfile;sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))', 'test-results/report.zip', name], { encoding: 'utf8', maxBuffer: 1 << 26 });
  const readme = file('README.txt');
  expect(readme).toContain('Three bases can close');
  expect(readme).toContain('Author: J. Planner');
  expect(readme.match(/^bivouac run /gm)).toHaveLength(5);
  expect(numbers((JSON.parse(file('answers/compare.json')) as { result: unknown }).result, 'people_in_time')).toEqual(numbers(compared, 'people_in_time'));
});

test('a draft and a kept scenario side by side in Arabic: right to left, and whole', async ({ page }) => {
  const draft = encodeURIComponent(JSON.stringify([{ act: 'merge', target: 11, into: 4 }, { act: 'change', target: 8, fields: { medical_level: 'L2', surgical_module: true } }, { act: 'open', to: { type: 'Point', coordinates: [-1.5, 15.2] }, fields: { name: 'New', kind: 'company', status: 'open' } }]));
  await page.addInitScript(() => localStorage.setItem('bivouac.language', 'ar'));
  await open(page, `${mali}&s=c:${draft}~t:Surgery%20at%20Menaka`);
  await openReport(page);
  await page.locator('.report-choices .check').nth(1).click();
  await expect(report(page).locator('.report-maps figure')).toHaveCount(3, { timeout: 120_000 });
  await ready(page);
  expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl');
  await printed(page, 'test-results/report-ar.pdf');
});

/** Scenarios that are kept beside that of the sample world. */
const others = [
  { id: 'north', title: 'Without the posts of the north, with surgery at Menaka', changes: [{ act: 'close', target: 6 }, { act: 'close', target: 7 }, { act: 'change', target: 8, fields: { medical_level: 'L2', surgical_module: true } }] },
  { id: 'river', title: 'Along the river', changes: [{ act: 'merge', target: 11, into: 4 }, { act: 'merge', target: 12, into: 4 }] },
  { id: 'one-more', title: 'One more base between Gao and Menaka', changes: [{ act: 'open', to: { type: 'Point', coordinates: [1.2, 16.1] }, fields: { name: 'Camp between', kind: 'company', status: 'open' } }] },
];

test('two, three and four scenarios beside the base line: a map of each, and every sheet whole', async ({ page }) => {
  test.setTimeout(600_000);
  await open(page, `${mali}&s=i:drawdown-2023~d:2023-08-31`);
  const address = (id: string) => `/api/documents/scenario/${id}`;
  for (const { id, title, changes } of others) {
    const put = await page.request.put(address(id), { data: { title, mission: 'MINUSMA', classification: 'unclassified', body: { changes } } });
    expect(put.ok(), await put.text()).toBe(true);
  }
  await page.reload();
  await openReport(page);
  for (const n of [2, 3, 4]) {
    await page.locator('.report-choices .check').nth(n - 1).click();
    await expect(report(page).locator('.report-maps figure')).toHaveCount(n + 1, { timeout: 120_000 });
    await ready(page);
    await printed(page, `test-results/report-${n}.pdf`);
    await expect(report(page).locator('.report-maps canvas')).toHaveCount(n + 1);
    await expect(report(page).getByTestId('report-lead')).toHaveCount(n);
    await expect(report(page).locator('[data-table^="acts-"]').first()).toBeVisible();
  }
  for (const { id } of others) expect((await page.request.delete(address(id))).ok()).toBe(true);
});
