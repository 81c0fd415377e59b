import type { Page } from 'playwright-core';
import {
  button,
  chooseFile,
  downloadRecords,
  goTo,
  heading,
  startTraining,
  type GivenFile,
  type TrainingOrder,
} from '../journey/app';
import type { Doing } from './moments';
import { readShown, type Safe } from './shown';

/** Told when the page begins to do something. */
export type Mark = (doing: Doing) => void;

export interface Route {
  readonly file: GivenFile;
  readonly order: TrainingOrder;
  /** Steps between two checkpoints, each made by a short pause. */
  readonly pauseEvery: number;
  /** Rows of the large file that is written at the end. */
  readonly nExport: number;
}

/** What a journey ends with. */
export interface Arrival {
  readonly kept: Buffer;
  readonly large: Buffer;
}

/** Says in which way something that was shown as saved is not there. */
export class LostWork extends Error {}

/** Walks from wherever the project stands to its end. Whatever `safe` names must be there on the way. */
export async function walk(page: Page, route: Route, safe: Safe, mark: Mark): Promise<Arrival> {
  await ensureTable(page, route, safe, mark);
  await ensureRole(page, safe, mark);
  await ensureRun(page, route, safe, mark);
  await ensureJudged(page, safe, mark);
  const kept = await downloadRecords(page);
  await page.getByLabel('Records to write').fill(String(route.nExport));
  mark('exporting');
  return { kept, large: await downloadRecords(page) };
}

async function ensureTable(page: Page, route: Route, safe: Safe, mark: Mark): Promise<void> {
  const read = page.getByText(' was read as ');
  const noTable = button(page, 'Choose a file');
  const listed = page.getByRole('button', { name: /^Open Synthetic records of / });
  const otherStep = page.getByRole('heading', { level: 1, name: /^(Schema|Train|Synthetic data|Export)$/ });
  await read.or(noTable).or(otherStep).first().waitFor();
  if (await otherStep.isVisible()) return;
  if (!(await read.isVisible()) && (await listed.isVisible())) {
    // A browser that was killed may forget which project was open last; the project itself is listed.
    await listed.click();
    // Its list stays until the project is open, or for good when a killed tab still holds it.
    await listed.waitFor({ state: 'hidden', timeout: 5_000 }).catch(() => undefined);
    return ensureTable(page, route, safe, mark);
  }
  if (!(await read.isVisible())) {
    if (safe.table !== null)
      throw new LostWork(`“${safe.table}” was shown as saved, but the page says: ${await readPage(page)}`);
    mark('importing');
    await chooseFile(page, route.file);
    await read.waitFor();
  }
  const { table } = await readShown(page);
  if (safe.table !== null && table !== safe.table)
    throw new LostWork(`“${safe.table}” became “${table ?? ''}”`);
}

/** What stands on the page, for a report of what went wrong. */
async function readPage(page: Page): Promise<string> {
  return (await page.locator('main').innerText()).replace(/\s+/g, ' ').slice(0, 600);
}

/** The one edit of the schema, made once; it must be there from then on. */
async function ensureRole(page: Page, safe: Safe, mark: Mark): Promise<void> {
  if (safe.nFinished > 0 || (await hasRun(page))) return;
  await goTo(page, 'Schema');
  const role = page.getByLabel('Role of smoker');
  await role.waitFor();
  const { role: found } = await readShown(page);
  if (safe.role === 'Sensitive' && found !== safe.role) throw new LostWork('the edit of the schema is gone');
  if (found === 'Sensitive') return;
  mark('editing');
  await role.selectOption('Sensitive');
}

async function hasRun(page: Page): Promise<boolean> {
  const shown = await readShown(page);
  return (
    shown.runs.length > 0 ||
    shown.trainStep !== null ||
    shown.step === 'Export' ||
    shown.step === 'Synthetic data'
  );
}

