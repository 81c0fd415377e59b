import { setTimeout as sleep } from 'node:timers/promises';
import type { Rng } from '../../../src/math/rng';
import type { Page } from 'playwright-core';
import { KillableBrowser } from './browser-process';
import { drawMoments, type Doing, type Moment } from './moments';
import { addShown, describeSafe, NOTHING_SAFE, readShown, type Safe, type Shown } from './shown';
import { walk, type Arrival, type Route } from './walk';

/** One kill and what was found after it. */
export interface KillOutcome {
  readonly moment: Moment;
  /** What the screen showed last before the kill. */
  readonly shown: string;
  readonly safe: string;
  /** What was wrong after it; null = a clean resume. */
  readonly problem: string | null;
}

/** Runs a whole journey without a kill: what every other one must end with. */
export async function walkUninterrupted(url: string, route: Route): Promise<Arrival> {
  const browser = new KillableBrowser(url);
  try {
    return await walk(await browser.open(), route, NOTHING_SAFE, () => undefined);
  } finally {
    await browser.close();
  }
}

/**
 * One journey through a kill in each of `doings`, then to its end, which must be that of `expected`. What a kill came
 * too late for is over when the journey goes on, so that there may be fewer kills than doings.
 */
export async function walkThroughKills(
  url: string,
  route: Route,
  expected: Arrival,
  doings: readonly Doing[],
  rng: Rng,
): Promise<readonly KillOutcome[]> {
  const browser = new KillableBrowser(url);
  const outcomes: KillOutcome[] = [];
  let safe = NOTHING_SAFE;
  try {
    for (const moment of drawMoments(doings, rng)) {
      const attempt = await killAt(browser, route, safe, moment);
      safe = attempt.safe;
      if (!attempt.isKilled && attempt.problem === null) continue;
      outcomes.push({ moment, shown: describeShown(attempt.shown), safe: describeSafe(safe), problem: null });
      if (attempt.problem !== null) return markProblem(outcomes, attempt.problem);
    }
    const problem = await finish(browser, route, safe, expected);
    return problem === null ? outcomes : markProblem(outcomes, problem);
  } finally {
    await browser.close();
  }
}

interface Attempt {
  readonly safe: Safe;
  readonly shown: Shown | null;
  readonly isKilled: boolean;
  /** What went wrong before the kill, that is after the kill before. */
  readonly problem: string | null;
}

/** Walks on and kills when the moment has come; at the journey's end where it never does. */
async function killAt(
  browser: KillableBrowser,
  route: Route,
  before: Safe,
  moment: Moment,
): Promise<Attempt> {
  let safe = before;
  let shown: Shown | null = null;
  let isOver = false;
  let strike: () => void = () => undefined;
  const struck = new Promise<void>((resolve) => (strike = resolve));
  const mark = (doing: Doing) => {
    if (doing === moment.doing) setTimeout(strike, moment.delayMs);
  };
  const watch = async (page: Page): Promise<void> => {
    while (!isOver) {
      const seen = await readShown(page).catch(() => null);
      if (seen === null || isOver) continue;
      shown = seen;
      safe = addShown(safe, seen);
      await page.waitForTimeout(10).catch(() => undefined);
    }
  };
  const go = async (): Promise<void> => {
    const page = await browser.open(() => mark('opening'));
    void watch(page);
    await walk(page, route, before, mark);
  };
  const ended = go().then(
    () => null,
    (error: unknown) => (isOver ? null : String(error)),
  );
  const first = await Promise.race([struck.then(() => 'struck' as const), ended]);
  isOver = true;
  const isKilled = first === 'struck';
  if (isKilled) await browser.kill(moment.victim);
  await Promise.race([ended, sleep(3_000)]);
  return { safe, shown, isKilled, problem: isKilled ? null : first };
}

/** Opens the page for the last time and compares where it ends with where it should. */
async function finish(
  browser: KillableBrowser,
  route: Route,
  safe: Safe,
  expected: Arrival,
): Promise<string | null> {
  try {
    const page = await browser.open();
    const outputs = await countOutputs(page);
    if (outputs > 0) return `${outputs} outputs of dead pages are left`;
    const arrival = await walk(page, route, safe, () => undefined);
    if (!arrival.kept.equals(expected.kept)) return 'the kept file differs from that of an uninterrupted run';
    if (!arrival.large.equals(expected.large))
      return 'the large file differs from that of an uninterrupted run';
    const parts = await listParts(page);
    if (parts.join() !== 'model,source,synthetic') return `kept in the end: ${parts.join()}`;
    await page.getByRole('button', { name: 'All projects', exact: true }).click();
    await page.getByText('300 rows · 1 run ·').waitFor();
    return browser.errors.length > 0 ? `errors: ${browser.errors.join('; ')}` : null;
  } catch (error) {
    return String(error);
  }
}

function markProblem(outcomes: readonly KillOutcome[], problem: string): readonly KillOutcome[] {
  return outcomes.map((outcome, i) => (i === outcomes.length - 1 ? { ...outcome, problem } : outcome));
}

function countOutputs(page: Page): Promise<number> {
  return page.evaluate(async () => {
    let n = 0;
    const root = await navigator.storage.getDirectory();
    for await (const folder of root as unknown as AsyncIterable<[string, FileSystemDirectoryHandle]>)
      for await (const file of folder[1] as unknown as AsyncIterable<unknown>) n += file === null ? 0 : 1;
    return n;
  });
}

/** Kinds of the parts the browser holds. */
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
    return keys.map((key) => (Array.isArray(key) ? String(key[1]).replace(/\/.*/, '') : '?')).sort();
  });
}

function describeShown(shown: Shown | null): string {
  if (shown === null) return 'not open yet';
  const at = shown.trainStep === null ? '' : ` step ${shown.trainStep}`;
  return `${shown.step ?? '?'}${at}; ${shown.save ?? 'no project'}`;
}

/** The outcomes as lines of a table. */
export function writeTable(outcomes: readonly KillOutcome[]): string {
  const lines = outcomes.map(({ moment, shown, safe, problem }, i) =>
    [
      i + 1,
      `${moment.doing} + ${moment.delayMs} ms`,
      moment.victim,
      shown,
      safe,
      problem ?? 'all found',
    ].join(' | '),
  );
  return ['kill | moment | killed | shown | shown as saved | found', ...lines].join('\n');
}
