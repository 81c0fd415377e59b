import { createServer, type ViteDevServer } from 'vite';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { button, repository } from '../journey/app';

/** The server that a developer works on: every file the page loads at its start must be in its list. */
let server: ViteDevServer;
let context: BrowserContext;

beforeAll(async () => {
  server = await createServer({
    root: repository,
    configLoader: 'runner',
    logLevel: 'warn',
    cacheDir: 'node_modules/.vite-dev-test',
    server: { port: 0, hmr: false },
  });
  await server.listen();
  context = await launchChromium();
});

afterAll(async () => {
  await context.close();
  await server.close();
});

it('opens unlocked, says so, and opens the sample cohort only', async () => {
  const page = await context.newPage();
  await page.goto(server.resolvedUrls?.local[0] ?? '');
  await page.locator('.room[data-lock="development"]').waitFor({ timeout: 120_000 });
  await button(page, 'Development, unlocked').waitFor();
  await page.getByText('This page is not locked, so it opens its own sample only.').waitFor();
  expect(await button(page, 'Choose a file').count()).toBe(0);
  await button(page, 'Try the sample cohort').click();
  await page.getByText('sample cohort was read as').waitFor({ timeout: 60_000 });
});