async function ensureRun(page: Page, route: Route, safe: Safe, mark: Mark): Promise<void> {
  await goTo(page, 'Train');
  const { runs } = await readShown(page);
  const isFinished = runs.some((run) => run.startsWith('finished'));
  if (safe.nFinished > 0 && !isFinished) throw new LostWork('the finished run is gone');
  if (isFinished) return;
  if (runs.length === 0 && safe.keptStep > 0) throw new LostWork('the run is gone');
  if (runs.length === 0) await startTraining(page, route.order);
  if (runs[0]?.startsWith('interrupted')) await continueRun(page);
  mark('training');
  await follow(page, route, safe, mark);
}

/** A run that was broken off shows as interrupted for a moment even where it goes on by itself; a paused one waits. */
async function continueRun(page: Page): Promise<void> {
  const under = button(page, 'Pause')
    .or(page.locator('td.status', { hasText: /^finished/ }))
    .first();
  for (let i = 0; i < 20 && !(await under.isVisible()); i++) {
    await button(page, 'Continue')
      .click({ timeout: 500 })
      .catch(() => undefined);
    await under.waitFor({ timeout: 1_000 }).catch(() => undefined);
  }
}

/** Watches a run to its end; pauses now and then, as a pause writes a checkpoint. */
async function follow(page: Page, route: Route, safe: Safe, mark: Mark): Promise<void> {
  let nextPause = 0;
  let isChecked = false;
  for (const until = Date.now() + 120_000; ;) {
    if (Date.now() > until)
      throw new LostWork(`the run stands still: ${JSON.stringify(await readShown(page))}`);
    const { trainStep, keptStep, runs, doing } = await readShown(page);
    if (runs.some((run) => run.startsWith('finished'))) return;
    if (runs.some((run) => /^(failed|cancelled)/.test(run)))
      throw new LostWork(`the run ended as ${runs.join()}`);
    if (trainStep !== null && !isChecked) {
      isChecked = true;
      if (trainStep < safe.keptStep || (keptStep ?? 0) < safe.keptStep)
        throw new LostWork(
          `step ${trainStep} after checkpoint ${keptStep ?? 0}, when ${safe.keptStep} was saved`,
        );
    }
    if (nextPause === 0 && trainStep !== null) nextPause = trainStep + route.pauseEvery;
    if (/Keeping the model/.test(doing ?? '')) mark('ending');
    if (trainStep !== null && trainStep >= nextPause)
      nextPause = await pause(page, trainStep + route.pauseEvery, mark);
    await page.waitForTimeout(15);
  }
}

/** Pauses and goes on, unless the run ended meanwhile. */
async function pause(page: Page, next: number, mark: Mark): Promise<number> {
  const pausing = button(page, 'Pause');
  const resume = button(page, 'Resume');
  const ended = page.locator('td.status', { hasText: /^finished/ });
  mark('checkpointing');
  await pausing.click({ timeout: 1_000 }).catch(() => undefined);
  await resume.or(ended).first().waitFor();
  const before = (await readShown(page)).keptStep;
  // The checkpoint is stored a moment after the pause is shown.
  for (let i = 0; i < 20 && (await readShown(page)).keptStep === before; i++) await page.waitForTimeout(20);
  if (await resume.isVisible()) await resume.click();
  return next;
}

async function ensureJudged(page: Page, safe: Safe, mark: Mark): Promise<void> {
  const scored = page.locator('[aria-label="Runs of this project"] tbody tr td:nth-child(5)', {
    hasText: /^\s*[01]\./,
  });
  const drawing = page.getByText('Drawing synthetic records');
  const judging = page.getByText('Comparing synthetic with train and holdout');
  const seen = await Promise.race([
    drawing.waitFor().then(() => 'sampling' as const),
    judging.waitFor().then(() => 'judging' as const),
    scored.waitFor().then(() => null),
  ]);
  if (seen !== null) mark(seen);
  if (seen === 'sampling') {
    await judging.or(scored).first().waitFor();
    mark('judging');
  }
  await scored.waitFor();
  const { quality } = await readShown(page);
  if (safe.quality !== null && quality !== safe.quality)
    throw new LostWork(`quality ${safe.quality} became ${quality ?? 'none'}`);
  await heading(page, 'Train').waitFor();
}
