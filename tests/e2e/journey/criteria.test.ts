import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { serve } from '../../../src/headless/serve.mjs';
import { button, dist, download, goTo, heading, listenForErrors, openApp, startProject, train } from './app';
import { makeClinicTable } from './clinic-table';
import { readRunJson } from './run-account';

/** Criteria chosen, locked with the first evaluation, not met, changed on record, and overridden with a reason. */
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
  await train(page, { model: 'Gaussian copula' });
});

afterAll(async () => {
  await context.close();
  await server.close();
});

it('proposes criteria for a purpose and locks them when the first evaluation begins', async () => {
  await goTo(page, 'Evidence');
  await page.getByLabel('What the records are for').selectOption('public-release');
  await page
    .getByRole('row', { name: /Linking two lists/ })
    .getByText('at most 0.05')
    .waitFor();
  await page.getByLabel('Threshold for Linking two lists').fill('-5');
  await page.getByLabel('Threshold for Linking two lists').blur();
  await page.getByRole('checkbox', { name: /^Fidelity/ }).uncheck();
  await page.getByRole('checkbox', { name: /^Utility/ }).uncheck();
  await button(page, 'Evaluate').click();
  await button(page, 'Evaluate again').waitFor({ timeout: 120_000 });
  await page.getByText(/^Locked .* for “Public release”, and not changed since/).waitFor();
  const finding = page
    .getByRole('region', { name: 'Findings' })
    .getByRole('row', { name: /Linking two lists/ });
  expect(await finding.innerText()).toContain('Not met');
});

it('changes criteria after the lock with a reason only', async () => {
  await page.getByText('Change the criteria').click();
  await page.getByLabel('Threshold for Linking two lists').fill('-4');
  await page.getByLabel('Threshold for Linking two lists').blur();
  await page.getByText(/Say why the criteria are changed after the lock/).waitFor();
  await page.getByLabel('Why they are changed').fill('the board decided so');
  await page.getByLabel('Threshold for Linking two lists').fill('-4');
  await page.getByLabel('Threshold for Linking two lists').blur();
  await page.getByText(/and changed 1 time since/).waitFor();
});

it('lets records go that do not meet them only with a reason, which is in run.json', async () => {
  await goTo(page, 'Export');
  await page.getByText(/criteria for “Public release” are not met/).waitFor();
  expect(await button(page, 'Download synthetic records').isEnabled()).toBe(false);
  await page.getByLabel('Why they are exported all the same').fill('for the printer test');
  await download(page, 'Download synthetic records');
  const { bytes } = await download(page, 'Download run.json');
  expect(readRunJson(bytes).release).toMatchObject({
    purpose: 'public-release',
    nChanges: 1,
    override: 'for the printer test',
  });
  await heading(page, 'Export').waitFor();
  expect(errors).toEqual([]);
});
