/**
 * `npm run sample`: makes public/sample/finished.understudy, the finished project that the start page opens in one
 * click. It walks the built page as a person would: sample cohort, TVAE on wasm and sequential trees with default
 * settings, all measures under the criteria for analyses, project file with source. Run it again when the cohort, the model or the project format changes; a test says when.
 */
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findOrInstallChromium, launchChromium } from './chromium.mjs';
import { ensureInstalled, root } from './install.mjs';
import { waitForAutomation } from './run-in-page.mjs';
import { serve } from './serve.mjs';
import { buildIfNeeded } from './start.mjs';

const target = join(root, 'public', 'sample', 'finished.understudy');
const NAME = 'Finished sample';
const TRAINING_MS = 60 * 60_000;

/** @param {import('playwright-core').Page} page */
async function walk(page) {
  await page.getByRole('button', { name: 'Try the sample cohort' }).click();
  await page.getByRole('button', { name: 'Continue to the schema' }).click();
  await page.getByRole('button', { name: 'Continue to training' }).click();
  await page.getByRole('radio', { name: 'TVAE' }).check();
  await page.getByText('Where it is computed').click();
  await page.getByLabel('Backend').selectOption('wasm');
  await train(page, 1);
  await page.getByRole('radio', { name: 'Sequential trees' }).check();
  await train(page, 2);
  await page.getByRole('button', { name: 'Continue to synthetic data' }).click();
  await page.getByRole('heading', { name: 'Agreement with train' }).waitFor({ timeout: TRAINING_MS });
  await page.getByRole('button', { name: 'Continue to evidence' }).click();
  await page.getByLabel('What the records are for').selectOption('analytics');
  await page.getByRole('button', { name: 'Evaluate', exact: true }).click();
  await page.getByRole('button', { name: 'Evaluate again' }).waitFor({ timeout: TRAINING_MS });
  await page.getByRole('button', { name: /Synthetic data$/ }).click();
  await page.getByText('Saved on this device').waitFor();
}

/**
 * Trains the chosen model and waits until so many runs are finished and judged.
 *
 * @param {import('playwright-core').Page} page
 * @param {number} nRuns
 */
async function train(page, nRuns) {
  await page.getByRole('button', { name: 'Start training' }).click();
  const longRun = page.getByRole('button', { name: 'Start all the same' });
  const judged = page
    .getByRole('region', { name: 'Runs of this project' })
    .locator('tbody tr td:nth-child(5)', { hasText: /^\s*[01]\.\d/ });
  await longRun
    .or(judged.nth(nRuns - 1))
    .first()
    .waitFor({ timeout: TRAINING_MS });
  if (await longRun.isVisible()) await longRun.click();
  await judged.nth(nRuns - 1).waitFor({ timeout: TRAINING_MS });
}

/**
 * Names the project and has it exported from the start page, so that it opens where it was left: on Synthetic data.
 *
 * @param {import('playwright-core').Page} page
 */
async function nameAndExport(page) {
  await page.getByRole('button', { name: 'Understudy' }).click();
  await page.getByRole('button', { name: 'Rename sample cohort' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill(NAME);
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('button', { name: `Export ${NAME}` }).click();
}

ensureInstalled();
buildIfNeeded();
await findOrInstallChromium();
const browser = await launchChromium();
const server = await serve({ folder: join(root, 'dist'), headers: true });
try {
  const page = browser.pages()[0] ?? (await browser.newPage());
  await page.goto(server.url);
  await waitForAutomation(page);
  await walk(page);
  await nameAndExport(page);
  const dialog = page.getByRole('dialog');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save the project file' }).click(),
  ]);
  mkdirSync(join(target, '..'), { recursive: true });
  await download.saveAs(target);
  console.log(`Wrote ${target} (${(statSync(target).size / 1e6).toFixed(2)} MB)`);
} finally {
  await browser.close();
  await server.close();
}
