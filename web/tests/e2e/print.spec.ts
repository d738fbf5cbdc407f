import { inflateSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { cutOff, digits, expect, idle, open, test } from './page.ts';

/** Width, height and pixels of a PNG that a canvas wrote: eight bits a channel, not interlaced. */
function png(file: Buffer) {
  const [width, height, channels] = [file.readUInt32BE(16), file.readUInt32BE(20), file[25] === 6 ? 4 : 3];
  const parts: Buffer[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) if (file.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  const raw = inflateSync(Buffer.concat(parts));
  const stride = width * channels;
  const rows = Buffer.alloc(height * stride);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < stride; x++) {
      const left = x >= channels ? (rows[y * stride + x - channels] ?? 0) : 0;
      const up = y ? (rows[(y - 1) * stride + x] ?? 0) : 0;
      const corner = y && x >= channels ? (rows[(y - 1) * stride + x - channels] ?? 0) : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][raw[y * (stride + 1)] ?? 0] ?? 0;
      rows[y * stride + x] = ((raw[y * (stride + 1) + 1 + x] ?? 0) + guess) & 255;
    }
  const colour = (x: number, y: number) => rows.readUIntBE((Math.floor(y) * width + Math.floor(x)) * channels, 3);
  return { width, height, colour };
}

function paeth(a: number, b: number, c: number) {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

const colours = (image: ReturnType<typeof png>, [x1, y1, x2, y2]: number[]) => {
  const seen = new Map<number, number>();
  for (let x = x1 ?? 0; x < (x2 ?? 0); x++) for (let y = y1 ?? 0; y < (y2 ?? 0); y++) seen.set(image.colour(x, y), (seen.get(image.colour(x, y)) ?? 0) + 1);
  return seen;
};

const link = '#t=2016-01-01/2018-08-31&f=incidents.category:ied&d=m:-0.04,16.27;-4.1,14.5';

test('the sheet says what it shows, with what finds no room beside the map on a second one', async ({ page }) => {
  await open(page, link);
  await page.getByRole('button', { name: 'Night colours' }).click();
  await page.getByRole('button', { name: 'Print', exact: true }).click();
  const sheet = page.locator('.sheet-pages');
  await expect(page.getByRole('button', { name: 'Save as PNG' })).toBeEnabled({ timeout: 60_000 });
  await page.getByRole('textbox', { name: 'Title' }).fill('Devices on the road to Gao');
  const pages = await sheet.locator('.sheet-a4').count();
  await expect(sheet.getByRole('heading', { level: 1 })).toHaveText(Array.from({ length: pages }, () => 'Devices on the road to Gao'));
  for (const one of await sheet.locator('.sheet-a4').all()) expect(await cutOff(one), 'cut off').toEqual([]);
  await expect(page.getByTestId('print-dates')).toHaveText('1 Jan 2016 to 31 Aug 2018');
  await expect(page.getByTestId('print-filters')).toHaveText('Incidents: Category: IED');
  await expect(sheet.locator('.sheet-marking')).toHaveText(Array.from({ length: 2 * pages }, () => 'UNCLASSIFIED'));
  await expect(sheet).toContainText(/do not imply official endorsement/);
  await expect(sheet).toContainText('GeoNames (CC BY 4.0)');
  await expect(sheet).toContainText(/Data version \d/);
  await expect(sheet).toContainText('Sample world');
  await expect(sheet).toContainText(/Measured: 4\d\d\.\d km in 1 leg/);
  await expect(sheet.locator('.sheet-legend')).toContainText('Found before detonation');
  await expect(sheet.locator('.sheet-bases')).toContainText('Timbuktu');
  const metres = Number(await sheet.locator('.sheet-scale').getAttribute('data-metres'));
  expect(digits(await sheet.locator('.sheet-scale').textContent())).toBe(metres / 1000);
  const canvas = await sheet.locator('.sheet-canvas canvas').evaluate((c: HTMLCanvasElement) => [c.width / c.clientWidth, c.height / c.clientHeight]);
  canvas.forEach((ratio) => expect(ratio).toBeCloseTo(2, 1));
  await page.screenshot({ path: 'test-results/print-screen.png' });

  const pdf = await page.pdf({ path: 'test-results/print.pdf', preferCSSPageSize: true, printBackground: true });
  const text = pdf.toString('latin1');
  expect(text.match(/\/Type\s*\/Page\b/g)).toHaveLength(pages);
  const [, , right = 0, top = 0] = (/\/MediaBox\s*\[([^\]]+)\]/.exec(text)?.[1] ?? '').trim().split(/\s+/).map(Number);
  expect(Math.abs(right - 841.9)).toBeLessThan(1.5);
  expect(Math.abs(top - 595.3)).toBeLessThan(1.5);
  expect(pdf.length).toBeGreaterThan(80_000);

  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await idle(page);
});

test('the picture is the sheet: its size, its map, its words', async ({ page }) => {
  await open(page, link);
  await page.getByRole('button', { name: 'Print', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Save as PNG' })).toBeEnabled({ timeout: 60_000 });
  await page.getByRole('textbox', { name: 'Title' }).fill('Gao & Ménaka, 2016');
  const scale = 2;
  const sheets = page.locator('.sheet-pages');
  const sheet = await sheets.boundingBox();
  const part = async (selector: string) => {
    const box = await sheets.locator(selector).first().boundingBox();
    const [x, y] = [((box?.x ?? 0) - (sheet?.x ?? 0)) * scale, ((box?.y ?? 0) - (sheet?.y ?? 0)) * scale];
    return [x, y, x + (box?.width ?? 0) * scale, y + (box?.height ?? 0) * scale].map(Math.round);
  };
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as PNG' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('Gao-Ménaka-2016.png');
  await download.saveAs('test-results/print-sheet.png');
  const image = png(readFileSync('test-results/print-sheet.png'));
  expect([image.width, image.height]).toEqual([Math.round((sheet?.width ?? 0) * scale), Math.round((sheet?.height ?? 0) * scale)]);
  // Each part has more than its ground in it.
  for (const selector of ['h1', '.sheet-marking', '.sheet-legend', '.sheet-bases', '.sheet-scale', '.sheet-foot', '[data-testid="print-dates"]', '[data-testid="print-filters"]'])
    expect(colours(image, await part(selector)).size, selector).toBeGreaterThan(3);
  const map = colours(image, await part('.sheet-map'));
  expect(map.size).toBeGreaterThan(100);
  // Cells of incidents and bases stand in their own colours.
  expect(map.get(0xf4b46f) ?? 0).toBeGreaterThan(200);
  expect(map.get(0x17212b) ?? 0).toBeGreaterThan(200);
});
