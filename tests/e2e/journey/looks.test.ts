import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeReleaseArchive } from '../../../src/platform/release-archive';
import { author, makePackage } from '../../release/sample-package';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { serve } from '../../../src/headless/serve.mjs';
import {
  button,
  dist,
  goTo,
  heading,
  openApp,
  startProject,
  unfold,
  waitForLock,
  waitForResult,
} from './app';
import { makeClinicTable } from './clinic-table';
import { buildPackage } from './release-steps';

/** Every page and dialog: read by axe in both themes and widths, no wider than a phone, usable by keyboard alone. */
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const file = { name: 'clinic.csv', content: makeClinicTable(200).csv };
const views = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'light', width: 390 },
  { colorScheme: 'dark', width: 390 },
] as const;

let server: Awaited<ReturnType<typeof serve>>;
let context: BrowserContext;
let page: Page;
const printed: string[] = [];

/** What the lock's own tests leave in the console, and Chromium itself where there is no graphics adapter. */
const expected = [
  /violates the following Content Security Policy directive: "connect-src blob: data:"/,
  /^Fetch API cannot load/,
  /Permissions-Policy|permissions policy|Unrecognized feature/i,
  /^No available adapters\.$/,
];

beforeAll(async () => {
  server = await serve({ folder: dist, headers: true });
  context = await launchChromium();
  context.on('console', (message) => {
    const text = message.text();
    const counts = message.type() === 'error' || message.type() === 'warning';
    if (counts && !expected.some((pattern) => pattern.test(text))) printed.push(text);
  });
  context.on('weberror', (event) => printed.push(event.error().message));
  page = await openApp(context, server.url);
});

afterAll(async () => {
  await context.close();
  await server.close();
});

/** Serious and critical findings of axe in all themes and widths, and pages that scroll sideways on a small phone. */
async function judge(where: string, isDialog = false): Promise<void> {
  const found: string[] = [];
  for (const { colorScheme, width } of views) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    await drawTwice();
    for (const finding of await readFindings()) found.push(`${colorScheme}, ${width}: ${finding}`);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await page.setViewportSize({ width: 1280, height: 800 });
  expect({ where, found }).toEqual({ where, found: [] });
  if (!isDialog) expect({ where, overflow: Math.max(0, overflow) }).toEqual({ where, overflow: 0 });
}

/** Colours of a new theme stand after the next picture. */
async function drawTwice(): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

async function readFindings(): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  const { violations } = await page.evaluate<AxeResults>(
    'axe.run({ resultTypes: ["violations"], preload: false })',
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`).join(' | ')}`,
    );
}

async function judgeDialog(opener: string, title: string | RegExp): Promise<void> {
  await button(page, opener).first().click();
  await page.getByRole('dialog', { name: title }).waitFor();
  await judge(`dialog ${String(title)}`, true);
  await page.keyboard.press('Escape');
}

