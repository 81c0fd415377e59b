import type { Page } from 'playwright-core';
import { readFile } from 'node:fs/promises';
import {
  button,
  downloadRecords,
  goTo,
  heading,
  small,
  startProject,
  train,
  waitForLock,
  waitUntilSaved,
} from '../journey/app';
import type { CanaryTable } from './canary-table';

/** What a person carries away from a journey. */
export interface Carried {
  readonly records: Buffer;
  readonly projectFile: Buffer;
  /** Sentence under the self-test. */
  readonly selfTest: string;
}

async function saveProjectFile(page: Page): Promise<Buffer> {
  await button(page, 'Save the project file').click();
  await page.getByLabel('Include the source table').check();
  const saving = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: 'Save the project file' }).click();
  return readFile(await (await saving).path());
}

async function testLock(page: Page): Promise<string> {
  await page.getByRole('button', { name: /^Locked: nothing can leave/ }).click();
  await button(page, 'Run the self-test').click();
  const finding = page.locator('section[aria-labelledby="self-test"] .finding');
  await finding.waitFor({ timeout: 120_000 });
  const text = await finding.innerText();
  await page.keyboard.press('Escape');
  return text;
}

/** From a file with canaries to synthetic records and a project file, a reload in between, as a person does it. */
export async function walk(page: Page, { file }: CanaryTable): Promise<Carried> {
  await startProject(page, file);
  await button(page, 'Continue to the schema').click();
  await heading(page, 'Schema').waitFor();
  await train(page, { model: 'TVAE', settings: small });
  await button(page, 'Continue to synthetic data').click();
  await heading(page, 'Synthetic data').waitFor();
  await waitUntilSaved(page);
  await page.reload();
  await waitForLock(page);
  const records = await downloadRecords(page);
  const projectFile = await saveProjectFile(page);
  return { records, projectFile, selfTest: await testLock(page) };
}

/** Goes on where {@link walk} ended: fresh records and another model, from what the browser keeps. */
export async function walkOn(page: Page): Promise<Buffer> {
  await page.reload();
  await waitForLock(page);
  await train(page, { model: 'Gaussian copula', seed: 6 });
  await goTo(page, 'Export');
  return downloadRecords(page);
}
