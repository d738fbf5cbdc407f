// Signing in with a token, what is seen then, and that nothing is left behind on the way out.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, idle, test } from './page.ts';
import { serve, type Served } from './server.ts';

let server: Served | undefined;
let [editor, reader] = ['', ''];

/** A server of this file's own: from its first token on everybody has to sign in. */
async function started(): Promise<Served> {
  if (server) return server;
  server = await serve('signin');
  editor = server.token('Ann Editor', '--role', 'editor', '--ceiling', 'confidential', '--days', '7');
  reader = server.token('Rob Reader', '--role', 'reader', '--mission', 'MINUSMA');
  return server;
}
test.afterAll(() => server?.stop());
test.use({ baseURL: async ({ browserName: _ }, provide) => provide((await started()).url), forgiven: [/status of 40[13]|status of 429/] });

const field = (page: Page) => page.getByLabel('Token');

async function signIn(page: Page, token: string, hash = '') {
  await page.goto(`/${hash}`);
  await field(page).fill(token);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test('a wrong token is refused in the server’s words; the right one opens the page, and the way out leaves nothing', async ({ page }) => {
  await page.goto(`/#m=6/16.0000/-2.0000&l=bases`);
  await expect(field(page)).toHaveAttribute('type', 'password');
  await expect(field(page)).toHaveAttribute('autocomplete', 'off');
  await expect(page.locator('.maplibregl-canvas')).toHaveCount(0);
  await field(page).fill('bvk_nobody_nothing');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.locator('.field-error')).not.toBeEmpty();
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  expect(violations.map((v) => v.id)).toEqual([]);
  await page.screenshot({ path: 'test-results/signin.png' });

  await field(page).fill(editor);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await idle(page);
  await page.getByRole('button', { name: 'Signed in: Ann Editor' }).click();
  const who = page.getByRole('dialog', { name: /Ann Editor/ });
  await expect(who).toContainText('Editor');
  await expect(who).toContainText('CONFIDENTIAL');
  await expect(who).toContainText(/Until.*20\d\d/);
  await page.keyboard.press('Escape');

  await page.locator('.top-bar').getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('button', { name: 'By form' }).click();
  await page.getByTestId('record-form').getByLabel('Name').fill('Nobody’s business');
  await page.getByRole('button', { name: 'Signed in: Ann Editor' }).click();
  await who.getByRole('button', { name: 'Sign out' }).click();
  await expect(who).toContainText('Unsaved changes: 1');
  await who.getByRole('button', { name: 'Sign out and discard them' }).click();
  await expect(field(page)).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify(localStorage) + document.body.textContent + location.href)).not.toMatch(/Nobody’s|Ann Editor|l=bases/);
  await page.goBack().catch(() => null);
  await page.goto(`/`);
  await expect(field(page)).toBeVisible();
  expect((await page.request.get(`/api/collections`)).status()).toBe(401);
});

test('a reader edits nothing; a token that is ended ends the page', async ({ page }) => {
  await signIn(page, reader, '#m=6/16.0000/-2.0000&l=bases');
  await idle(page);
  await expect(page.getByRole('button', { name: 'Signed in: Rob Reader' })).toBeVisible();
  await expect(page.locator('.top-bar').getByRole('button', { name: 'Edit', exact: true })).toHaveCount(0);
  server?.revoke('Rob Reader');
  await page.getByRole('button', { name: 'Show Places' }).click();
  await expect(field(page)).toBeVisible();
  await expect(page.locator('.maplibregl-canvas')).toHaveCount(0);
});

test('after many wrong tokens the server’s delay is counted down', async ({ page }) => {
  await page.goto('/');
  for (let i = 0; i < 40 && !(await page.getByText(/^Try again in/).isVisible()); i++) {
    const answered = page.waitForResponse((r) => r.url().endsWith('/api/session') && r.request().method() === 'POST');
    await field(page).fill(`bvk_wrong_${i}`);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await answered;
  }
  await expect(page.getByText(/^Try again in \d+ s\.$/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeDisabled();
});
