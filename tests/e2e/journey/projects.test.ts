import { readFile } from 'node:fs/promises';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { serve } from '../../../src/headless/serve.mjs';
import {
  button,
  chooseFile,
  dist,
  downloadRecords,
  goTo,
  heading,
  openApp,
  small,
  startProject,
  startTraining,
  train,
  type,
  waitForLock,
  waitUntilSaved,
} from './app';
import { makeClinicTable } from './clinic-table';

/** Projects are kept on this device only, one tab at a time writes them, and what is erased is gone. */
const file = { name: 'clinic.csv', content: makeClinicTable(200).csv };
const other = { name: 'ward.csv', content: makeClinicTable(120, 3).csv };

let server: Awaited<ReturnType<typeof serve>>;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  server = await serve({ folder: dist, headers: true });
  return () => server.close();
});

beforeEach(async () => {
  context = await launchChromium();
  page = await openApp(context, server.url);
});

afterEach(() => context.close());

function projects(of: Page): Locator {
  return of.getByRole('region', { name: 'Projects on this device' }).getByRole('listitem');
}

it('keeps several projects apart, renames one and erases one', async () => {
  await startProject(page, file);
  await button(page, 'Understudy').click();
  await startProject(page, other);
  await button(page, 'ward').click();
  await type(page.getByLabel('Name of the project'), 'Second ward');
  await button(page, 'Rename').click();
  await waitUntilSaved(page);
  await button(page, 'Understudy').click();
  await button(page, 'Open Second ward').waitFor();
  await expect
    .poll(() =>
      projects(page)
        .getByRole('button', { name: /^Open / })
        .count(),
    )
    .toBe(2);
  await button(page, 'Open clinic').click();
  await page.getByText('clinic.csv was read as 200 rows').waitFor();
  await button(page, 'Understudy').click();
  await button(page, 'Erase clinic').click();
  await button(page, 'Erase the project').click();
  await expect.poll(() => projects(page).count()).toBe(1);
  await page.reload();
  await waitForLock(page);
  await projects(page).first().waitFor();
  expect(await projects(page).allInnerTexts()).toEqual([expect.stringContaining('Second ward')]);
});

it('walks the steps by Back and Forward of the browser, which asks before it leaves a training', async () => {
  await startProject(page, file);
  await button(page, 'Continue to the schema').click();
  await heading(page, 'Schema').waitFor();
  await button(page, 'Continue to training').click();
  await heading(page, 'Train').waitFor();
  await page.goBack();
  await heading(page, 'Schema').waitFor();
  await page.goForward();
  await heading(page, 'Train').waitFor();
  await startTraining(page, { model: 'TVAE', settings: { ...small, Epochs: '100000' } });
  await button(page, 'Pause').or(button(page, 'Start all the same')).first().waitFor();
  if (await button(page, 'Start all the same').isVisible()) await button(page, 'Start all the same').click();
  await button(page, 'Pause').waitFor();
  for (const step of ['Schema', 'Data'] as const) {
    await page.goBack();
    await heading(page, step).waitFor();
  }
  await page.goBack();
  await button(page, 'Leave').click();
  await projects(page).filter({ hasText: 'clinic' }).waitFor();
  await page.goBack();
  await heading(page, 'Data').waitFor();
  await goTo(page, 'Train');
  await button(page, 'Pause').waitFor();
});

it('says on Schema that a run is under way, whose pictures keep to the schema it began with', async () => {
  await startProject(page, file);
  await startTraining(page, { model: 'TVAE', settings: { ...small, Epochs: '6000', Patience: '1000' } });
  await button(page, 'Pause').or(button(page, 'Start all the same')).first().waitFor();
  if (await button(page, 'Start all the same').isVisible()) await button(page, 'Start all the same').click();
  const age = page.getByRole('region', { name: 'Columns while training' }).locator('figure', {
    has: page.getByText('age', { exact: true }),
  });
  await age.waitFor();
  expect(await age.innerText()).not.toMatch(/levels/);
  await goTo(page, 'Schema');
  await page.getByText('A run is under way').waitFor();
  await page.getByLabel('Type of age').selectOption('Categories');
  await expect
    .poll(() => page.getByLabel('Type of age').locator('option:checked').textContent())
    .toBe('Categories');
  await goTo(page, 'Train');
  await age.waitFor();
  expect(await age.innerText()).not.toMatch(/levels/);
  await button(page, 'Cancel run').click();
  await button(page, 'Cancel and discard').click();
  await page.getByRole('cell', { name: 'cancelled' }).waitFor();
  await goTo(page, 'Schema');
  await page.getByLabel('Type of age').waitFor();
  expect(await page.getByText('A run is under way').count()).toBe(0);
});

it('opens the finished sample on its evidence, and draws from it', async () => {
  await button(page, 'Open the finished sample project').click();
  await heading(page, 'Synthetic data').waitFor();
  expect(await page.locator('.finding').innerText()).toMatch(/agree with train to 0\.9/);
  await goTo(page, 'Evidence');
  await page.getByText(/^Locked .* for “Internal analytics”, and not changed since/).waitFor();
  await goTo(page, 'Export');
  await page.getByLabel('Why they are exported all the same').fill('to look at the sample');
  const [head = '', ...rows] = (await downloadRecords(page)).toString().trimEnd().split('\n');
  expect([head.split(',')[0], rows.length > 1000]).toEqual(['patient_id', true]);
});

