import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { serve } from '../../../src/headless/serve.mjs';
import type { Evaluation } from '../../../src/measure/evaluate';
import { button, dist, download, heading, listenForErrors, openApp } from './app';
import { makeClinicTable } from './clinic-table';

/** Files of another program judged without a project: a copy of train is found out. */
let server: Awaited<ReturnType<typeof serve>>;
let context: BrowserContext;
let page: Page;
let errors: readonly string[];

const train = makeClinicTable(300).csv;
const files = {
  Train: train,
  'Holdout, if there is one': makeClinicTable(150, 11).csv,
  Synthetic: train.replaceAll(';', ','),
};

beforeAll(async () => {
  server = await serve({ folder: dist, headers: true });
  context = await launchChromium();
  errors = listenForErrors(context);
  page = await openApp(context, server.url);
});

afterAll(async () => {
  await context.close();
  await server.close();
});

it('is offered on the start page and asks for its files first', async () => {
  await button(page, 'Judge a synthetic file').click();
  await heading(page, 'Judge records made elsewhere').waitFor();
  expect(await nameFocus()).toBe('Judge records made elsewhere');
  expect(await button(page, 'Judge').isEnabled()).toBe(false);
  expect(await page.getByText('First choose the train file and the synthetic file.').count()).toBe(1);
});

it('says in one sentence why files cannot be judged', async () => {
  await choose('Train', train);
  await choose('Synthetic', 'x\n1\n2\n');
  await button(page, 'Judge').press('Enter');
  await page.getByText(/share no column that can be compared/).waitFor({ timeout: 30_000 });
  expect(await nameFocus()).toBe('Evaluation');
  await button(page, 'Dismiss').press('Enter');
  expect(await nameFocus()).toBe('Evaluation');
});

it('finds a copy out, and gives the figures as a file', async () => {
  for (const [label, content] of Object.entries(files)) await choose(label, content);
  await page.getByLabel('Column to predict').selectOption('died');
  await page.getByRole('checkbox', { name: /^Fidelity/ }).uncheck();
  await page.getByRole('checkbox', { name: /^Utility/ }).uncheck();
  await button(page, 'Judge').click();
  await button(page, 'Download evaluation.json').waitFor({ timeout: 120_000 });
  const { bytes } = await download(page, 'Download evaluation.json');
  const { measures, nRows, cautions } = JSON.parse(bytes.toString()) as Evaluation & { cautions: string[] };
  expect(cautions).toEqual([
    expect.stringContaining('the same 300 rows as train') as string,
    expect.stringContaining(
      '150 of the 150 rows of the holdout (100.0 %) have a value of "patient"',
    ) as string,
  ]);
  expect(await page.getByText(/holds the same 300 rows as train/).isVisible()).toBe(true);
  expect(nRows).toEqual({ train: 300, holdout: 150, synthetic: 300 });
  expect(measures.find(({ id }) => id === 'exact-copies')?.value).toBe(1);
});

it('lists the records of train that the copy gives away on the screen alone', async () => {
  const list = page.getByRole('region', { name: 'Most exposed records' }).last();
  const rows = list.getByRole('row');
  expect(await rows.first().innerText()).toContain('Row of Train.csv');
  expect(await rows.nth(1).innerText()).toContain('A synthetic row equals this record in every column');
  const { bytes } = await download(page, 'Download evaluation.json');
  expect(bytes.toString()).not.toMatch(/xposed record|synthetic row equals/);
  await page.emulateMedia({ media: 'print' });
  expect(await list.isVisible()).toBe(false);
  await page.emulateMedia({ media: null });
});

it('is still there after a look at the start page, until the page is closed', async () => {
  await button(page, 'Back to the start page').click();
  await button(page, 'Judge a synthetic file').click();
  await button(page, 'Download evaluation.json').waitFor();
  expect(errors).toEqual([]);
});

/** What the keyboard is at. */
function nameFocus(): Promise<string> {
  return page.evaluate(() => {
    const here = document.activeElement;
    return here === document.body ? 'nothing' : (here?.getAttribute('aria-label') ?? here?.textContent ?? '');
  });
}

async function choose(label: string, content: string): Promise<void> {
  const file = { name: `${label.slice(0, 5)}.csv`, mimeType: 'text/csv', buffer: Buffer.from(content) };
  await page.getByLabel(label, { exact: true }).setInputFiles(file);
}
