import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { serve } from '../../../src/headless/serve.mjs';
import {
  button,
  chooseFile,
  dist,
  goTo,
  listenForErrors,
  openApp,
  startProject,
  startTraining,
  stepButton,
  train,
  unfold,
  waitUntilSaved,
} from './app';
import { makeClinicTable } from './clinic-table';

/** A file that cannot be used ends in a clear sentence, and what was there before stays. */
const good = { name: 'clinic.csv', content: makeClinicTable(200).csv };
const png = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'),
  Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256)),
]);
const gzipped = gzipSync(good.content);
const cutOff = gzipped.subarray(0, gzipped.length >> 1);
const flipped = Uint8Array.from(gzipped, (byte, i) => (i === gzipped.length >> 1 ? byte ^ 0x55 : byte));

let server: Awaited<ReturnType<typeof serve>>;
let context: BrowserContext;
let errors: readonly string[];
let page: Page;

beforeAll(async () => {
  server = await serve({ folder: dist, headers: true });
  context = await launchChromium();
  errors = listenForErrors(context);
});

beforeEach(async () => {
  page = await openApp(context, server.url);
});

afterEach(async () => {
  await page.evaluate(() => localStorage.clear());
  await page.close();
  expect(errors).toEqual([]);
});

afterAll(async () => {
  await context.close();
  await server.close();
});

/** The one sentence or two of the alert on the screen: no code, no stack, nothing of the machine. */
async function readAlert(): Promise<string> {
  const alert = page.getByRole('alert');
  await alert.first().waitFor();
  await expect.poll(() => alert.count(), { timeout: 5_000 }).toBe(1);
  const text = await alert.locator('p.message').innerText();
  expect(text).toMatch(/^[A-Z“].*[.]$/s);
  expect(text).not.toMatch(/\b(Error|undefined|null|NaN|TypeError|stack|at https?:)\b/);
  expect(text.length).toBeLessThan(320);
  return text;
}

const unreadable = [
  { name: 'empty.csv', content: '', says: /empty|no (rows|records|table|lines)/i },
  { name: 'blank.csv', content: '\n\n  \n', says: /empty|no (rows|records|table|lines)/i },
  { name: 'head.csv', content: 'age;sex;ward\n', says: /no (rows|records)|only/i },
  { name: 'picture.png', content: png, says: /not (a )?(text|table)|binary|picture|image/i },
  { name: 'cut.csv.gz', content: cutOff, says: /gzip|compress|cut|damaged/i },
  { name: 'flipped.csv.gz', content: flipped, says: /gzip|compress|damaged/i },
];

