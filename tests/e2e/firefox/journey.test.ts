import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../../../src/headless/serve.mjs';
import { dist, small } from '../journey/app';
import { makeClinicTable, wards } from '../journey/clinic-table';
import {
  download,
  drop,
  field,
  goTo,
  hasFirefox,
  listenForErrors,
  openFirefox,
  press,
  type,
  unfold,
  waitForLock,
  waitForText,
  whereFirefox,
  type OpenFirefox,
} from './firefox-app';

/** From a file to synthetic records in Firefox; the tests of a host go on from one another. */
const hosts = [
  { name: 'at the root, with headers', base: '/', headers: true },
  { name: 'in a folder, without headers', base: '/a/b/', headers: false },
];
const table = makeClinicTable();

describe.skipIf(!hasFirefox).each(hosts)(`Firefox, served $name ${whereFirefox}`, ({ base, headers }) => {
  let server: Awaited<ReturnType<typeof serve>>;
  let firefox: OpenFirefox;
  let page: Page;
  let errors: readonly string[];
  let finding: string;
  let records: Buffer;

  beforeAll(async () => {
    server = await serve({ folder: dist, base, headers });
    firefox = await openFirefox();
    page = await firefox.browser.newPage();
    page.setDefaultTimeout(30_000);
    errors = listenForErrors(page);
    await page.goto(server.url);
    await waitForLock(page);
  });

  afterAll(async () => {
    await firefox.close();
    await server.close();
  });

  const readFinding = () => page.$eval('.finding', (each) => each.textContent.trim());

  it('is locked by every layer but the one that Firefox lacks, and names what only script closes', async () => {
    await press(page, 'Locked: nothing can leave');
    const layers = await page.$$eval('dialog[open] .layer dt', (all) => all.map((each) => each.innerText));
    expect(layers.map((text) => text.split('\n'))).toEqual([
      ['Content policy in the page', 'On'],
      ['No text becomes code', 'On'],
      ['Served from a fixed list', 'On'],
      ['Every file checked', 'On'],
      ['Hidden ways closed by the browser', 'Off'],
      ['Network closed after loading', 'On'],
      ['Ways out removed by script', 'On'],
    ]);
    await waitForText(
      page,
      "WebRTC, DNS hints, navigation and pop-ups are blocked by the page's own script only",
    );
    await page.keyboard.press('Escape');
  });

  it('reads a dropped file and infers its schema', async () => {
    await drop(page, 'clinic.csv', table.csv);
    await waitForText(page, 'clinic.csv was read as 600 rows and 9 columns.');
    await press(page, 'Continue to the schema');
    await waitForText(page, 'Smallest group, k');
    const inferred = await page.$$eval('select[aria-label^="Type of "]', (all) =>
      all.map((each) => each.selectedOptions[0]?.text),
    );
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
  });

  it('trains a TVAE on wasm and compares what it draws', async () => {
    await goTo(page, 'Train');
    await page.locator('input[type=radio][value=tvae]').click();
    await unfold(page, 'Settings of TVAE');
    for (const [label, text] of Object.entries({ ...small, Seed: '5' })) await type(page, label, text);
    await unfold(page, 'Where it is computed');
    await (await field(page, 'Backend')).asElement()?.select('wasm');
    await press(page, 'Start training');
    await page
      .locator('button:not([aria-disabled=true]) ::-p-text(Continue to synthetic data)')
      .setTimeout(120_000)
      .click();
    await page.waitForSelector('.finding', { timeout: 60_000 });
    finding = await readFinding();
    expect(finding).toMatch(
      /agree with train .*0\.\d{3}, against 0\.\d{3} for .+ The holdout is set beside it/,
    );
  });

  it('saves valid records that name no patient', async () => {
    await goTo(page, 'Export');
    records = await download(firefox, page, 'Download synthetic records', 'synthetic.csv');
    const [head, ...lines] = records.toString('utf8').trimEnd().split('\r\n');
    expect(head).toBe('patient;admitted;age;sex;sodium;ward;smoker;died');
    expect(lines).toHaveLength(480);
    const rows = lines.map((line) => line.split(';'));
    const known = new Set(table.rows.map(([patient]) => patient));
    expect(rows.filter(([patient = '']) => !/^PT-\d{7}$/.test(patient) || known.has(patient))).toEqual([]);
    expect(rows.filter((row) => !(wards as readonly string[]).includes(row[5] ?? ''))).toEqual([]);
    const account = JSON.parse((await download(firefox, page, 'Download run.json', 'run.json')).toString());
    expect(account).toMatchObject({
      backend: { asked: 'wasm', used: 'wasm' },
      model: { id: 'tvae', seed: 5 },
    });
  });

  it('finds everything again after a reload without its server', async () => {
    await waitForText(page, 'Saved on this device');
    await server.close();
    await page.reload();
    await waitForLock(page);
    await page.waitForSelector('h1 ::-p-text(Export)');
    const again = await download(firefox, page, 'Download synthetic records', 'synthetic.csv');
    expect(again.equals(records)).toBe(true);
    await goTo(page, 'Synthetic data');
    await page.waitForSelector('.finding');
    expect(await readFinding()).toBe(finding);
    await goTo(page, 'Train');
    await unfold(page, 'Settings of TVAE');
    expect(await (await field(page, 'Epochs')).evaluate((each) => each.value)).toBe(small.Epochs);
    expect(errors).toEqual([]);
  });

  it('tries its ways out and sees every one refused', async () => {
    await press(page, 'Locked: nothing can leave');
    await press(page, 'Run the self-test');
    await page.waitForSelector('dialog[open] tbody tr', { timeout: 60_000 });
    const rows = await page.$$eval('dialog[open] tbody tr', (all) =>
      all.map((row) => [...row.cells].map((cell) => cell.innerText)),
    );
    expect(rows.filter(([, , result]) => result !== 'Refused')).toEqual([]);
    const count = (from: string) => rows.filter((row) => row[1] === from).length;
    expect([count('page'), count('worker'), count('nested worker')]).toEqual([28, 8, 8]);
  });
});
