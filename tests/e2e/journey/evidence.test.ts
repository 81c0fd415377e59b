import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { serve } from '../../../src/headless/serve.mjs';
import type { Evaluation } from '../../../src/measure/evaluate';
import {
  button,
  dist,
  download,
  goTo,
  heading,
  listenForErrors,
  openApp,
  train,
  unfold,
  waitForLock,
  waitUntilSaved,
} from './app';

/** From the sample cohort to evidence: stopped half way, found again after a reload, then completed and taken out. */
let server: Awaited<ReturnType<typeof serve>>;
let context: BrowserContext;
let page: Page;
let errors: readonly string[];

beforeAll(async () => {
  server = await serve({ folder: dist, headers: true });
  context = await launchChromium();
  errors = listenForErrors(context);
  page = await openApp(context, server.url);
  await button(page, 'Try the sample cohort').click();
  await page.getByText(' was read as ').waitFor({ timeout: 60_000 });
  await train(page, { model: 'Sequential trees' });
  await goTo(page, 'Evidence');
});

afterAll(async () => {
  await context.close();
  await server.close();
});

/** Pixels of 182 mm. */
const A4_WIDTH_WITHIN_MARGINS = 688;

const incomplete = () => page.getByText('This evaluation is not complete');
const table = () => page.getByRole('table', { name: 'Fidelity: measures' });
const rowOf = (title: string): Locator =>
  table()
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: title }) });

/** Figures of the row of a measure: value, interval, floor, ceiling, n. */
async function readFigures(title: string): Promise<readonly string[]> {
  // Far from the screen it is not laid out, so that it has no inner text.
  return (await rowOf(title).locator('td.number').allTextContents()).map((text) => text.trim());
}

it('says beforehand what will be done', async () => {
  const plan = page.getByText(/4000 synthetic records will be drawn again/);
  expect(await plan.innerText()).toContain('1000 holdout records');
});

it('goes on by itself after the page went away in the middle', async () => {
  await button(page, 'Evaluate').click();
  await rowOf('Column shapes').waitFor({ timeout: 120_000 });
  await page.reload();
  await waitForLock(page);
  await heading(page, 'Evidence').waitFor();
  await page.getByText('At work:').waitFor({ timeout: 120_000 });
});

it('shows measures as they come, and keeps those that are done when a person stops it', async () => {
  await rowOf('Column shapes').waitFor({ timeout: 120_000 });
  await button(page, 'Stop').click();
  await incomplete().waitFor();
  const figures = await readFigures('Column shapes');
  expect(Number(figures[0])).toBeGreaterThan(0.9);
  await waitUntilSaved(page);
  await page.reload();
  await waitForLock(page);
  await heading(page, 'Evidence').waitFor();
  await incomplete().waitFor();
  expect(await readFigures('Column shapes')).toEqual(figures);
  await button(page, 'Compute the rest').waitFor();
});

it('computes what was chosen, and holds it against holdout and shuffled columns', async () => {
  await page.getByRole('checkbox', { name: /^Privacy evidence/ }).uncheck();
  await page.getByRole('checkbox', { name: /^Utility/ }).uncheck();
  await button(page, 'Evaluate again').click();
  await page.getByText('At work:').waitFor({ timeout: 60_000 });
  await page.getByText(/Evaluated .*, in /).waitFor({ timeout: 180_000 });
  expect(await incomplete().count()).toBe(0);
  const [value, , floor, ceiling] = (await readFigures('Detection by boosted trees')).map(Number);
  expect(value).toBeLessThan(floor ?? 0);
  expect(ceiling).toBeLessThan(0.6);
  const summary = page.getByRole('region', { name: 'Fidelity in short' });
  expect(await summary.innerText()).toMatch(/agree with train to 0\.9\d\d .* for held-out records/);
  const privacy = page.getByRole('region', { name: 'Privacy evidence in short' });
  expect(await privacy.innerText()).toContain('Not evaluated.');
});

it('sorts, filters and opens measures by keyboard alone', async () => {
  await page
    .getByRole('button', { name: /^Value/ })
    .first()
    .press('Enter');
  const values = (await table().locator('td.value').allInnerTexts()).map(Number);
  expect(values).toEqual([...values].sort((a, b) => b - a));
  await page.getByLabel('Find in Fidelity').pressSequentially('associations');
  expect(await table().getByRole('rowheader', { name: 'Density' }).count()).toBe(0);
  const parts = table().locator('summary', { hasText: 'Parts of Difference of associations' });
  await parts.press('Enter');
  await page.getByLabel('Find in the parts of Difference of associations').fill('age');
  const names = await page
    .getByRole('region', { name: /^Parts of/ })
    .getByRole('rowheader')
    .allInnerTexts();
  expect(names.length).toBeGreaterThan(3);
  expect(names.every((name) => /age/i.test(name))).toBe(true);
  await page.getByLabel('Find in Fidelity').fill('');
});

