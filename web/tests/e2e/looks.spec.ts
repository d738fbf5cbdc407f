// How the page looks and whether axe finds fault, in six languages, by day and by night, at a desk and on a phone.
// Few pages are opened and much is looked at in each: opening one costs more than all that is asked of it.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { ask, expect, idle, open, test } from './page.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

/**
 * Left out are the canvas, and the handles on it, which stand where their places are, however near the tools; and an
 * empty box with the role of a picture that was seen for a moment when a dialog closed, and is none of our elements.
 */
async function noFindings(page: Page, name: string) {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).exclude('.maplibregl-canvas').exclude('.handle').exclude('div[role="img"]:empty').analyze();
  expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target.join(' ')} ${n.html.slice(0, 160)}`).join(', ')}`), name).toEqual([]);
}

async function fits(page: Page, name: string) {
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth && document.body.scrollWidth <= innerWidth), `${name}: no sideways scroll`).toBe(true);
}

/** Colours do not fade over, so that none is measured half-way. */
test.use({ changesRecords: true });
test.use({ contextOptions: { reducedMotion: 'reduce' }, colorScheme: 'light' });

const languages = { en: 'English', fr: 'Français', zh: '中文', ar: 'العربية', es: 'Español', ru: 'Русский' };
const button = (page: Page, icon: string) => page.locator(`button:visible:has(> svg[data-icon="${icon}"])`).first();

