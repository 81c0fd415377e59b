import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { serve } from '../../../src/headless/serve.mjs';
import {
  button,
  dist,
  download,
  downloadRecords,
  goTo,
  listenForErrors,
  openApp,
  startProject,
  train,
} from './app';
import { readRunJson } from './run-account';

/** Proposals for identifiers are taken up one by one, and hold in what is learnt and written. */
const zips = ['68154', '68102', '03601', '50309'];
const rows = Array.from({ length: 300 }, (_, i) => {
  const visit = new Date(Date.UTC(2021, 0, 1 + ((i * 37) % 400))).toISOString().slice(0, 10);
  const born = `${1930 + (i % 60)}-0${1 + (i % 9)}-1${i % 10}`;
  return [
    `P${1000 + (i >> 1)}`,
    `219-09-${1000 + i}`,
    zips[i % 4] ?? '',
    born,
    visit,
    25 + ((i * 7) % 72),
    i % 3,
  ];
});
const header = 'patient_id,ssn,zip,birthdate,visit_date,age,grade';
const file = { name: 'visits.csv', content: `${[header, ...rows.map((row) => row.join(','))].join('\n')}\n` };

let server: Awaited<ReturnType<typeof serve>>;
let context: BrowserContext;
let errors: readonly string[];
let page: Page;

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

const accept = async (words: string) => {
  await button(page, `Accept for ${words}`).click();
  await button(page, `Accept for ${words}`).waitFor({ state: 'detached' });
};

it('lists what was found with its reason and proposal, and takes each up by one button', async () => {
  await startProject(page, file);
  await goTo(page, 'Schema');
  const found = page.getByRole('region', { name: 'Identifiers found' });
  await found.getByRole('row', { name: /^ssn Social security numbers \(G\)/ }).waitFor();
  await page.getByText('5 proposals wait for your decision.').waitFor();
  await button(page, 'ssn: not an identifier').click();
  await page.getByText('Not an identifier, you said', { exact: true }).waitFor();
  await page.getByText('4 proposals wait for your decision.').waitFor();
  await button(page, 'Take back the decision on ssn').click();
  await page.getByText('5 proposals wait for your decision.').waitFor();
  await accept('ssn: Leave out');
  await accept('zip: Keep three digits, 000 for small areas');
  await accept('birthdate: Keep the year');
  await accept('visit_date: Count days from the person’s first date');
  await accept('age: Write ages over 89 as 90');
  await page.getByText('Every column found is handled as proposed, or left out.').waitFor();
});

it('takes a coarsening back and makes it again', async () => {
  await button(page, 'Undo coarsening birthdate').click();
  await button(page, 'Accept for birthdate: Keep the year').waitFor();
  await accept('birthdate: Keep the year');
});

it('writes records without what was found, and says in run.json what was done before the holdout was cut off', async () => {
  await train(page, { model: 'Independent columns' });
  const text = (await downloadRecords(page)).toString('utf8');
  const [written, ...records] = text
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  expect(written).toEqual(['patient_id', 'zip', 'birthdate', 'visit_date', 'age', 'grade']);
  expect(new Set(records.map((cells) => cells[1]))).toEqual(new Set(['681', '503', '000']));
  expect(records.every((cells) => /^19\d\d$/.test(cells[2] ?? '') && /^\d+$/.test(cells[3] ?? ''))).toBe(
    true,
  );
  expect(Math.max(...records.map((cells) => Number(cells[4])))).toBeLessThanOrEqual(90);
  const { handling, identifiers } = readRunJson((await download(page, 'Download run.json')).bytes);
  const coarsened = handling.log.filter(({ action }) => action === 'generalised');
  expect(coarsened.map(({ column }) => column)).toEqual(['zip', 'birthdate', 'visit_date', 'age']);
  expect(identifiers?.found.map(({ column, fate }) => [column, fate])).toEqual([
    ['patient_id', 'surrogates'],
    ['ssn', 'left-out'],
  ]);
});
