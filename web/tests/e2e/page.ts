// The page under test: any request to another host, any console error and any policy violation fails the test.
import { expect, test as base, type Locator, type Page } from '@playwright/test';
import { serve } from './server.ts';

export { expect };

interface Fixtures {
  /** Messages a test expects and therefore forgives. */
  forgiven: RegExp[];
}

interface Shared {
  /** Files whose tests change records ask a server beside the one that the others count on. */
  changesRecords: boolean;
  serverURL: string;
}

export const test = base.extend<Fixtures, Shared>({
  changesRecords: [false, { option: true, scope: 'worker' }],
  serverURL: [
    async ({ changesRecords }, provide) => {
      if (!changesRecords) return provide(process.env.BIVOUAC_URL ?? '');
      const server = await serve('changed');
      await provide(server.url);
      server.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ serverURL }, provide) => provide(serverURL),
  forgiven: [[], { option: true }],
  page: async ({ page, baseURL, forgiven }, provide) => {
    const foreign: string[] = [];
    const errors: string[] = [];
    const home = new URL(baseURL ?? '').host;
    // Listening, not intercepting: interception would switch off the browser's cache.
    page.context().on('request', (request) => {
      const url = new URL(request.url());
      if (url.host !== home && url.protocol !== 'blob:' && url.protocol !== 'data:') foreign.push(url.href);
    });
    page.on('console', (m) => m.type() === 'error' && errors.push(m.text()));
    page.on('pageerror', (e) => errors.push(e.message));
    await provide(page);
    expect(foreign, 'requests that left the server').toEqual([]);
    expect(errors.filter((e) => !forgiven.some((f) => f.test(e))), 'errors on the page').toEqual([]);
  },
});

/** Opens the page and waits until the map has drawn everything. */
export async function open(page: Page, hash = '') {
  await page.goto(`/${hash}`);
  await idle(page);
}

export async function idle(page: Page) {
  await page.waitForFunction(() => window.mapIdle !== undefined);
  await expect(page.getByTestId('shown').first()).toBeVisible();
  await page.waitForFunction(() => document.querySelector('.state.busy, .skeleton, .layer[aria-busy]') === null);
  await page.evaluate(() => window.mapIdle?.());
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

interface Answer {
  numberMatched?: number;
  features: { id: number; properties: Record<string, unknown>; geometry: { coordinates: [number, number] } | null }[];
}

/** Asks the API from outside the page. */
export async function ask(page: Page, path: string): Promise<Answer> {
  const answer = await page.request.get(`/api/collections/${path}`, { headers: { Accept: 'application/geo+json' } });
  expect(answer.ok(), path).toBe(true);
  return (await answer.json()) as Answer;
}

export async function countOf(page: Page, collection: string, query: Record<string, string>): Promise<number> {
  const { numberMatched } = await ask(page, `${collection}/items?${new URLSearchParams({ ...query, resultType: 'hits' }).toString()}`);
  return numberMatched ?? -1;
}

/* eslint-disable @typescript-eslint/no-explicit-any -- each process answers in its own shape */
export async function execute(page: Page, process: string, inputs: Record<string, unknown>): Promise<any> {
  const answer = await page.request.post(`/api/processes/${process}/execution`, { data: { inputs } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as { result: unknown }).result;
}
/* eslint-enable @typescript-eslint/no-explicit-any */

/** What an analysis's form asks about: the filter and the time in force on the page. */
export async function inForce(page: Page): Promise<Record<string, unknown>> {
  const text = (input: string) => page.locator(`[data-input="${input}"]`).getByRole('textbox').inputValue();
  await expect(page.locator('[data-input="filter"]').getByRole('textbox')).toHaveValue(/MINUSMA/);
  const datetime = await text('datetime');
  return { filter: await text('filter'), ...(datetime && { datetime }) };
}

/** The digits of a number written for people. */
export const digits = (text: string | null): number => Number((text ?? '').replace(/\D/g, ''));

/** Opens the form of an analysis by its title. */
export async function choose(page: Page, title: string) {
  await page.keyboard.press('a');
  await page.locator('.analysis-list').locator('button', { has: page.locator('b', { hasText: new RegExp(`^${title}$`) }) }).click();
}

export const layerRow = (page: Page, id: string) => page.locator(`[data-layer="${id}"]`);

/** The texts of a panel that end beyond its sides, where nothing scrolls to them. */
export const cutSideways = (panel: Locator): Promise<string[]> =>
  panel.evaluate((room) => {
    const { left, right } = room.getBoundingClientRect();
    const cut: string[] = [];
    const texts = document.createTreeWalker(room, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const e = node.parentElement;
      if (!e || !node.textContent?.trim() || e.closest('.only-read, .result-scroll, .cross-room, option')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      if (e.checkVisibility() && [...range.getClientRects()].some((r) => r.width > 0 && (r.left < left - 1 || r.right > right + 1))) cut.push(node.textContent);
    }
    return cut;
  });

/** What of a sheet for paper is not whole: each text that ends outside of the sheet, or of a part that hides what is too much for it. Maps are cut at their frames. */
export const cutOff = (sheet: Locator): Promise<string[]> =>
  sheet.evaluate((paper) => {
    const hides = (e: Element) => e === paper || getComputedStyle(e).overflowY !== 'visible';
    const ends = (e: Element, text: Text) => {
      const range = document.createRange();
      range.selectNodeContents(text);
      if (!range.getClientRects().length) return false;
      const box = range.getBoundingClientRect();
      for (let around: Element | null = e; around; around = around === paper ? null : around.parentElement) {
        if (!hides(around)) continue;
        const room = around.getBoundingClientRect();
        if (box.bottom > room.bottom + 1 || box.top < room.top - 1 || box.right > room.right + 1 || box.left < room.left - 1) return true;
      }
      return false;
    };
    const cut: string[] = [];
    const texts = document.createTreeWalker(paper, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const e = node.parentElement;
      if (!e || !node.textContent?.trim() || e.closest('.only-read, .sheet-frame, .sheet-canvas')) continue;
      if (getComputedStyle(e).visibility === 'visible' && ends(e, node as Text)) cut.push(node.textContent);
    }
    return cut;
  });