async function speak(page: Page, language: Language) {
  await button(page, 'globe').click();
  await page.getByRole('menuitemradio', { name: languages[language] }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', language);
  await expect(page.locator('html')).toHaveAttribute('dir', language === 'ar' ? 'rtl' : 'ltr');
}

async function night(page: Page, on: boolean) {
  await button(page, on ? 'moon' : 'sun').click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', on ? 'dark' : 'light');
}

type Language = keyof typeof languages;

/**
 * Every language by day, then every one by night, for `make proof`; each takes a search for faults of some seconds.
 * `make test` looks at the first by day, and by night at the one that reads the other way.
 */
const looks: Record<'light' | 'dark', Language[]> = process.env.BIVOUAC_PROOF === '1'
  ? { light: Object.keys(languages) as Language[], dark: Object.keys(languages) as Language[] }
  : { light: ['en'], dark: ['ar'] };

async function everyLook(page: Page, look: (language: Language, theme: string) => Promise<void>) {
  for (const theme of ['light', 'dark'] as const) {
    if (theme === 'dark') await night(page, true);
    for (const language of looks[theme]) {
      await speak(page, language);
      await look(language, theme);
    }
  }
}

const picture = async (page: Page, name: string) => {
  await idle(page);
  await page.screenshot({ path: `test-results/${name}.png` });
};

test.describe('at a desk', () => {
  test.use({ viewport: { width: 1440, height: 900 } });
  test.setTimeout(360_000);

  test('pictures of the page as it opens', async ({ page }) => {
    await open(page);
    await picture(page, 'explore-en-light');
    await fits(page, 'en');
    for (const language of ['fr', 'zh', 'ar'] as const) {
      await speak(page, language);
      await picture(page, `explore-${language}-light`);
      await fits(page, language);
    }
    await speak(page, 'en');
    await night(page, true);
    await picture(page, 'explore-en-dark');
    await night(page, false);
    // As in the picture that the README shows: an incident with its card, and what help is near.
    const { features } = await ask(page, `incidents/items?${new URLSearchParams({ mission: 'MINUSMA', bbox: '-2.6,14.8,-1.4,15.6', filter: "killed >= 2 AND outcome = 'detonated' AND place_precision <= 2" }).toString()}`);
    await page.evaluate((id) => (location.hash += `&at=incidents/${id}`), features[0]?.id ?? 0);
    await page.getByRole('button', { name: 'Nearest help' }).click();
    await expect(page.getByTestId('nearest').locator('li')).toHaveCount(5);
    await picture(page, 'explore-card');
    await noFindings(page, 'card and nearest');
  });
});

test.describe('with everything open', () => {
  test.use({ viewport: { width: 1280, height: 720 } });
  test.setTimeout(480_000);

  test('languages and themes: footprint, card, table, charts, time', async ({ page }) => {
    await open(page, '#fp=2.3@80000&tb=bases&at=bases/2&ch=1');
    await page.keyboard.press('f');
    await expect(page.getByTestId('footprint-answer')).toHaveAttribute('data-stale', 'false');
    await expect(page.getByTestId('charts')).toBeVisible();
    await picture(page, 'everything-open');
    await page.setViewportSize({ width: 1024, height: 640 });
    await everyLook(page, async (language, theme) => {
      await noFindings(page, `everything open, ${language}, ${theme}`);
      await fits(page, language);
    });
    await button(page, 'globe').click();
    await noFindings(page, 'menu');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await noFindings(page, 'keys');
    await page.keyboard.press('Escape');
    await button(page, 'print').click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await idle(page);
    await noFindings(page, 'paper');
  });
});

test.describe('while editing', () => {
  test.use({ viewport: { width: 1024, height: 640 }, forgiven: [/status of 412/] });
  test.setTimeout(480_000);

  test('languages and themes: form, handles, marking, past, history, two versions', async ({ page }) => {
    const items = '/api/collections/hazards/items';
    const ring = [[-4.5, 18.2], [-3.5, 18.2], [-3.5, 18.8], [-4.5, 18.8], [-4.5, 18.2]];
    const made = await page.request.post(items, { data: { type: 'Feature', geometry: { type: 'Polygon', coordinates: [ring] }, properties: { mission: 'MINUSMA', kind: 'suspected', classification: 'confidential' } } });
    const { id } = (await made.json()) as { id: number };
    // What is left behind would mark the pages of the tests that follow.
    try {
      await open(page, `#m=8/18.5000/-4.0000&l=hazards&at=hazards/${id}`);
      await page.keyboard.press('e');
      await expect(page.getByTestId('record-form')).toBeVisible();
      await expect(page.getByTestId('marking')).toBeVisible();
      await picture(page, 'edit-en-light');
      await everyLook(page, async (language, theme) => {
        await noFindings(page, `editing, ${language}, ${theme}`);
        await fits(page, language);
        if (language === 'ar') await picture(page, `edit-ar-${theme}`);
      });
      await speak(page, 'en');
      await page.getByTestId('record-form').getByLabel('Kind').fill('Confirmed');
      await page.request.patch(`${items}/${id}`, { data: { properties: { kind: 'cleared' } }, headers: { 'Content-Type': 'application/merge-patch+json' } });
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByTestId('decision')).toBeVisible();
      await noFindings(page, 'two versions');
      await picture(page, 'edit-conflict-dark');
      await page.getByRole('button', { name: 'Keep theirs' }).click();
      await page.keyboard.press('e');
      await page.getByTestId('details').getByRole('tab', { name: 'History' }).click();
      await expect(page.getByTestId('history')).toBeVisible();
      await noFindings(page, 'history');
      await page.getByRole('button', { name: 'Changes', exact: true }).click();
      await expect(page.getByTestId('changes')).toBeVisible();
      await noFindings(page, 'changes');
      await picture(page, 'changes-dark');
    } finally {
      await page.request.delete(`${items}/${id}`);
    }
  });
});

