import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { serve } from '../../../src/headless/serve.mjs';
import {
  button,
  dist,
  download,
  downloadRecords,
  goTo,
  heading,
  openApp,
  small,
  stepButton,
  startProject,
  startTraining,
  train,
  waitForResult,
  waitUntilSaved,
  type TrainingOrder,
} from './app';
import { makeClinicTable } from './clinic-table';
import { readRunJson } from './run-account';
import type { RunJson } from '../../../src/ui/state/artefacts';

/** A run that is interrupted in any way ends where an uninterrupted one ends: on wasm bit for bit. */
const table = makeClinicTable(400);
const file = { name: 'clinic.csv', content: table.csv };
const tvae: TrainingOrder = { model: 'TVAE', settings: { ...small, Epochs: '200', Patience: '1000' } };
const ctgan: TrainingOrder = {
  model: 'CTGAN',
  settings: { ...small, Epochs: '200', Patience: '1000', 'Hidden layers of the critic': '32 32' },
};
/** Long on any machine, so that its forecast has to be confirmed. */
const endless: TrainingOrder = {
  model: 'TVAE',
  settings: { ...small, Epochs: '1000000', 'Steps at most': '1000000' },
};

let server: Awaited<ReturnType<typeof serve>>;
let context: BrowserContext;
let profile: string;

beforeAll(async () => {
  server = await serve({ folder: dist, headers: true });
  return () => server.close();
});

beforeEach(async () => {
  profile = mkdtempSync(join(tmpdir(), 'understudy-profile-'));
  context = await launchChromium({ profile });
});

afterEach(() => context.close());

interface Written {
  readonly csv: Buffer;
  readonly training: RunJson['training'];
}

/** What an uninterrupted run writes, made once for each order. */
const uninterrupted = new Map<TrainingOrder, Written>();

async function runThrough(page: Page, order: TrainingOrder): Promise<Written> {
  const known = uninterrupted.get(order);
  if (known !== undefined) return known;
  await button(page, 'Understudy').click();
  await startProject(page, file);
  await train(page, order);
  const written = { csv: await downloadRecords(page), training: await readTraining(page) };
  uninterrupted.set(order, written);
  return written;
}

/** The training of the run that is shown, from the Export step. */
async function readTraining(page: Page): Promise<RunJson['training']> {
  await goTo(page, 'Export');
  return readRunJson((await download(page, 'Download run.json')).bytes).training;
}

/** Step shown in the live panel; 0 while there is none. */
async function readStep(page: Page): Promise<number> {
  const text = await page
    .locator('dt:text-is("Step") + dd')
    .textContent({ timeout: 200 })
    .catch(() => '0');
  return Number(/[\d,\s\u202f]+/.exec(text ?? '')?.[0].replace(/\D/g, '') ?? 0);
}

/** Trains past a checkpoint: pausing writes one. Answers the step it stands for. */
async function trainPastCheckpoint(page: Page, order: TrainingOrder): Promise<number> {
  await startProject(page, file);
  await startTraining(page, order);
  const step = await pausePast(page, 100);
  await button(page, 'Resume').click();
  await expect.poll(() => readStep(page), { timeout: 20_000 }).toBeGreaterThan(step);
  await waitUntilSaved(page);
  return step;
}

/** Pauses after that many steps at least, which writes a checkpoint. Answers the step it stands for. */
async function pausePast(page: Page, nSteps: number): Promise<number> {
  await expect.poll(() => readStep(page), { timeout: 20_000 }).toBeGreaterThan(nSteps);
  await button(page, 'Pause').click();
  await button(page, 'Resume').waitFor();
  await waitForCheckpoint(page);
  await page.waitForTimeout(600);
  return readStep(page);
}

/** Waits until the browser holds a checkpoint of the run. */
async function waitForCheckpoint(page: Page): Promise<void> {
  await expect
    .poll(() => listParts(page), { timeout: 20_000 })
    .toContainEqual(expect.stringMatching(/^checkpoint\//));
}

/** Names of the large parts the browser holds. */
function listParts(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const [{ name = '' } = {}] = await indexedDB.databases();
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('no database'));
    });
    const keys = await new Promise<IDBValidKey[]>((resolve) => {
      const request = database.transaction('parts').objectStore('parts').getAllKeys();
      request.onsuccess = () => resolve(request.result);
    });
    database.close();
    return keys.map((key) => (Array.isArray(key) ? String(key[1]) : String(key)));
  });
}

/** The page went away at or after `step`; what is open now goes on from there and ends with the same bytes. */
async function expectSameEnd(page: Page, order: TrainingOrder, step: number): Promise<void> {
  await heading(page, 'Train').waitFor();
  let first = 0;
  await expect.poll(async () => (first = await readStep(page)), { timeout: 20_000 }).toBeGreaterThan(0);
  expect(first).toBeGreaterThanOrEqual(step);
  await waitForResult(page);
  const csv = await downloadRecords(page);
  const training = await readTraining(page);
  const whole = await runThrough(page, order);
  expect(csv.equals(whole.csv)).toBe(true);
  expect(training.stopReason).toBe('all planned steps done');
  expect(training.steps).toBe(whole.training.steps);
  expect(training.scores).toEqual(whole.training.scores);
  const steps = training.losses.map((point) => point.step);
  expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
}