it('finds a fault that is put there', async () => {
  await page.evaluate(() => {
    const image = document.createElement('img');
    image.id = 'fault';
    document.querySelector('main')?.append(image);
  });
  const found = await readFindings();
  await page.evaluate(() => document.getElementById('fault')?.remove());
  expect(found).toEqual([expect.stringMatching(/^image-alt: #fault/)]);
});

it('is sound where a release package is checked and signed', async () => {
  await button(page, 'Check a release package').click();
  await judge('checking, empty');
  const archive = await writeReleaseArchive(await makePackage({ signers: [['author', author, 'approve']] }));
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    button(page, 'Choose a package').click(),
  ]);
  const buffer = Buffer.from(await archive.arrayBuffer());
  await chooser.setFiles({ name: 'cohort.zip', mimeType: 'application/zip', buffer });
  await page.getByText('Intact, and not yet approved').waitFor();
  await page.getByText('Show the evidence', { exact: true }).click();
  await judge('checking');
  await judgeDialog('Make a key', 'Make a key');
  await judgeDialog('Open the backup of a key', 'Open the backup of a key');
  await button(page, 'Back to the start page').click();
});

it('is sound on the start page and its dialogs', async () => {
  await judge('start');
  await judgeDialog('Paste a table', 'Paste a table');
  await judgeDialog('begin with a passphrase', 'Begin a protected project');
  await judgeDialog('Erase everything on this device', 'Erase everything?');
  await judgeDialog('Locked: nothing can leave', /.+/);
});

it('is sound in Data and Schema', async () => {
  await startProject(page, file);
  await judge('Data');
  await judgeDialog('Saved on this device', 'Saved on this device');
  await judgeDialog('clinic', 'Rename the project');
  await judgeDialog('No passphrase', 'Protect this project');
  await goTo(page, 'Schema');
  await judge('Schema');
  await judgeDialog('sodium, details', 'sodium');
  await judgeDialog('ward, details', 'ward');
});

it('is sound in Train, before, during and after a run', async () => {
  await goTo(page, 'Train');
  await page.getByRole('radio', { name: 'TVAE' }).check();
  await unfold(page, 'Settings of TVAE');
  await unfold(page, 'Where it is computed');
  await judge('Train');
  await page.getByLabel('Steps at least').fill('20000');
  await page.getByLabel('Backend').selectOption('wasm');
  await button(page, 'Start training').click();
  await button(page, 'Start all the same').or(button(page, 'Pause')).click();
  await button(page, 'Pause').or(button(page, 'Resume')).waitFor();
  if (await button(page, 'Pause').isVisible()) await button(page, 'Pause').click();
  await button(page, 'Resume').waitFor();
  await judge('training');
  await judgeDialog('Cancel run', 'Cancel this run?');
  await button(page, 'Stop and keep the best').click();
  await waitForResult(page);
  await judge('trained');
});

it('is sound in a tournament, while it runs and when it is done', async () => {
  await page.getByRole('radio', { name: 'Automatic' }).check();
  await page.getByRole('heading', { name: /^For this table/ }).waitFor();
  await unfold(page, 'Why not another');
  await page.getByRole('checkbox', { name: 'TVAE' }).check();
  await judge('Tournament, its criteria not locked');
  await button(page, 'Start the tournament').click();
  await button(page, 'Skip TVAE').waitFor();
  await judge('tournament');
  await judgeDialog('Cancel the tournament', 'Cancel the tournament?');
  while (!(await page.getByText(/^Tournament of/).isVisible())) {
    const stop = button(page, 'Stop and keep the best');
    await stop.click({ timeout: 500 }).catch(() => undefined);
  }
  await page.getByRole('button', { name: /^Sequential trees: fidelity/ }).focus();
  await page.keyboard.press('Enter');
  await judge('tournament done');
});

it('is sound in Evidence, before and after an evaluation', async () => {
  await goTo(page, 'Evidence');
  await judge('Evidence');
  await button(page, 'Evaluate').click();
  await button(page, 'Evaluate again').waitFor({ timeout: 180_000 });
  await unfold(page, 'Parts of Column shapes');
  await unfold(page, 'Relations as a table');
  await page.getByRole('button', { name: 'Place' }).first().click();
  await judge('evidence');
});

it('is sound in Synthetic data and Export', async () => {
  await goTo(page, 'Synthetic data');
  await judge('Synthetic data');
  await page.getByRole('button', { name: /^Overall quality.*show definition/ }).click();
  await judge('definition', true);
  await page.keyboard.press('Escape');
  await goTo(page, 'Export');
  await unfold(page, 'Wishes for the records');
  await button(page, 'Add this wish').waitFor();
  await judge('Export');
  await judgeDialog('Save the project file', /^Export/);
});

it('is sound in Release, with a package and its dossier', async () => {
  await goTo(page, 'Release');
  await unfold(page, 'Statements');
  await buildPackage(page);
  await unfold(page, 'Read the dossier');
  await page.getByText('1. Purpose, recipient and legal basis').click();
  await page.getByText('Criteria and findings', { exact: true }).click();
  await judge('Release');
});

it('is sound in the list of projects', async () => {
  await button(page, 'Understudy').click();
  await judge('projects');
  await judgeDialog('Rename clinic', 'Rename the project');
  await judgeDialog('Export clinic', /^Export/);
  await judgeDialog('Erase clinic', /^Erase/);
});

it('is sound while a project is protected, and once it is locked', async () => {
  const dialog = page.getByRole('dialog');
  await button(page, 'Open clinic').click();
  await button(page, 'No passphrase').click();
  await dialog.getByLabel('Passphrase', { exact: true }).fill('four words of mine');
  await button(dialog, 'Protect the project').click();
  await dialog.getByText('Type it once more.').waitFor();
  await judge('passphrase typed once', true);
  await dialog.getByLabel('The same once more').fill('four words of mine');
  await button(dialog, 'Protect the project').click();
  await dialog.getByText('This project is protected').waitFor();
  await unfold(page, 'Change the passphrase');
  await unfold(page, 'Remove the protection');
  await judge('protected', true);
  await button(dialog, 'Lock now').click();
  await page.getByText('The project is locked').waitFor();
  await waitForLock(page);
  await judge('locked');
  await button(page, 'Open Locked project').click();
  await dialog.getByLabel('Passphrase', { exact: true }).fill('not the right one');
  await button(dialog, 'Unlock').click();
  await dialog.getByText('This passphrase does not open the project.').waitFor();
  await judge('unlock', true);
  await button(dialog, 'Leave it locked').click();
});

it('is walked from a file to a download by keyboard alone', async () => {
  page = await openApp(context, server.url);
  const opened = page.waitForEvent('filechooser');
  await tabTo('Choose a file');
  await page.keyboard.press('Enter');
  await (
    await opened
  ).setFiles({ name: 'keys.csv', mimeType: 'text/csv', buffer: Buffer.from(file.content) });
  await page.getByText('keys.csv was read as').waitFor();
  await press('Continue to the schema');
  await heading(page, 'Schema').waitFor();
  await press('Continue to training');
  await heading(page, 'Train').waitFor();
  await tabTo('', 'radio');
  expect(await page.getByRole('radio', { name: 'Automatic' }).isChecked()).toBe(true);
  await press('Start training');
  await waitForResult(page);
  await press('Continue to synthetic data');
  await heading(page, 'Synthetic data').waitFor();
  await press('Continue to evidence');
  await press('Continue to export');
  await heading(page, 'Export').waitFor();
  const saving = page.waitForEvent('download');
  await press('Download synthetic records');
  expect((await saving).suggestedFilename()).toBe('synthetic.csv');
});

it('has printed nothing but what its lock prints', () => {
  expect(printed).toEqual([]);
});

/** Moves on by Tab until the focus is on what is named so. */
async function tabTo(name: string, kind = 'button'): Promise<void> {
  for (let i = 0; i < 200; i++) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      const element = document.activeElement;
      const type = element instanceof HTMLInputElement ? element.type : element?.tagName.toLowerCase();
      return { type, text: (element?.textContent ?? '').trim() };
    });
    if (here.type === kind && here.text.startsWith(name)) return;
  }
  throw new Error(`"${name}" cannot be reached by Tab`);
}

async function press(name: string): Promise<void> {
  await tabTo(name);
  await page.keyboard.press('Enter');
}