test.describe('while importing', () => {
  test.use({ viewport: { width: 1280, height: 800 } });
  test.setTimeout(480_000);

  test('languages and themes: what a file would do, its mapping and its refused rows; then on a phone', async ({ page }) => {
    await open(page, '#m=7/15.7/0.5&l=places');
    await page.locator('.top-bar').getByRole('button', { name: 'Import', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Import', exact: true })).toBeVisible();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose files' }).click();
    const rows = ['source_id,name,kind,population,longitude,latitude', 'k-1,Tassiga,village,1200,0.5,15.7', 'k-2,Bara,village,800,0.2,15.6', 'k-3,Labbezanga,village,many,0.7,14.95', 'k-4,Nowhere,village,5,0.7,95'];
    await (await chooser).setFiles({ name: 'survey.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });
    await expect(page.locator('.import-sum')).toBeVisible({ timeout: 30_000 });
    await picture(page, 'import-en-light');
    await everyLook(page, async (language, theme) => {
      await noFindings(page, `importing, ${language}, ${theme}`);
      await fits(page, language);
      if (language === 'ar') await picture(page, `import-ar-${theme}`);
      // The reasons are said in the language of the page, the value as it stands in the file.
      if (language !== 'en') await expect(page.getByTestId('import-rows')).not.toContainText(' is not ');
      await expect(page.locator('.import-reason').last()).toContainText('95');
    });
    await speak(page, 'en');
    await page.getByRole('group', { name: 'What becomes of the rows' }).getByRole('button', { name: 'refused' }).click();
    await expect(page.getByTestId('import-rows').getByRole('listitem').first()).toBeVisible();
    await picture(page, 'import-refused-dark');
    await noFindings(page, 'refused rows');
    await page.setViewportSize({ width: 390, height: 844 });
    // What a desk has open stands in the menu of a phone, which opens with it.
    await button(page, 'menu').click();
    await expect(page.locator('.import-sum')).toBeVisible();
    await picture(page, 'import-phone');
    await fits(page, 'phone');
    await noFindings(page, 'importing on a phone');
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
  test.setTimeout(480_000);

  /** The globe and the moon stand in the menu behind the bar. */
  const inMenu = async (page: Page, act: () => Promise<void>) => {
    await button(page, 'menu').click();
    await act();
    await button(page, 'menu').click();
  };

  test('languages and themes; sheet, nearest, footprint and table', async ({ page }) => {
    await open(page);
    await picture(page, 'phone-en');
    await inMenu(page, () => everyLook(page, async (language, theme) => {
      await noFindings(page, `menu and layers, ${language}, ${theme}`);
      await fits(page, language);
      if (language === 'ar' && theme === 'light') await picture(page, 'phone-ar');
    }));
    await inMenu(page, () => speak(page, 'en'));
    await page.touchscreen.tap(60, 130);
    await expect(page.getByTestId('nearest').locator('li')).toHaveCount(5);
    await picture(page, 'phone-nearest-dark');
    await noFindings(page, 'nearest');
    for (const [tab, name] of [['Filters', 'filters'], ['Footprint', 'footprint'], ['Table', 'table']] as const) {
      await page.getByRole('button', { name: tab, exact: true }).click();
      if (tab === 'Table') await expect(page.locator('tr[data-key]').first()).toBeVisible();
      await page.screenshot({ path: `test-results/phone-${name}.png` });
      await noFindings(page, name);
    }
    await page.getByRole('button', { name: 'Explore', exact: true }).click();
    await idle(page);
    await button(page, 'menu').click();
    await noFindings(page, 'menu');
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.evaluate(() => (location.hash += '&at=bases/2'));
    await expect(page.getByTestId('record-form')).toBeVisible();
    await picture(page, 'phone-edit');
    await noFindings(page, 'editing');
  });

  test('what is touched is large enough, and the sheet stands at three heights', async ({ page }) => {
    await open(page);
    const small = await page.locator('.phone button:visible').evaluateAll((all) =>
      all.filter((b) => b.closest('.phone-bar, .phone-tabs, .phone-tools, .time-bar') && (b.getBoundingClientRect().width < 43.5 || b.getBoundingClientRect().height < 43.5)).map((b) => b.outerHTML.slice(0, 120)));
    expect(small, 'targets under 44 px').toEqual([]);
    const sheet = page.locator('.sheet');
    const heights: number[] = [];
    for (let i = 0; i < 3; i++) {
      heights.push(Math.round((await sheet.boundingBox())?.height ?? 0));
      await page.locator('.sheet-handle').click();
    }
    expect(new Set(heights).size).toBe(3);
    await expect(page.getByTestId('coords')).toBeVisible();
    await expect(page.getByText(/do not imply official endorsement/)).toBeHidden();
    await page.getByRole('button', { name: 'Sources' }).click();
    await expect(page.getByText(/do not imply official endorsement/)).toBeVisible();
  });
});
