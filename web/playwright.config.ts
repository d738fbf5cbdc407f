import { defineConfig } from '@playwright/test';

// One worker and a small window: software rendering takes both cores. Pictures are written for people, and compared by nobody.
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/run',
  globalSetup: './tests/e2e/server.ts',
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1024, height: 640 },
    locale: 'en-GB',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.BIVOUAC_CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
    },
  },
});
