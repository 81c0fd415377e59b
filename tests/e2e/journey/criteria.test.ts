import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { serve } from '../../../src/headless/serve.mjs';
import {
  button,
  dist,
  download,
  goTo,
  heading,
  listenForErrors,
  openApp,
  startProject,
  train,
  type,
} from './app';
import { makeClinicTable } from './clinic-table';
import { buildPackage } from './release-steps';
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

it('leaves the holdout out before the lock, and says so', async () => {
  await goTo(page, 'Synthetic data');
  expect(await page.locator('.finding').innerText()).toContain('The holdout is set beside it once');
  await page.getByLabel('What the records are for').selectOption('sharing');
  await button(page, 'Look over the criteria and lock them').click();
  await heading(page, 'Evidence').waitFor();
});

it('says before the lock what cannot be met here, and leads to what mends it', async () => {
  await page.getByLabel('What the records are for').selectOption('analytics');
  const row = page.getByRole('row', { name: /^Membership by distance at 1 % false alarms/ });
  await row.getByText('the holdout has fewer than 100 rows').waitFor();
  const boosted = page.getByRole('row', { name: /^Prediction by boosted trees/ });
  await page.getByRole('checkbox', { name: /^Utility/ }).uncheck();
  await boosted.getByText('utility is not ticked under “What to judge”').waitFor();
  await boosted.getByRole('button', { name: /^Tick Utility/ }).click();
  await boosted.getByText('is not ticked').waitFor({ state: 'detached' });
  expect(await page.getByRole('checkbox', { name: /^Utility/ }).isChecked()).toBe(true);
  await row.getByRole('button', { name: /^Hold out more rows/ }).click();
  await heading(page, 'Schema').waitFor();
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
  const asked = page.getByRole('dialog', { name: /\d+ of \d+ criteria cannot be met here/ });
  await asked.getByText(/the holdout has fewer than 100 rows/).waitFor();
  await asked.getByRole('button', { name: 'Go back' }).click();
  await page.getByText('The criteria are locked, with time and').waitFor();
  await button(page, 'Evaluate').click();
  await asked.getByRole('button', { name: 'Lock them and evaluate' }).click();
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
  await page.getByText('the name of the file, synthetic-override.csv, says so').waitFor();
  expect((await download(page, 'Download synthetic records')).name).toBe('synthetic-override.csv');
  for (const name of ['data-dictionary.csv', 'data-dictionary.md', 'schema.json', 'evaluation.json'])
    expect((await download(page, `Download ${name}`)).bytes.toString()).toMatch(
      /OVERRIDE \(.*\): for the printer test\./,
    );
  const { bytes } = await download(page, 'Download run.json');
  expect(readRunJson(bytes).release).toMatchObject({
    purpose: 'public-release',
    nChanges: 1,
    override: 'for the printer test',
  });
  await goTo(page, 'Release');
  await type(page.getByLabel('Why the package is built all the same'), 'for the printer test');
  await buildPackage(page);
  const dossier = (await download(page, 'Download dossier.html')).bytes.toString();
  expect(dossier).toMatch(
    /The criteria were changed after results had been seen \(.*\): the board decided so\./,
  );
  expect(dossier).toMatch(/Linking two lists: at most .* before, at most -4 after/);
  expect(errors).toEqual([]);
});
