import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { serve } from '../../../src/headless/serve.mjs';
import {
  button,
  chooseFile,
  dist,
  download,
  goTo,
  heading,
  listenForErrors,
  openApp,
  small,
  startTraining,
  stepButton,
  type,
  unfold,
  waitForResult,
  waitUntilSaved,
} from './app';
import { makeClinicTable, wards } from './clinic-table';
import { listAbsent, listDocumentedFields, readRunJson } from './run-account';
import type { Schema } from '../../../src/data/schema';

/** From a file to synthetic records, each step as a person takes it; the tests of a host go on from one another. */
const hosts = [
  { name: 'at the root, with headers', base: '/', headers: true },
  { name: 'in a folder, without headers', base: '/a/b/', headers: false },
];
const table = makeClinicTable();
const nTrain = 480;

describe.each(hosts)('served $name', ({ base, headers }) => {
  let server: Awaited<ReturnType<typeof serve>>;
  let context: BrowserContext;
  let page: Page;
  let errors: readonly string[];

  let title = '';

  beforeAll(async () => {
    server = await serve({ folder: dist, base, headers });
    context = await launchChromium();
    errors = listenForErrors(context);
    page = await openApp(context, server.url);
  });

  afterAll(async () => {
    await context.close();
    await server.close();
  });

  it('reads a file and lets every guess be overridden', async () => {
    await chooseFile(page, { name: 'clinic.csv', content: table.csv });
    await page.getByText('clinic.csv was read as 600 rows and 9 columns.').waitFor();
    title = (await page.getByTitle('Rename the project').textContent()) ?? '';
    expect(title).toMatch(/^Synthetic records of \d+ \w+ \d{4}$/);
    const delimiter = page.getByLabel('Delimiter');
    expect(await delimiter.locator('option:checked').textContent()).toBe('Semicolon ;');
    await delimiter.selectOption('Comma ,');
    await page.getByText('was read as 600 rows and 1 column.').waitFor();
    await button(page, 'Guess everything again').click();
    await page.getByText('was read as 600 rows and 9 columns.').waitFor();
    expect(await delimiter.locator('option:checked').textContent()).toBe('Semicolon ;');
    expect(await stepButton(page, 'Synthetic data').isDisabled()).toBe(true);
  });

  it('infers a schema that can be edited, undone and redone', async () => {
    await button(page, 'Continue to the schema').click();
    await heading(page, 'Schema').waitFor();
    const typeOf = (name: string) =>
      page.getByLabel(`Type of ${name}`).locator('option:checked').textContent();
    const inferred = await Promise.all(table.headers.map(typeOf));
    expect(inferred).toEqual([
      'Identifier',
      'Date or time',
      'Whole number',
      'Categories',
      'Number',
      'Categories',
      'Yes / no',
      'Free text',
      'Yes / no',
    ]);
    await page.getByLabel('Type of age').selectOption('Number');
    await expect.poll(() => typeOf('age')).toBe('Number');
    await page.getByRole('button', { name: 'Undo: age read as numbers' }).click();
    await expect.poll(() => typeOf('age')).toBe('Whole number');
    await page.getByRole('button', { name: 'Redo: age read as numbers' }).click();
    await expect.poll(() => typeOf('age')).toBe('Number');
    await page.getByRole('button', { name: 'Undo: age read as numbers' }).click();
    await expect.poll(() => typeOf('age')).toBe('Whole number');
    expect(await readRole(page)).toBe('No special role');
    await page.getByLabel('Role of smoker').selectOption('Sensitive');
    await expect.poll(() => readRole(page)).toBe('Sensitive');
    await type(page.getByLabel('Smallest group, k'), '6');
  });

  it('loses nothing on the way back and forth', async () => {
    await waitUntilSaved(page);
    for (const step of ['Data', 'Schema', 'Train', 'Data', 'Train', 'Schema'] as const)
      await goTo(page, step);
    expect(await readRole(page)).toBe('Sensitive');
    expect(await page.getByLabel('Type of age').locator('option:checked').textContent()).toBe('Whole number');
    expect(await page.getByLabel('Smallest group, k').inputValue()).toBe('6');
    expect(await button(page, 'Redo').isEnabled()).toBe(false);
  });

  it('trains in view: step, losses and memory move, then it is judged', async () => {
    await startTraining(page, { model: 'TVAE', settings: { ...small, Epochs: '240' } });
    const step = page.locator('dt', { hasText: /^Step$/ }).locator('xpath=following-sibling::dd');
    const readStep = async () => Number(((await step.textContent()) ?? '').trim().replace(/\D.*$/s, ''));
    await step.waitFor();
    const early = await readStep();
    await expect.poll(readStep).toBeGreaterThan(early);
    const figures = await page.locator('dl').first().innerText();
    for (const name of ['Training left', 'Epoch', 'Rows a second', 'Memory of the model', 'Tensors'])
      expect(figures).toContain(name);
    expect(await page.getByRole('region', { name: 'Losses' }).locator('svg').count()).toBeGreaterThan(0);
    await waitForResult(page);
  });

  it('shows how near synthetic is to train, with holdout and floor beside it and every term defined', async () => {
    await button(page, 'Continue to synthetic data').click();
    await heading(page, 'Synthetic data').waitFor();
    const overall = page.getByRole('region', { name: 'Overall quality' });
    const value = await readScore(overall.locator('p.value'));
    expect(value).toBeGreaterThan(0.5);
    expect(value).toBeLessThan(1);
    expect(await page.locator('.finding').innerText()).toContain(
      'The holdout is set beside it once the criteria are locked.',
    );
    await page.getByLabel('What the records are for').selectOption('testing');
    await page.getByText('The holdout is not set beside it yet').waitFor({ state: 'detached' });
    expect(await page.locator('.finding').innerText()).toMatch(
      /agree with train .*0\.\d{3}, against 0\.\d{3} for .+ and 0\.\d{3} for .+/,
    );
    expect(await page.getByText('synthetic records, learnt from 480 train records').innerText()).toContain(
      'the 120 holdout records took no part',
    );
    await overall.getByRole('button', { name: /show definition/ }).click();
    const panel = page.getByRole('dialog', { name: 'sdmetrics-overall' });
    expect((await panel.innerText()).length).toBeGreaterThan(100);
    await page.keyboard.press('Escape');
    await expect.poll(() => panel.isVisible()).toBe(false);
    expect(await page.getByText('there is no formal guarantee').count()).toBeGreaterThan(0);
  });

  it('writes valid records that name no patient', async () => {
    await goTo(page, 'Export');
    expect(await page.getByLabel('Records to write').inputValue()).toBe(String(nTrain));
    const { name, bytes } = await download(page, 'Download synthetic records');
    expect(name).toBe('synthetic.csv');
    const [head, ...lines] = bytes.toString('utf8').trimEnd().split('\r\n');
    expect(head).toBe('patient;admitted;age;sex;sodium;ward;smoker;died');
    expect(lines).toHaveLength(nTrain);
    const column = (i: number) => lines.map((line) => line.split(';')[i] ?? 'no cell');
    const of = (header: string) => table.rows.map((row) => row[table.headers.indexOf(header)] ?? '');

    const patients = column(0);
    expect(patients.filter((id) => !/^PT-\d{7}$/.test(id))).toEqual([]);
    expect(new Set(patients).size).toBe(nTrain);
    const known = new Set(of('patient'));
    expect(patients.filter((id) => known.has(id))).toEqual([]);

    const sortable = (date: string) => date.split('.').reverse().join('-');
    const days = of('admitted').map(sortable).sort();
    expect(column(1).filter((text) => !/^\d{2}\.\d{2}\.\d{4}$/.test(text))).toEqual([]);
    const [first = '', last = ''] = [days[0], days.at(-1)];
    expect(column(1).filter((text) => sortable(text) < first || sortable(text) > last)).toEqual([]);

    expectWithin(column(2), of('age'), /^\d+$/);
    expectWithin(
      column(4).filter((text) => text !== ''),
      of('sodium').filter((text) => text !== ''),
      /^\d+\.\d$/,
    );
    expect(column(4).filter((text) => text === '').length).toBeGreaterThan(0);
    expect(column(3).filter((text) => text !== 'female' && text !== 'male')).toEqual([]);
    expect(column(5).filter((text) => !(wards as readonly string[]).includes(text))).toEqual([]);
    expect(column(6).filter((text) => text !== 'yes' && text !== 'no')).toEqual([]);
    expect(column(7).filter((text) => text !== '0' && text !== '1')).toEqual([]);
  });

  it('accounts for the run, and gives the schema without what was pooled', async () => {
    const account = readRunJson((await download(page, 'Download run.json')).bytes);
    const fields = listDocumentedFields();
    expect(fields.length).toBeGreaterThan(20);
    expect(listAbsent(account, fields)).toEqual([]);
    expect(account.unknown).toEqual({});
    expect(account.source).toMatchObject({ name: title, nRows: 600, nColumns: 9, encoding: 'utf-8' });
    expect(account.split).toMatchObject({ fraction: 0.2, nTrain: 480, nHoldout: 120, holdoutFile: null });
    expect(new Set(account.split.holdoutRows).size).toBe(120);
    expect(account.backend).toMatchObject({ asked: 'wasm', used: 'wasm' });
    expect(account.model).toMatchObject({ id: 'tvae', seed: 5, changed: { epochs: 240 } });
    expect(account.handling.choices.k).toBe(6);
    expect(account.training.losses.length).toBeGreaterThan(0);
    expect(account.training.scores.length).toBeGreaterThan(0);
    expect(account.memorisationControls?.length).toBeGreaterThan(2);
    expect(account.evidence?.measures.find(({ id }) => id === 'sdmetrics-overall')?.ceiling).toBeGreaterThan(
      0.5,
    );
    expect(account.output).toMatchObject({ nRows: nTrain, seed: 5 });

    const { bytes } = await download(page, 'Download schema.json');
    const { columns } = JSON.parse(bytes.toString()) as Schema;
    expect(columns.map((column) => column.name)).toEqual(table.headers);
    const find = (name: string) => columns.find((column) => column.name === name);
    expect(find('smoker')?.role).toBe('sensitive');
    expect(find('patient')).toMatchObject({ type: 'identifier', levels: null, bounds: null });
    expect(bytes.toString()).not.toContain('PT-00480');
  });

  it('keeps what was typed in every step', async () => {
    await type(page.getByLabel('Records to write'), '77');
    await type(page.getByLabel('File name'), 'mine.csv');
    for (const step of ['Train', 'Synthetic data', 'Data', 'Schema'] as const) await goTo(page, step);
    expect(await readRole(page)).toBe('Sensitive');
    await goTo(page, 'Train');
    await unfold(page, 'Settings of TVAE');
    expect(await page.getByLabel('Epochs', { exact: true }).inputValue()).toBe('240');
    await goTo(page, 'Export');
    expect(await page.getByLabel('Records to write').inputValue()).toBe('77');
    const { name, bytes } = await download(page, 'Download synthetic records');
    expect([name, bytes.toString().trimEnd().split('\n').length]).toEqual(['mine.csv', 78]);
    await waitUntilSaved(page);
    expect(errors).toEqual([]);
  });
});

function readRole(page: Page): Promise<string | null> {
  return page.getByLabel('Role of smoker').locator('option:checked').textContent();
}

async function readScore(value: Locator): Promise<number> {
  return Number(/0\.\d{3}/.exec(await value.innerText())?.[0]);
}

/** Numbers in one way of writing, none beyond what the source holds. */
function expectWithin(drawn: readonly string[], source: readonly string[], pattern: RegExp): void {
  expect(drawn.filter((text) => !pattern.test(text))).toEqual([]);
  const known = source.map(Number);
  expect(Math.min(...drawn.map(Number))).toBeGreaterThanOrEqual(Math.min(...known));
  expect(Math.max(...drawn.map(Number))).toBeLessThanOrEqual(Math.max(...known));
}
