import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import type { Combination } from '../../../src/data/wishes/wishes';
import type { GrantedWishes } from '../../../src/data/wishes/wishes-account';
import { serve } from '../../../src/headless/serve.mjs';
import {
  button,
  dist,
  download,
  downloadRecords,
  goTo,
  listenForErrors,
  openApp,
  repository,
  startProject,
  train,
  unfold,
  waitForLock,
  waitUntilSaved,
} from './app';
import { makeClinicTable } from './clinic-table';

/** Wishes for the records: made on the page, kept, drawn with, told; and the same from the command line. */
const csv = makeClinicTable(400).csv;
const first = 'every record has age from 60 to 85, or missing';

let server: Awaited<ReturnType<typeof serve>>;
let context: BrowserContext;
let errors: readonly string[];
let page: Page;
let records: Buffer;
let runJson: Buffer;
let learnt: readonly Combination[];

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

const kind = () => page.getByLabel('Kind of wish');
const add = () => button(page, 'Add this wish').click();

/** Cells of a column of a file of semicolons. */
function readColumn(bytes: Buffer, name: string): string[] {
  const [head = '', ...lines] = bytes.toString('utf8').trim().split('\r\n');
  const at = head.split(';').indexOf(name);
  return lines.map((line) => line.split(';')[at] ?? '');
}

/** Whether ward and died are combined in all records as the wish learnt it. */
function onlyLearnt(bytes: Buffer): boolean {
  const keys = new Set(learnt.map((combination) => combination.join()));
  const died = readColumn(bytes, 'died');
  return readColumn(bytes, 'ward').every((ward, row) => keys.has([ward, died[row]].join()));
}

it('refuses a wish that cannot be, takes those that can, and draws records that meet them', async () => {
  await startProject(page, { name: 'clinic.csv', content: csv });
  await train(page, { model: 'Sequential trees' });
  await goTo(page, 'Export');
  await unfold(page, 'Wishes for the records');
  await kind().selectOption('range');
  await page.getByLabel('Column', { exact: true }).selectOption('age');
  await page.getByLabel('Smallest', { exact: true }).fill('85');
  await page.getByLabel('Largest', { exact: true }).fill('60');
  await add();
  expect(await page.getByRole('alert').innerText()).toContain('column "age" ends below its beginning');
  await page.getByLabel('Smallest', { exact: true }).fill('60');
  await page.getByLabel('Largest', { exact: true }).fill('85');
  await add();
  await kind().selectOption('shares');
  await page.getByLabel('Column', { exact: true }).selectOption('sex');
  await page.getByRole('textbox', { name: 'female' }).fill('75');
  await page.getByRole('textbox', { name: 'male', exact: true }).fill('25');
  await add();
  await kind().selectOption('combinations');
  for (const name of ['ward', 'died']) await page.getByRole('checkbox', { name, exact: true }).check();
  await page.getByLabel('Records of train that must share').fill('25');
  await add();
  records = await downloadRecords(page);
  const sexes = readColumn(records, 'sex');
  expect(sexes.filter((sex) => sex === 'female')).toHaveLength(Math.round(0.75 * sexes.length));
  expect(readColumn(records, 'age').every((age) => Number(age) >= 60 && Number(age) <= 85)).toBe(true);
  const told = await page.getByRole('status').filter({ hasText: 'Wishes: kept' }).innerText();
  expect(told).toMatch(/kept 320 of \d+ drawn records \(\d/);
  expect(told).toContain('Every record has age from 60 to 85, or missing: met by');
  expect(told).toMatch(
    /Every record has one of \d combinations of ward and died that at least 25 records of train share: met by/,
  );
});

it('keeps them with the project, and tells them in run.json', async () => {
  await waitUntilSaved(page);
  await page.reload();
  await waitForLock(page);
  await goTo(page, 'Export');
  await unfold(page, 'Wishes for the records');
  await page
    .getByText(/^Every record has age from 60 to 85/)
    .first()
    .waitFor();
  expect((await downloadRecords(page)).equals(records)).toBe(true);
  runJson = (await download(page, 'Download run.json')).bytes;
  const { output } = JSON.parse(runJson.toString('utf8')) as { output: { wishes: GrantedWishes } };
  const { asked, ...account } = output.wishes;
  expect(account).toMatchObject({
    nKept: 320,
    sentences: [
      first,
      expect.stringMatching(/combinations of ward and died/),
      'shares of sex: female 75\u00a0%, male 25\u00a0%',
    ],
  });
  const [range, combinations] = asked.rules;
  expect(range).toEqual({ kind: 'range', column: 'age', min: 60, max: 85 });
  expect(combinations).toMatchObject({ columns: ['ward', 'died'], k: 25 });
  learnt = combinations?.kind === 'combinations' ? (combinations.allowed ?? []) : [];
  // Some of the eight are of fewer than 25 records of train.
  expect(learnt.length).toBeGreaterThan(1);
  expect(learnt.length).toBeLessThan(8);
  expect(onlyLearnt(records)).toBe(true);
  await button(page, `Remove: ${first}`).click();
  expect(await button(page, `Remove: ${first}`).count()).toBe(0);
  expect(await page.getByRole('button', { name: /^Remove: / }).count()).toBe(2);
});

it('takes them from the command line, out of that run.json', () => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-wishes-'));
  writeFileSync(join(folder, 'clinic.csv'), csv);
  writeFileSync(join(folder, 'run.json'), runJson);
  const script = join(repository, 'src/headless/synthesize.mjs');
  const flags = [
    '--input',
    'clinic.csv',
    '--model',
    'trees',
    '--wishes',
    'run.json',
    '--rows',
    '200',
    '--out',
    'out',
  ];
  execFileSync(process.execPath, [script, ...flags], { cwd: folder, stdio: 'pipe' });
  const written = readFileSync(join(folder, 'out', 'synthetic.csv'));
  expect(onlyLearnt(written)).toBe(true);
  expect(readColumn(written, 'sex').filter((sex) => sex === 'female')).toHaveLength(150);
  expect(readColumn(written, 'age').every((age) => Number(age) >= 60)).toBe(true);
});