describe.each(unreadable)('$name', ({ name, content, says }) => {
  it('is refused in a new project, and the next file is taken', async () => {
    await chooseFile(page, { name, content });
    expect(await readAlert()).toMatch(says);
    expect(await stepButton(page, 'Schema').isDisabled()).toBe(true);
    await chooseFile(page, good);
    await page.getByText('was read as 200 rows and 9 columns.').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('leaves the table before it in place', async () => {
    await startProject(page, good);
    await unfold(page, 'Use another table in this project');
    await chooseFile(page, { name, content });
    await page.getByText('That did not work; what you had is unchanged').waitFor();
    await page.getByText('clinic.csv was read as 200 rows and 9 columns.').waitFor();
    expect(await readAlert()).toMatch(says);
    await goTo(page, 'Train');
    await train(page, { model: 'Independent columns' });
  });
});

describe('a table that can be read but not learned from', () => {
  const cases = [
    { what: 'one row', content: 'age;sex\n64;male\n', says: /column that varies/i },
    {
      what: 'only identifiers',
      content: `id\n${Array.from({ length: 80 }, (_, i) => `PT-${70_000 + 13 * i}`).join('\n')}\n`,
      says: /column that varies and is not an identifier/i,
    },
    { what: '40 rows', content: makeClinicTable(40).csv, says: /40 rows.* 32 .*at least 50/ },
  ];
  it.each(cases)('says so for $what', async ({ content, says }) => {
    await chooseFile(page, { name: 'odd.csv', content });
    const read = page.getByText(' was read as ');
    await read.or(page.getByRole('alert')).first().waitFor();
    if (await read.isVisible()) await startTraining(page, { model: 'Gaussian copula' });
    expect(await readAlert()).toMatch(says);
  });
});

describe('a table that is small or untidy', () => {
  it('is learned from when it has one column', async () => {
    const ages = Array.from({ length: 100 }, (_, i) => 20 + ((i * i) % 60));
    await startProject(page, { name: 'one.csv', content: `age\n${ages.join('\n')}\n` });
    await startTraining(page, { model: 'Gaussian copula' });
    await page.getByRole('cell', { name: /^finished, shown/ }).waitFor();
    await goTo(page, 'Synthetic data');
    await page.getByRole('region', { name: 'Column shapes' }).waitFor();
    expect(await page.locator('.finding').innerText()).toMatch(/[.]$/);
  });

  it('says which lines are too long or too short', async () => {
    const lines = good.content.trimEnd().split('\r\n');
    const ragged = lines.map((line, i) => (i === 20 ? `${line};x;y` : i === 40 ? line.slice(0, 20) : line));
    await startProject(page, { name: 'ragged.csv', content: ragged.join('\n') });
    const notice = page.locator('.notice', { hasText: 'Noticed while reading' });
    expect(await notice.locator('li').allInnerTexts()).toEqual([
      expect.stringMatching(/^Row 40 has fewer cells than the header/),
      expect.stringMatching(/^Row 20 has more cells than the header/),
    ]);
  });

  it('is read when its bytes are not UTF-8, and says how', async () => {
    const csv = makeClinicTable(60)
      .csv.replaceAll('female', 'weiblich ü')
      .replaceAll('Surgery', 'Chirurgie é');
    await startProject(page, { name: 'latin.csv', content: Buffer.from(csv, 'latin1') });
    expect(await page.getByLabel('Encoding').locator('option:checked').textContent()).toMatch(/Latin-1/);
    expect(await page.getByRole('region', { name: 'First rows of the table' }).innerText()).toContain(
      'weiblich ü',
    );
    await page.getByLabel('Encoding').selectOption('UTF-8');
    await page
      .getByText(/Chosen by you/i)
      .or(page.getByRole('alert'))
      .first()
      .waitFor();
    await page.getByLabel('Encoding').selectOption({ label: 'Western European (Windows-1252, Latin-1)' });
    await expect
      .poll(() => page.getByRole('region', { name: 'First rows of the table' }).innerText())
      .toContain('weiblich ü');
  });
});

it('refuses a project file of which one byte was changed, and keeps the projects there are', async () => {
  await startProject(page, { ...good, name: 'to-be-damaged.csv' });
  await train(page, { model: 'Independent columns' });
  await goTo(page, 'Export');
  await button(page, 'Save the project file').click();
  const saving = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: 'Save the project file' }).click();
  const whole = await readFile(await (await saving).path());
  await waitUntilSaved(page);
  await button(page, 'Understudy').click();
  const projects = page.getByRole('region', { name: 'Projects on this device' }).getByRole('listitem');
  await projects.filter({ hasText: 'to-be-damaged' }).waitFor();
  const nProjects = await projects.count();
  for (const at of listMiddles(whole)) {
    const content = Uint8Array.from(whole, (byte, i) => (i === at ? byte ^ 0x01 : byte));
    await chooseFile(page, { name: 'project.understudy', content }, 'Import a project file');
    expect(await readAlert()).toMatch(/project file|damaged|changed|complete/i);
    await button(page, 'Dismiss').click();
    expect(await projects.count()).toBe(nProjects);
  }
  await chooseFile(page, { name: 'project.understudy', content: whole }, 'Import a project file');
  await page.getByRole('heading', { level: 1, name: 'Export' }).waitFor();
});

/** The byte in the middle of what each member of a zip archive holds. */
function listMiddles(zip: Buffer): readonly number[] {
  const starts: number[] = [];
  for (let at = zip.indexOf('PK\x03\x04'); at >= 0; at = zip.indexOf('PK\x03\x04', at + 4)) starts.push(at);
  const ends = [...starts.slice(1), zip.indexOf('PK\x01\x02')];
  return starts.map((at, i) => {
    const begin = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
    return Math.floor((begin + (ends[i] ?? zip.length)) / 2);
  });
}