it('goes on after a reload and writes the same bytes', async () => {
  const page = await openApp(context, server.url);
  const step = await trainPastCheckpoint(page, tvae);
  await page.reload();
  await expectSameEnd(page, tvae, step);
});

it('goes on after the tab has crashed', async () => {
  const page = await openApp(context, server.url);
  const step = await trainPastCheckpoint(page, tvae);
  await crash(page);
  const next = await openApp(context, server.url);
  await expectSameEnd(next, tvae, step);
});

it('goes on after the browser was closed in the middle of training', async () => {
  const page = await openApp(context, server.url);
  const step = await trainPastCheckpoint(page, tvae);
  await context.close();
  context = await launchChromium({ profile });
  await expectSameEnd(await openApp(context, server.url), tvae, step);
});

it('begins anew when there was no checkpoint yet, and ends the same', async () => {
  const page = await openApp(context, server.url);
  await startProject(page, file);
  await startTraining(page, tvae);
  await expect.poll(() => readStep(page), { timeout: 20_000 }).toBeGreaterThan(10);
  await page.reload();
  await expectSameEnd(page, tvae, 1);
});

it('does the same with CTGAN', async () => {
  const page = await openApp(context, server.url);
  const step = await trainPastCheckpoint(page, ctgan);
  await crash(page);
  await expectSameEnd(await openApp(context, server.url), ctgan, step);
});

it('leaves a paused run paused, and goes on when asked', async () => {
  const page = await openApp(context, server.url);
  await startProject(page, file);
  await startTraining(page, tvae);
  const step = await pausePast(page, 50);
  await page.waitForTimeout(1_000);
  expect(await readStep(page)).toBe(step);
  await waitUntilSaved(page);
  await page.reload();
  const row = page.getByRole('row').filter({ hasText: 'interrupted' });
  await row.getByRole('button', { name: 'Continue' }).click();
  await expectSameEnd(page, tvae, step);
});

it('stops when told and keeps the best', async () => {
  const page = await openApp(context, server.url);
  await startProject(page, file);
  await startTraining(page, endless);
  await page.getByText('Forecast: at most').waitFor();
  await button(page, 'Start all the same').click();
  await expect.poll(() => readStep(page), { timeout: 20_000 }).toBeGreaterThan(10);
  await button(page, 'Stop and keep the best').click();
  await waitForResult(page);
  const training = await readTraining(page);
  expect(training.stopReason).toBe('stopped by the person');
  expect(training.steps).toBeGreaterThan(10);
  expect(training.scores.some((score) => score.best)).toBe(true);
});

it('cancels at once, keeps nothing of the run, and trains again', async () => {
  const page = await openApp(context, server.url);
  await startProject(page, file);
  await startTraining(page, endless);
  await button(page, 'Start all the same').click();
  await expect.poll(() => readStep(page), { timeout: 20_000 }).toBeGreaterThan(10);
  await button(page, 'Cancel run').click();
  await button(page, 'Cancel and discard').click();
  await page.getByRole('cell', { name: 'cancelled' }).waitFor({ timeout: 3_000 });
  expect(await listParts(page)).toEqual([expect.stringMatching(/^source$/)]);
  expect(await stepButton(page, 'Synthetic data').isDisabled()).toBe(true);
  await train(page, { model: 'Gaussian copula' });
});

it('finds project, runs, evidence and kept file again after the browser was closed', async () => {
  const page = await openApp(context, server.url);
  await startProject(page, file);
  await train(page, { model: 'Independent columns' });
  await train(page, { model: 'Gaussian copula' });
  await goTo(page, 'Synthetic data');
  const finding = await page.locator('.finding').innerText();
  expect(finding).toMatch(/agree with train to [01]\.\d{3}/);
  const csv = await downloadRecords(page);
  await waitUntilSaved(page);
  await context.close();

  context = await launchChromium({ profile });
  const next = await openApp(context, server.url);
  await heading(next, 'Export').waitFor();
  expect((await download(next, 'Download synthetic records')).bytes.equals(csv)).toBe(true);
  await goTo(next, 'Synthetic data');
  expect(await next.locator('.finding').innerText()).toBe(finding);
  await goTo(next, 'Train');
  expect(await next.getByRole('region', { name: 'Runs of this project' }).locator('tbody tr').count()).toBe(
    2,
  );
  await button(next, 'Understudy').click();
  await next.getByText('400 rows · 2 runs').waitFor();
});

/** Kills the process of the page, so that nothing of it can say goodbye. */
async function crash(page: Page): Promise<void> {
  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  void session.send('Page.crash').catch(() => undefined);
  await crashed;
  await page.close();
}
