import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Download, Locator, Page } from 'playwright-core';

/** The built page, handled as a person handles it: by what is on the screen. */
export const repository = join(import.meta.dirname, '../../..');
export const dist = process.env.UNDERSTUDY_DIST ?? join(repository, 'dist');

export type Step = 'Data' | 'Schema' | 'Train' | 'Synthetic data' | 'Evidence' | 'Export' | 'Release';

export interface GivenFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

export interface TrainingOrder {
  readonly model: 'Independent columns' | 'Gaussian copula' | 'Sequential trees' | 'TVAE' | 'CTGAN';
  readonly seed?: number;
  /** Label of a field → what is typed there. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Settings under which a network trains in seconds. */
export const small = {
  Epochs: '40',
  'Steps at least': '1',
  'Batch size': '100',
  'Latent size': '16',
  'Hidden layers': '32 32',
} as const;

/** Opens the page in a new tab and waits for its lock. */
export async function openApp(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(url);
  await waitForLock(page);
  return page;
}

export async function waitForLock(page: Page): Promise<void> {
  await page.locator('.room[data-lock="locked"]').waitFor();
}

export function button(page: Page | Locator, name: string): Locator {
  return page.getByRole('button', { name, exact: true });
}

export function heading(page: Page, name: string): Locator {
  return page.getByRole('heading', { level: 1, name, exact: true });
}

/** Gives a file to the dialog that a button opens. */
export async function chooseFile(page: Page, file: GivenFile, name = 'Choose a file'): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button(page, name).click()]);
  const buffer = Buffer.from(file.content);
  await chooser.setFiles({ name: file.name, mimeType: 'application/octet-stream', buffer });
}

/** A new project from the start page; answers when the file has been read. */
export async function startProject(page: Page, file: GivenFile): Promise<void> {
  await chooseFile(page, file);
  await page.getByText(' was read as ').waitFor();
  await nameProject(page, file.name.replace(/\..*$/, ''));
}

/** Gives the open project a name. */
export async function nameProject(page: Page, name: string): Promise<void> {
  await page.getByTitle('Rename the project').click();
  await page.getByLabel('Name of the project').fill(name);
  await button(page, 'Rename').click();
  await page.getByTitle('Rename the project').getByText(name, { exact: true }).waitFor();
}

/** Goes to a step by the numbered list. */
export async function goTo(page: Page, step: Step): Promise<void> {
  await stepButton(page, step).click();
  await heading(page, step).waitFor();
}

export function stepButton(page: Page, step: Step): Locator {
  return page
    .getByRole('navigation', { name: 'Steps' })
    .getByRole('button', { name: new RegExp(`^\\d\\s*${step}$`) });
}

/** Fills in the Train step and starts; wasm wherever a network is trained. */
export async function startTraining(page: Page, order: TrainingOrder): Promise<void> {
  await goTo(page, 'Train');
  await page.getByRole('radio', { name: order.model }).check();
  await unfold(page, `Settings of ${order.model}`);
  const { settings = {}, seed = 5 } = order;
  for (const [label, text] of Object.entries({ ...settings, Seed: String(seed) }))
    await type(page.getByLabel(label, { exact: true }), text);
  if (order.model === 'TVAE' || order.model === 'CTGAN') {
    await unfold(page, 'Where it is computed');
    await page.getByLabel('Backend').selectOption('wasm');
  }
  await button(page, 'Start training').click();
}

/** Opens a disclosure that may be open already. */
export async function unfold(page: Page, summary: string): Promise<void> {
  const details = page.locator('details').filter({ has: page.locator('summary', { hasText: summary }) });
  if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
}

/** Types into a field and leaves it, as its change counts only then. */
export async function type(field: Locator, text: string): Promise<void> {
  await field.fill(text);
  await field.blur();
}

/** Waits until the latest run is over, its records drawn and judged. */
export async function waitForResult(page: Page, timeout = 120_000): Promise<void> {
  const latest = page.getByRole('region', { name: 'Runs of this project' }).locator('tbody tr').first();
  await latest.filter({ hasText: 'finished, shown' }).waitFor({ timeout });
  await latest.locator('td:nth-child(5)', { hasText: /^\s*[01]\.\d{3}/ }).waitFor({ timeout });
}

/** Trains from the start to judged records. */
export async function train(page: Page, order: TrainingOrder): Promise<void> {
  await startTraining(page, order);
  await waitForResult(page);
}

/** What a button lets the browser save. */
export async function download(page: Page, name: string): Promise<{ name: string; bytes: Buffer }> {
  const [saved] = await Promise.all([page.waitForEvent('download'), button(page, name).click()]);
  return readDownload(saved);
}

async function readDownload(saved: Download): Promise<{ name: string; bytes: Buffer }> {
  return { name: saved.suggestedFilename(), bytes: await readFile(await saved.path()) };
}

/** The synthetic file of the run that is shown, from the Export step. */
export async function downloadRecords(page: Page): Promise<Buffer> {
  await goTo(page, 'Export');
  return (await download(page, 'Download synthetic records')).bytes;
}

/** Waits until the page says that everything is written. */
export async function waitUntilSaved(page: Page): Promise<void> {
  await button(page, 'Saved on this device').waitFor();
}

/** Lines the page's own test of its lock leaves in the console. */
const expectedErrors = [
  /violates the following Content Security Policy directive: "connect-src blob: data:"/,
  /^Fetch API cannot load/,
];

/** Collects what a context's pages complain about, without the two lines of the lock. */
export function listenForErrors(context: BrowserContext): readonly string[] {
  const errors: string[] = [];
  context.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !expectedErrors.some((pattern) => pattern.test(text)))
      errors.push(text);
  });
  context.on('weberror', (event) => errors.push(event.error().message));
  return errors;
}
