import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { cohortCsv } from '../../src/data/cohort/simulate';
import { launchChromium } from '../../src/headless/chromium.mjs';
import { waitForAutomation } from '../../src/headless/run-in-page.mjs';
import { serve } from '../../src/headless/serve.mjs';
import { buildIfNeeded } from '../../src/headless/start.mjs';

/** A stretch of the page's own thread without a pause, in milliseconds, as the browser reports them from 50 ms on. */
interface LongTask {
  readonly startMs: number;
  readonly durationMs: number;
}

/**
 * The longest main-thread task while the page shows a training run on the sample cohort, for five runs and their
 * median; long enough for a checkpoint or more. 0 = none of 50 ms or more. Options: --runs N --model tvae|ctgan --epochs N.
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      runs: { type: 'string', default: '5' },
      model: { type: 'string', default: 'tvae' },
      epochs: { type: 'string', default: '60' },
    },
  });
  buildIfNeeded();
  const folder = mkdtempSync(join(tmpdir(), 'understudy-bench-'));
  const file = join(folder, 'cohort.csv');
  writeFileSync(file, cohortCsv());
  const longest: number[] = [];
  for (let run = 1; run <= Number(values.runs); run++) {
    const tasks = await watchOneRun(file, values.model, Number(values.epochs), run);
    longest.push(Math.max(0, ...tasks.map((task) => task.durationMs)));
    console.log(
      `run ${run}: ${tasks.length} tasks of 50 ms or more, longest ${longest.at(-1)?.toFixed(0)} ms`,
    );
  }
  rmSync(folder, { recursive: true });
  const sorted = longest.sort((a, b) => a - b);
  console.log(`median of the longest: ${sorted[Math.floor(sorted.length / 2)]?.toFixed(0)} ms`);
}

async function watchOneRun(file: string, model: string, epochs: number, seed: number): Promise<LongTask[]> {
  const server = await serve({ folder: 'dist', headers: true });
  const browser = await launchChromium();
  try {
    const page = browser.pages()[0] ?? (await browser.newPage());
    await page.goto(server.url);
    await waitForAutomation(page);
    return await trainAndWatch(page, file, { model, epochs, seed });
  } finally {
    await browser.close();
    await server.close();
  }
}

async function trainAndWatch(
  page: Page,
  file: string,
  choice: { model: string; epochs: number; seed: number },
): Promise<LongTask[]> {
  const input = await page.evaluateHandle(() => {
    const element = document.createElement('input');
    element.type = 'file';
    return element;
  });
  await input.setInputFiles(file);
  return page.evaluate(
    async ({ input: element, choice: { model, epochs, seed } }) => {
      const tasks: LongTask[] = [];
      new PerformanceObserver((list) => {
        for (const { startTime, duration } of list.getEntries())
          tasks.push({ startMs: startTime, durationMs: duration });
      }).observe({ type: 'longtask' });
      let trainingFrom = Infinity;
      let trainingTo = 0;
      const given = element.files?.[0];
      if (given === undefined || globalThis.understudy === undefined) throw new Error('no file, or no page');
      const answer = await globalThis.understudy.run(
        { input: given, model: model as 'tvae', config: { epochs }, seed, backend: 'wasm' },
        ({ stage }) => {
          if (stage !== 'train') return;
          trainingFrom = Math.min(trainingFrom, performance.now());
          trainingTo = performance.now();
        },
      );
      if (!answer.ok) throw new Error(answer.failure.message);
      return tasks.filter((task) => task.startMs >= trainingFrom && task.startMs <= trainingTo);
    },
    { input, choice },
  );
}
