import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { serve } from '../../../src/headless/serve.mjs';
import { button, dist, download, goTo, listenForErrors, openApp, startProject, train } from './app';
import { makeClinicTable } from './clinic-table';
import { readRunJson } from './run-account';

/** Criteria that are locked before anything was trained hold for the first run. */
let server: Awaited<ReturnType<typeof serve>>;
let context: BrowserContext;
let page: Page;
let errors: readonly string[];

beforeAll(async () => {
  server = await serve({ folder: dist, headers: true });
  context = await launchChromium();
  errors = listenForErrors(context);
  page = await openApp(context, server.url);
  await startProject(page, { name: 'clinic.csv', content: Buffer.from(makeClinicTable(300).csv) });
});

afterAll(async () => {
  await context.close();
  await server.close();
  expect(errors).toEqual([]);
});

it('locks criteria on the Train step, before the first run', async () => {
  await goTo(page, 'Train');
  const asked = page.getByLabel('What the records are for', { exact: true });
  expect(await asked.count()).toBe(1);
  await page.getByText('Fix the criteria before the first run').click();
  await page.getByText('What the records are for is said above, with the criteria.').waitFor();
  expect(await asked.count()).toBe(1);
  const early = page.locator('details', { hasText: 'Fix the criteria before the first run' }).first();
  await early.getByLabel('What the records are for', { exact: true }).selectOption('analytics');
  await page.getByText('as the criteria have it').waitFor();
  await page
    .getByRole('row', { name: /^Direct identifiers/ })
    .getByText('at most 0')
    .waitFor();
  await button(page, 'Lock these criteria now').click();
  await page.getByText(/^Locked .* for “Internal analytics”, and not changed since/).waitFor();
});

it('judges the first run by them, and shows its results at once', async () => {
  await train(page, { model: 'Independent columns' });
  await goTo(page, 'Evidence');
  await page.getByText(/^Locked .* for “Internal analytics”, and not changed since/).waitFor();
  await goTo(page, 'Export');
  const { release, use } = readRunJson((await download(page, 'Download run.json')).bytes);
  expect(release).toMatchObject({ purpose: 'analytics', nChanges: 0, override: null });
  expect(release?.lockedAt).not.toBeNull();
  expect(use).toMatch(/^Not released for “Internal analytics”: /);
});