it('lets one tab at a time have a project, and says so in both', async () => {
  await startProject(page, file);
  await waitUntilSaved(page);
  const second = await openApp(context, server.url);
  await second.getByText('This project is open in another tab').waitFor();
  await button(second, 'Open it here instead').click();
  await second.getByText('clinic.csv was read as 200 rows').waitFor();
  await page.getByText('This project was opened in another tab').waitFor();
  expect(await page.getByRole('alert').innerText()).toContain('Nothing you do here is saved any more.');

  await goTo(second, 'Schema');
  await second.getByLabel('Role of smoker').selectOption('Sensitive');
  await waitUntilSaved(second);
  await button(page, 'Open it here instead').click();
  await heading(page, 'Schema').waitFor();
  await expect
    .poll(() => page.getByLabel('Role of smoker').locator('option:checked').textContent())
    .toBe('Sensitive');
  await second.getByText('This project was opened in another tab').waitFor();
});

it('takes a project out in a file, erases it and takes it in again with the same results', async () => {
  await startProject(page, file);
  await train(page, { model: 'Gaussian copula' });
  const csv = await downloadRecords(page);
  const whole = await exportProject(page);
  await goTo(page, 'Synthetic data');
  const finding = await page.locator('.finding').innerText();
  await button(page, 'Understudy').click();
  await button(page, 'Erase clinic').click();
  await button(page, 'Erase the project').click();
  await expect.poll(() => projects(page).count()).toBe(0);

  await chooseFile(page, { name: 'clinic.understudy', content: whole }, 'Import a project file');
  await heading(page, 'Synthetic data').or(heading(page, 'Export')).waitFor();
  await goTo(page, 'Synthetic data');
  expect(await page.locator('.finding').innerText()).toBe(finding);
  expect((await downloadRecords(page)).equals(csv)).toBe(true);
  await type(page.getByLabel('Records to write'), '33');
  const more = (await downloadRecords(page)).toString();
  expect(more.trimEnd().split('\n')).toHaveLength(34);
});

it('erases everything and leaves nothing of it in the browser', async () => {
  await startProject(page, file);
  await train(page, { model: 'Independent columns' });
  await downloadRecords(page);
  await page.getByLabel('Colours').selectOption('Night');
  await button(page, 'Understudy').click();
  expect(await listKept(page)).not.toEqual({ databases: [], folders: [], settings: [] });
  await button(page, 'Erase everything on this device').click();
  await button(page, 'Erase everything').click();
  await page.getByText('Everything is erased').waitFor();
  expect(await listKept(page)).toEqual({ databases: [], folders: [], settings: [] });
  await page.reload();
  await waitForLock(page);
  expect(await projects(page).count()).toBe(0);
  await startProject(page, file);
  await waitUntilSaved(page);
});

it('says so when the storage is full, and shows nothing as saved that is not', async () => {
  await startProject(page, file);
  await waitUntilSaved(page);
  await fillStorage(page);
  await goTo(page, 'Schema');
  await page.getByLabel('Role of smoker').selectOption('Sensitive');
  await button(page, 'Save failed').click();
  const dialog = page.getByRole('dialog', { name: 'Save failed' });
  expect(await dialog.innerText()).toMatch(/storage for this page is full/);
  expect(await dialog.innerText()).toContain('Your work is still in this page');
  await page.keyboard.press('Escape');
  expect(await page.getByText('Saved on this device').count()).toBe(0);

  await freeStorage(page);
  await page.getByLabel('Role of sex').selectOption('Sensitive');
  await waitUntilSaved(page);
  await page.reload();
  await waitForLock(page);
  await heading(page, 'Schema').waitFor();
  expect(await page.getByLabel('Role of smoker').locator('option:checked').textContent()).toBe('Sensitive');
});

it('refuses a new project in a full storage and keeps the one before', async () => {
  await startProject(page, file);
  await waitUntilSaved(page);
  await button(page, 'Understudy').click();
  await fillStorage(page);
  await chooseFile(page, other);
  await page
    .getByText(/storage for this page is full|could not be kept/)
    .first()
    .waitFor();
  await page.reload();
  await waitForLock(page);
  await expect.poll(() => projects(page).allInnerTexts()).toEqual([expect.stringContaining('clinic')]);
});

async function exportProject(of: Page): Promise<Buffer> {
  await button(of, 'Save the project file').click();
  await of.getByLabel('Include the source table').check();
  const saving = of.waitForEvent('download');
  await of.getByRole('dialog').getByRole('button', { name: 'Save the project file' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('clinic.understudy');
  return readFile(await saved.path());
}

/** From here on the browser stores nothing more: every write is answered as when the quota is used up. */
async function fillStorage(of: Page): Promise<void> {
  await of.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    Object.assign(globalThis, { freeStorage: () => (IDBObjectStore.prototype.put = put) });
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('The quota is used up.', 'QuotaExceededError');
    };
  });
}

async function freeStorage(of: Page): Promise<void> {
  await of.evaluate('freeStorage()');
}

/** Everything the browser keeps for this origin, the program's own cache aside. */
function listKept(of: Page) {
  return of.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folders: string[] = [];
    for await (const [name] of root as unknown as AsyncIterable<[string, FileSystemHandle]>)
      folders.push(name);
    return {
      databases: (await indexedDB.databases()).map(({ name }) => name ?? ''),
      folders,
      settings: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
    };
  });
}
