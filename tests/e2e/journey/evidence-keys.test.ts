import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { serve } from '../../../src/headless/serve.mjs';
import { button, dist, goTo, listenForErrors, openApp } from './app';

/** The Evidence step of the finished sample by keyboard alone: everything is reached, and no act loses the focus. */
let server: Awaited<ReturnType<typeof serve>>;
let context: BrowserContext;
let page: Page;
let errors: readonly string[];

beforeAll(async () => {
  server = await serve({ folder: dist, headers: true });
  context = await launchChromium();
  errors = listenForErrors(context);
  page = await openApp(context, server.url);
  await page.getByRole('button', { name: /finished sample/i }).click();
  await goTo(page, 'Evidence');
  await button(page, 'Continue to export').waitFor();
  await page.getByText('Attacks as a table').waitFor();
});

afterAll(async () => {
  await context.close();
  await server.close();
});

/** Where the keyboard is. */
interface Stop {
  readonly kind: string;
  readonly name: string;
  /** Says which element it is, however alike others are. */
  readonly place: number;
  readonly isSeen: boolean;
}

/** Runs inside the page. */
function readStop(): Stop {
  const here = document.activeElement;
  if (!(here instanceof HTMLElement)) throw new Error('the focus is on no element');
  const { width, height, top, bottom } = here.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(here);
  return {
    kind: here.getAttribute('role') ?? here.tagName.toLowerCase(),
    name: (here.getAttribute('aria-label') ?? here.textContent).replace(/\s+/g, ' ').trim().slice(0, 80),
    place: [...document.querySelectorAll('*')].indexOf(here),
    isSeen:
      width > 0 &&
      height > 0 &&
      top < innerHeight &&
      bottom > 0 &&
      outlineStyle !== 'none' &&
      parseFloat(outlineWidth) >= 1,
  };
}

const readFocus = (): Promise<Stop> => page.evaluate(readStop);

async function press(key: string): Promise<Stop> {
  await page.keyboard.press(key);
  return readFocus();
}

it('reaches every table of a chart and every map by Tab, sees where it is, and is trapped nowhere', async () => {
  const stops: Stop[] = [await readFocus()];
  expect(stops[0]).toMatchObject({ kind: 'h1', name: 'Evidence' });
  while (stops.at(-1)?.name !== 'Continue to export' && stops.length < 500) stops.push(await press('Tab'));
  expect(stops.at(-1)?.name).toBe('Continue to export');
  expect(new Set(stops.map(({ place }) => place)).size).toBe(stops.length);
  expect(stops.slice(1).filter(({ isSeen }) => !isSeen)).toEqual([]);
  const reached = stops.map(({ name }) => name);
  const charts = await page.locator('main details > summary', { hasText: 'as a table' }).allInnerTexts();
  expect(charts.length).toBeGreaterThanOrEqual(7);
  expect(reached).toEqual(expect.arrayContaining(charts));
  for (const map of ['Train', 'Synthetic', 'Synthetic less train'])
    expect(reached).toContain(`${map}, picture`);
  const back = await press('Shift+Tab');
  expect(back.place).toBe(stops.at(-2)?.place);
});

it('opens the table of a chart, and scrolls in it', async () => {
  await page.locator('summary', { hasText: 'Attacks as a table' }).first().focus();
  expect((await press('Space')).name).toBe('Attacks as a table');
  await page.getByRole('region', { name: 'Attacks as a table' }).waitFor();
  expect(await press('Tab')).toMatchObject({ kind: 'region', name: 'Attacks as a table' });
  const summary = page.locator('summary', { hasText: 'Relations as a table' });
  await summary.focus();
  await press('Enter');
  await page.getByRole('region', { name: 'Relations as a table' }).waitFor();
  const table = await press('Tab');
  expect(table).toMatchObject({ kind: 'region', name: 'Relations as a table' });
  await press('PageDown');
  await page.waitForFunction(() => (document.activeElement?.scrollTop ?? 0) > 0);
  await press('Shift+Tab');
  expect((await press('Enter')).name).toBe('Relations as a table');
});

it('sorts by any column and stays on its head, and goes back to the order given', async () => {
  const table = page.getByRole('table', { name: 'Fidelity: measures' });
  const head = table.getByRole('columnheader', { name: /^Place/ });
  const titles = () => table.getByRole('rowheader').allInnerTexts();
  const given = await titles();
  await head.getByRole('button').focus();
  expect((await press('Enter')).name).toMatch(/^Place/);
  expect(await head.getAttribute('aria-sort')).toBe('descending');
  const falling = await titles();
  expect((await press('Space')).name).toMatch(/^Place/);
  expect(await head.getAttribute('aria-sort')).toBe('ascending');
  expect(await titles()).not.toEqual(falling);
  await button(page, 'Back to the order given').focus();
  expect((await press('Enter')).kind).toBe('input');
  expect(await titles()).toEqual(given);
});

it('shows all parts of a measure and a definition, and comes back', async () => {
  await page.locator('summary', { hasText: 'Parts of Column shapes' }).focus();
  await press('Enter');
  await button(page, 'Show all 40 parts').focus();
  expect((await press('Enter')).name).toBe('Show the first 20 only');
  const definition = page
    .getByRole('table', { name: 'Fidelity: measures' })
    .getByRole('button', { name: /^Column shapes.*show definition/ });
  await definition.focus();
  await press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect((await readFocus()).name).toMatch(/^Column shapes.*show definition/);
});

it('is where the evaluation is when one begins and when one is stopped', async () => {
  const evaluation = { kind: 'group', name: 'Evaluation' };
  await page.setViewportSize({ width: 390, height: 800 });
  await button(page, 'Evaluate again').focus();
  await page.keyboard.press('Enter');
  await button(page, 'Stop').waitFor();
  expect(await readFocus()).toMatchObject({ ...evaluation, isSeen: true });
  await page.getByText('At work:').waitFor({ timeout: 60_000 });
  await page.getByRole('rowheader', { name: /^Accuracy of pairs/ }).waitFor({ timeout: 60_000 });
  expect(await readFocus()).toMatchObject({ ...evaluation, isSeen: true });
  expect(await press('Tab')).toMatchObject({ name: 'Stop', isSeen: true });
  await page.keyboard.press('Space');
  await button(page, 'Evaluate again').waitFor();
  await page.getByText('The evaluation has ended.').waitFor({ state: 'attached' });
  expect(await readFocus()).toMatchObject({ ...evaluation, isSeen: true });
  expect(await press('Tab')).toMatchObject({ kind: 'input' });
  expect(errors).toEqual([]);
});