it('draws the relations of train and synthetic with their difference, and lists them', async () => {
  for (const title of ['Train', 'Synthetic', 'Synthetic less train'])
    expect(
      await page
        .getByRole('region', { name: `${title}, picture` })
        .locator('path')
        .count(),
    ).toBeGreaterThan(3);
  await unfold(page, 'Relations as a table');
  const rows = page.getByRole('region', { name: 'Relations as a table' }).getByRole('row');
  await rows.first().waitFor();
  expect(await rows.count()).toBe(780);
});

it('draws numbers and dates as curves when a person asks for it by keyboard, and lists them', async () => {
  const curves = page.getByRole('img', { name: /the curves / });
  expect(await curves.count()).toBe(0);
  await page.getByRole('radio', { name: 'histogram' }).press('ArrowRight');
  await curves.first().waitFor();
  expect(await page.getByRole('img', { name: /widest gap at/ }).count()).toBeGreaterThan(0);
  await unfold(page, 'ECDFs of all columns as a table');
  const listed = page.getByRole('region', { name: 'ECDFs of all columns as a table' });
  const heads = await listed.getByRole('columnheader').allInnerTexts();
  expect(heads).toEqual(['Share of values up to', 'Train', 'Synthetic', 'Holdout', 'Apart']);
  const told = await page
    .getByRole('img', { name: /the curves are furthest apart/ })
    .first()
    .getAttribute('aria-label');
  const [, column, apart] = /^(.*): the curves are .*, by ([\d.]+):/.exec(told ?? '') ?? [];
  const own = listed.getByRole('row').filter({ hasText: `${column ?? 'nothing'}: ` });
  const distances = await own.locator('td:last-child').allInnerTexts();
  expect(Math.max(...distances.map(Number))).toBe(Number(apart));
});

it('is whole on paper though the page is made in pieces', async () => {
  await goTo(page, 'Data');
  // In one task, so that no turn can come between the press and the paper.
  const made = await page.evaluate(async () => {
    const press = [...document.querySelectorAll('nav button')].find((one) =>
      one.textContent.endsWith('Evidence'),
    );
    press?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    for (let wait = 0; wait < 10; wait++) await Promise.resolve();
    const count = () => ({
      rows: document.querySelectorAll('th[scope="row"] button').length,
      pictures: document.querySelectorAll('figure svg[role="img"]').length,
      widest: Math.max(0, ...[...document.querySelectorAll('.cell svg')].map((svg) => svg.clientWidth)),
    });
    const atFirst = count();
    dispatchEvent(new Event('beforeprint'));
    const onPaper = count();
    dispatchEvent(new Event('afterprint'));
    return { atFirst, onPaper };
  });
  expect(made.atFirst).toEqual({ rows: 0, pictures: 0, widest: 0 });
  expect(made.onPaper.rows).toBeGreaterThan(20);
  expect(made.onPaper.pictures).toBeGreaterThanOrEqual(40 + 3);
  expect(made.onPaper.widest).toBeGreaterThan(100);
  expect(made.onPaper.widest).toBeLessThanOrEqual(A4_WIDTH_WITHIN_MARGINS / 4);
  await button(page, 'Download evaluation.json').waitFor();
});

it('sets the three maps side by side on paper, with long tables told and not printed', async () => {
  const screen = page.viewportSize() ?? { width: 1280, height: 720 };
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: A4_WIDTH_WITHIN_MARGINS, height: 1000 });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const maps = await page
    .getByRole('region', { name: /, picture$/ })
    .locator('svg')
    .all();
  const boxes = (await Promise.all(maps.map((map) => map.boundingBox()))).flatMap((box) => box ?? []);
  expect(boxes).toHaveLength(3);
  expect(new Set(boxes.map(({ y, height }) => Math.round(y + height))).size).toBe(1);
  const ends = boxes.map(({ x, width }) => x + width);
  expect(boxes.slice(1).every(({ x }, i) => x > (ends[i] ?? Infinity))).toBe(true);
  expect(Math.max(...ends)).toBeLessThanOrEqual(A4_WIDTH_WITHIN_MARGINS);
  await page.getByText('Relations as a table: 779 rows, in evaluation.json and on the page.').waitFor();
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await page.setViewportSize(screen);
  await page.emulateMedia({ media: null });
  await page.locator('summary', { hasText: 'Relations as a table' }).waitFor();
});

it('lays everything out for paper and gives the figures as a file', async () => {
  await page.emulateMedia({ media: 'print' });
  expect(await button(page, 'Evaluate again').isVisible()).toBe(false);
  expect(await page.getByRole('navigation').isVisible()).toBe(false);
  await page.emulateMedia({ media: null });
  const { name, bytes } = await download(page, 'Download evaluation.json');
  expect(name).toBe('evaluation.json');
  const written = JSON.parse(bytes.toString()) as Evaluation;
  expect(written).toMatchObject({ version: 1, isComplete: true, nRows: { train: 4000, holdout: 1000 } });
  expect(new Set(written.measures.map(({ family }) => family))).toEqual(new Set(['fidelity']));
  expect(Object.keys(written)).not.toContain('kept');
});

it('has printed no error', () => {
  expect(errors).toEqual([]);
});
