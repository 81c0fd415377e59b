import type { Page } from 'playwright-core';
import { button, chooseFile, goTo, startProject, train, type, unfold } from './app';
import { makeClinicTable } from './clinic-table';

/** Criteria that any model meets, for a purpose that needs a sign-off. */
const EASY = {
  format: 'understudy-policy',
  version: 1,
  purpose: 'sharing',
  name: 'Sharing with the course',
  criteria: [
    { id: 'copies', measure: 'exact-copies', bound: 'at-most', threshold: 0.5, source: 'our own choice' },
  ],
};

/** A project whose run was evaluated under criteria that were locked before, and meets them; answers the source file. */
export async function finishProject(page: Page): Promise<string> {
  const { csv } = makeClinicTable(300);
  await startProject(page, { name: 'clinic.csv', content: Buffer.from(csv) });
  await lockEarly(page);
  await train(page, { model: 'Independent columns' });
  await goTo(page, 'Evidence');
  await page.getByRole('checkbox', { name: /^Fidelity/ }).uncheck();
  await page.getByRole('checkbox', { name: /^Utility/ }).uncheck();
  await button(page, 'Evaluate').click();
  await button(page, 'Evaluate again').waitFor({ timeout: 120_000 });
  return csv;
}

/** Locks the criteria on the Train step, before anything is trained. */
async function lockEarly(page: Page): Promise<void> {
  await goTo(page, 'Train');
  await unfold(page, 'Fix the criteria before the first run');
  await chooseFile(page, { name: 'policy.json', content: JSON.stringify(EASY) }, 'Take criteria from a file');
  await page.getByText('Sharing with the course').first().waitFor();
  await button(page, 'Lock these criteria now').click();
  await page.getByText(/^Locked .* for “Sharing with the course/).waitFor();
}

/** States what sharing needs, each field by the button that leads to it. */
export async function stateNeeded(page: Page): Promise<void> {
  for (const label of NEEDED) {
    await button(page, `State “${label}”`).click();
    await type(page.locator(':focus'), `${label}, said.`);
    await button(page, `State “${label}”`).waitFor({ state: 'detached' });
  }
}

const NEEDED = [
  'Recipient',
  'Legal basis',
  'Basis of de-identification',
  'Residual risk',
  'Accepted by',
  'Date of the decision',
  'To be assessed again',
];

/** Builds the package on the Release step. */
export async function buildPackage(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Build the (review package|package again)$/ }).click();
  await button(page, 'Download dossier.html').waitFor({ timeout: 60_000 });
}

/** Makes a key without a backup, under that name, where a signature is asked for. */
export async function makeKey(page: Page, name: string): Promise<void> {
  await button(page, 'Make a key').click();
  await page.getByLabel('Name of the key').fill(name);
  await page.getByRole('checkbox', { name: /^Save a backup/ }).uncheck();
  await button(page, 'Make the key').click();
  await button(page, 'Done').click();
}

/** Signs the package that is built, with the key that is chosen. */
export async function signAsAuthor(page: Page, name: string): Promise<void> {
  await type(page.getByLabel('Your name'), name);
  await button(page, 'Approve and sign').click();
  await page.getByText(`${name}, author, approved`).waitFor();
}
