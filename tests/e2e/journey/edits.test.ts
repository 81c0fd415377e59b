import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { serve } from '../../../src/headless/serve.mjs';
import {
  button,
  chooseFile,
  dist,
  download,
  downloadRecords,
  goTo,
  listenForErrors,
  openApp,
  startProject,
  train,
  type,
  waitUntilSaved,
} from './app';
import { makeClinicTable } from './clinic-table';
import { readRunJson } from './run-account';

/** Every change from the file to training is undone, redone, listed, saved and made again on another table. */
const file = { name: 'clinic.csv', content: makeClinicTable(300).csv };

let server: Awaited<ReturnType<typeof serve>>;
let context: BrowserContext;
let errors: readonly string[];
let page: Page;
let saved: Buffer;

beforeAll(async () => {
  server = await serve({ folder: dist, headers: true });
  context = await launchChromium();
  errors = listenForErrors(context);
  page = await openApp(context, server.url);
});

afterAll(async () => {
  await context.close();
  await server.close();
  expect(errors).toEqual([]);
});

const typeOf = (name: string) => page.getByLabel(`Type of ${name}`).locator('option:checked').textContent();
const next = (verb: 'Undo' | 'Redo') => page.getByRole('button', { name: new RegExp(`^${verb}`) });
const smallestGroup = () => page.getByLabel('Smallest group, k').inputValue();

async function listEdits(): Promise<string[]> {
  await page.getByRole('button', { name: /^What was changed/ }).click();
  const texts = await page.getByRole('dialog').getByRole('listitem').allInnerTexts();
  await page.keyboard.press('Escape');
  return texts;
}

it('undoes and redoes by keys and buttons, which say what, but not while a field is typed into', async () => {
  await startProject(page, file);
  await goTo(page, 'Schema');
  await page.getByLabel('Type of age').selectOption('Number');
  await expect.poll(() => typeOf('age')).toBe('Number');
  await type(page.getByLabel('Smallest group, k'), '6');
  await button(page, 'Undo: smallest group k = 6').waitFor();
  const search = page.getByLabel('Find a column');
  await search.pressSequentially('age');
  await page.keyboard.press('Control+z');
  await expect.poll(() => search.inputValue()).not.toBe('age');
  expect(await button(page, 'Undo: smallest group k = 6').count()).toBe(1);
  await search.fill('');
  await page.getByLabel('Include age').focus();
  await page.keyboard.press('Control+z');
  await expect.poll(smallestGroup).toBe('5');
  await page.keyboard.press('Control+z');
  await expect.poll(() => typeOf('age')).toBe('Whole number');
  await page.getByText('Undone: age read as numbers.').waitFor({ state: 'attached' });
  await page.keyboard.press('Control+Shift+Z');
  await expect.poll(() => typeOf('age')).toBe('Number');
  await page.keyboard.press('Control+y');
  await expect.poll(smallestGroup).toBe('6');
  expect(await listEdits()).toEqual(['age read as numbers', 'smallest group k = 6']);
});

it('makes the edits of the schema again after the file was read otherwise, and undoes the reading', async () => {
  await goTo(page, 'Data');
  await page.getByLabel('Missing values').fill('NA male');
  await button(page, 'Read again').click();
  await button(page, 'Undo: missing values written NA male').waitFor();
  await goTo(page, 'Schema');
  expect(await typeOf('age')).toBe('Number');
  await page.getByLabel('Include age').focus();
  await page.keyboard.press('Control+z');
  await button(page, 'Redo: missing values written NA male').waitFor();
  await page.getByLabel('Type of age').waitFor();
  expect([await typeOf('age'), await smallestGroup()]).toEqual(['Number', '6']);
});

it('keeps the list with the project and the run, and hands it out', async () => {
  await waitUntilSaved(page);
  await page.reload();
  await button(page, 'Redo: missing values written NA male').waitFor();
  await train(page, { model: 'Independent columns' });
  await downloadRecords(page);
  const run = readRunJson((await download(page, 'Download run.json')).bytes);
  expect(run.edits?.edits).toEqual([
    { of: 'schema', column: 'age', set: 'type', value: 'continuous' },
    { of: 'handling', value: { k: 6 } },
  ]);
  await goTo(page, 'Schema');
  await page.getByRole('button', { name: /^What was changed/ }).click();
  const file = await download(page, 'Download as JSON');
  expect(file.name).toBe('clinic-edits.json');
  saved = file.bytes;
  expect(JSON.parse(saved.toString())).toEqual(run.edits);
  await page.keyboard.press('Escape');
});

it('applies saved edits to another table, and tells which have no effect there', async () => {
  await button(page, 'Understudy').click();
  const without = file.content
    .split('\r\n')
    .map((line) => line.split(';').slice(0, 2).join(';'))
    .join('\r\n');
  await startProject(page, { name: 'narrow.csv', content: without });
  await page.getByRole('button', { name: /^What was changed/ }).click();
  await chooseFile(page, { name: 'edits.json', content: saved }, 'Apply saved edits');
  await page.getByText('2 saved edits applied.').waitFor({ state: 'attached' });
  await page.keyboard.press('Escape');
  expect(await listEdits()).toEqual([
    expect.stringMatching(/^age read as numbers\s+no effect: this table has no such column$/),
    'smallest group k = 6',
  ]);
  await page.getByRole('button', { name: /^What was changed/ }).click();
  await chooseFile(page, { name: 'edits.json', content: '{}' }, 'Apply saved edits');
  await page.getByText('This file holds no edits').waitFor();
  await page.keyboard.press('Escape');
  await goTo(page, 'Schema');
  expect(await smallestGroup()).toBe('6');
  await next('Undo').click();
  await expect.poll(smallestGroup).toBe('5');
});
