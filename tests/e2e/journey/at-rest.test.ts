import { mkdtempSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { serve } from '../../../src/headless/serve.mjs';
import {
  button,
  chooseFile,
  dist,
  download,
  downloadRecords,
  goTo,
  heading,
  openApp,
  small,
  startProject,
  startTraining,
  train,
  waitForLock,
  waitForResult,
  waitUntilSaved,
} from './app';
import { makeClinicTable } from './clinic-table';
import { countStored, findOnDisk, findStored } from './stored';

/** Projects under a passphrase: what the browser keeps of them, the lock, the files, and what is left when all is erased. */
const PASSPHRASE = 'four words of mine';
const table = makeClinicTable(200).csv;
const CANARIES = ['canaryColumn', 'canary-cell', 'canary-ward'] as const;
const lines = table.trimEnd().split('\n');
const file = {
  name: 'canary-ward.csv',
  content: lines
    .map((line, i) => `${line},${i === 0 ? 'canaryColumn' : i % 2 === 0 ? 'canary-cell' : 'other'}`)
    .join('\n'),
};

let server: Awaited<ReturnType<typeof serve>>;
let context: BrowserContext;
let profile: string;
let page: Page;

beforeAll(async () => {
  server = await serve({ folder: dist, headers: true });
  return () => server.close();
});

beforeEach(async () => {
  profile = mkdtempSync(join(tmpdir(), 'understudy-profile-'));
  context = await launchChromium({ profile });
  page = await openApp(context, server.url);
});

afterEach(() => context.close());

/** A picture for a person to look at, wide and narrow; only where one is asked for. */
async function shoot(name: string): Promise<void> {
  const folder = process.env.SHOTS;
  if (folder === undefined) return;
  await page.waitForTimeout(400);
  for (const [width, scheme] of [
    [1280, 'light'],
    [390, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await page.waitForTimeout(150);
    await page.screenshot({ path: join(folder, `${name}-${width}.png`) });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
}

function dialog(): Locator {
  return page.getByRole('dialog');
}

/** Types a passphrase twice where one is chosen, and confirms. */
async function choosePassphrase(passphrase: string, confirm: string): Promise<void> {
  await dialog()
    .getByLabel(/^Passphrase/)
    .fill(passphrase);
  await dialog().getByLabel('The same once more').fill(passphrase);
  await button(dialog(), confirm).click();
}

async function beginProtected(): Promise<void> {
  await button(page, 'begin with a passphrase').click();
  await shoot('begin');
  await choosePassphrase(PASSPHRASE, 'Begin the project');
  await button(page, 'Protected').waitFor();
}

async function unlock(passphrase = PASSPHRASE): Promise<void> {
  await dialog().getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await button(dialog(), 'Unlock').click();
}

function projects(): Locator {
  return page.getByRole('region', { name: 'Projects on this device' }).getByRole('listitem');
}

it('keeps nothing of a protected project in clear, from its first byte, and opens it under its passphrase only', async () => {
  await beginProtected();
  await startProject(page, file);
  await train(page, { model: 'Independent columns' });
  const csv = await downloadRecords(page);
  expect(csv.toString()).toContain('canaryColumn');
  await waitUntilSaved(page);
  expect(await findStored(page, CANARIES)).toEqual([]);

  await button(page, 'Protected').click();
  await shoot('protected');
  await button(page, 'Lock now').click();
  await page.getByText('The project is locked').waitFor();
  await waitForLock(page);
  await shoot('locked');
  expect(await projects().allInnerTexts()).toEqual([
    expect.stringMatching(/Locked project[^]*under a passphrase/),
  ]);
  expect(await page.content()).not.toContain('canary');
  expect(await findStored(page, CANARIES)).toEqual([]);

  await button(page, 'Open Locked project').click();
  await unlock('not the right one');
  await dialog().getByText('This passphrase does not open the project.').waitFor();
  await shoot('wrong-passphrase');
  await unlock();
  await heading(page, 'Export').waitFor();
  expect((await downloadRecords(page)).equals(csv)).toBe(true);

  await button(page, 'Protected').click();
  await dialog().getByText('Remove the protection').click();
  await shoot('remove');
  await button(page, 'Keep it in clear').click();
  await dialog().getByText('Protect this project').waitFor();
  expect(await findStored(page, CANARIES)).toEqual(CANARIES);
});

it('leaves no cell of a protected project on the disk, where those of a plain one are found', async () => {
  await beginProtected();
  await startProject(page, file);
  await train(page, { model: 'Independent columns' });
  await waitUntilSaved(page);
  await context.close();
  expect(findOnDisk(profile, ['canary-cell', 'canaryColumn'])).toEqual([]);

  context = await launchChromium({ profile });
  page = await openApp(context, server.url);
  await button(dialog(), 'Leave it locked').click();
  await startProject(page, file);
  await waitUntilSaved(page);
  await context.close();
  expect(findOnDisk(profile, ['canary-cell']).length).toBeGreaterThan(0);
  context = await launchChromium();
});

it('protects a project that is open, and goes on training where a closed tab had broken off, once unlocked', async () => {
  await startProject(page, file);
  await train(page, { model: 'Independent columns' });
  await downloadRecords(page);
  expect((await countStored(page)).files).toBe(2);
  expect(await findStored(page, CANARIES)).toEqual(CANARIES);
  await button(page, 'No passphrase').click();
  await shoot('protect');
  await button(dialog(), 'Protect the project').click();
  await dialog().getByText('Nothing was typed').waitFor();
  await shoot('protect-empty');
  await choosePassphrase(PASSPHRASE, 'Protect the project');
  await dialog().getByText('This project is protected').waitFor();
  await page.keyboard.press('Escape');
  expect(await findStored(page, CANARIES)).toEqual([]);

  const long = { ...small, Epochs: '400', Patience: '100000' };
  await startTraining(page, { model: 'TVAE', settings: long });
  await button(page, 'Pause').click();
  await page.getByText(/last checkpoint, saved at step/).waitFor();
  await button(page, 'Resume').click();
  expect(await findStored(page, CANARIES)).toEqual([]);
  await page.close();
  page = await openApp(context, server.url);
  await shoot('unlock');
  await unlock();
  await heading(page, 'Train').waitFor();
  await waitForResult(page);
  expect(await findStored(page, CANARIES)).toEqual([]);
});

it('locks by itself after a while without use, and says so', async () => {
  await beginProtected();
  await startProject(page, file);
  await waitUntilSaved(page);
  await button(page, 'Protected').click();
  await dialog().getByLabel('Lock by itself').selectOption('After 5 minutes without use');
  await page.keyboard.press('Escape');
  const pass = (minutes: number) =>
    page.evaluate((ms) => {
      const { now } = Date;
      Date.now = () => now() + ms;
    }, minutes * 60_000);
  for (const isKept of [true, false]) {
    await pass(4);
    await page.getByText('This project will be locked in less than a minute').waitFor();
    await shoot(`warned, ${isKept ? 'kept' : 'left'}`);
    if (isKept) await button(page, 'Stay open').click();
    if (isKept) await page.getByText('The project stays open.').waitFor();
  }
  await button(page, 'Protected').waitFor();
  await pass(2);
  await page.getByText('Nobody had used it for a while.').waitFor({ timeout: 20_000 });
  await waitForLock(page);
  expect(await projects().count()).toBe(1);
  await button(page, 'Open Locked project').click();
  await unlock();
  await page.getByText(' was read as ').waitFor();
});

it('takes a project out in an encrypted file and in again, and asks for its passphrase', async () => {
  await startProject(page, file);
  await train(page, { model: 'Independent columns' });
  const csv = await downloadRecords(page);
  await button(page, 'Save the project file').click();
  await dialog().getByLabel('Include the source table').check();
  await dialog().getByLabel('Encrypt the file under a passphrase').check();
  await dialog().getByLabel('Passphrase of the file').fill(PASSPHRASE);
  await dialog().getByLabel('The same once more').fill(PASSPHRASE);
  await shoot('export');
  const saving = page.waitForEvent('download');
  await dialog().getByRole('button', { name: 'Save the project file' }).click();
  const bytes = await readFile(await (await saving).path());
  for (const word of CANARIES) expect(bytes.includes(word)).toBe(false);
  await button(page, 'Understudy').click();
  await button(page, 'Erase canary-ward').click();
  await button(page, 'Erase the project').click();
  await expect.poll(() => projects().count()).toBe(0);
  await page.reload();
  await waitForLock(page);

  const damaged = Buffer.from(bytes);
  damaged[1000] = (damaged[1000] ?? 0) ^ 1;
  await chooseFile(page, { name: 'a.understudy', content: damaged }, 'Import a project file');
  await page.getByText('This project file is damaged').waitFor();
  await chooseFile(page, { name: 'a.understudy', content: bytes }, 'Import a project file');
  await shoot('import');
  await unlock('not the right one');
  await dialog().getByText('This passphrase does not open the project file.').waitFor();
  await unlock();
  await heading(page, 'Export').waitFor();
  await button(page, 'Protected').waitFor();
  expect(await findStored(page, CANARIES)).toEqual([]);
  expect((await downloadRecords(page)).equals(csv)).toBe(true);
});

it('erases everything, the program and its service worker too, says what it was, and begins anew', async () => {
  await beginProtected();
  await startProject(page, file);
  await train(page, { model: 'Independent columns' });
  await goTo(page, 'Export');
  await download(page, 'Download run.json');
  await page.getByLabel('Colours').selectOption('Night');
  await button(page, 'Understudy').click();
  const before = await countStored(page);
  for (const kind of ['databases', 'settings', 'caches', 'workers'] as const)
    expect([kind, before[kind] > 0]).toEqual([kind, true]);
  await button(page, 'Erase everything on this device').click();
  await button(page, 'Erase everything').click();
  await page.getByText('Everything is erased').waitFor();
  await shoot('erased');
  expect(await page.getByText(/^Erased: /).innerText()).toMatch(
    /1 database.*1 copy of the program, 1 service worker/,
  );
  expect(await countStored(page)).toEqual({ databases: 0, files: 0, settings: 0, caches: 0, workers: 0 });
  await page.reload();
  await waitForLock(page);
  expect(await projects().count()).toBe(0);
  await startProject(page, file);
  await waitUntilSaved(page);
});
