import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launchChromium } from '../../src/headless/chromium.mjs';
import { serve } from '../../src/headless/serve.mjs';
import { buildIfNeeded } from '../../src/headless/start.mjs';
import { button, goTo, waitForLock } from '../e2e/journey/app';

/** Milliseconds after the address was opened in a browser that has never seen it. */
interface Visit {
  readonly paintedMs: number;
  readonly lockedMs: number;
  readonly trainingMs: number;
  readonly trainedMs: number;
}

/**
 * A first visit by somebody who knows the way: the address, the sample cohort, the Train step, Start, with a fresh browser
 * each time. Prints the first picture (as the browser reports it), the lock, the first sign of training and the fitted
 * model, for each visit and as medians. Options: --visits N.
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { visits: { type: 'string', default: '5' } } });
  buildIfNeeded();
  const visits: Visit[] = [];
  for (let i = 0; i < Number(values.visits); i++) {
    const visit = await visitOnce();
    visits.push(visit);
    console.log(describe(`visit ${i + 1}`, visit));
  }
  const median = (pick: (visit: Visit) => number) =>
    visits.map(pick).sort((a, b) => a - b)[Math.floor(visits.length / 2)] ?? NaN;
  console.log(
    describe('median', {
      paintedMs: median((visit) => visit.paintedMs),
      lockedMs: median((visit) => visit.lockedMs),
      trainingMs: median((visit) => visit.trainingMs),
      trainedMs: median((visit) => visit.trainedMs),
    }),
  );
}

function describe(name: string, { paintedMs, lockedMs, trainingMs, trainedMs }: Visit): string {
  const show = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  return `${name}: painted ${show(paintedMs)}, locked ${show(lockedMs)}, sample cohort is training ${show(trainingMs)}, trained ${show(trainedMs)}`;
}

async function visitOnce(): Promise<Visit> {
  const profile = mkdtempSync(join(tmpdir(), 'understudy-visit-'));
  const server = await serve({ folder: 'dist', headers: true });
  const browser = await launchChromium({ profile });
  try {
    const page = browser.pages()[0] ?? (await browser.newPage());
    const start = performance.now();
    const since = () => performance.now() - start;
    await page.goto(server.url);
    const painted = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]);
    await waitForLock(page);
    const lockedMs = since();
    await button(page, 'Try the sample cohort').click();
    await page.getByText(' was read as ').waitFor();
    await goTo(page, 'Train');
    await button(page, 'Start training').click();
    await page.getByRole('progressbar', { name: 'Growing a tree for each column' }).waitFor();
    const trainingMs = since();
    const runs = page.getByRole('region', { name: 'Runs of this project' }).locator('tbody tr').first();
    await runs.filter({ hasText: 'finished, shown' }).waitFor({ timeout: 120_000 });
    return { paintedMs: painted?.startTime ?? NaN, lockedMs, trainingMs, trainedMs: since() };
  } finally {
    await browser.close();
    await server.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
