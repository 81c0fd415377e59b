import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launchChromium } from '../../src/headless/chromium.mjs';
import { waitForAutomation } from '../../src/headless/run-in-page.mjs';
import { serve } from '../../src/headless/serve.mjs';
import { buildIfNeeded } from '../../src/headless/start.mjs';
import { tellLongest, watchTasks, type LongestTask } from './longest-task';

/**
 * The longest tasks of the page's own thread while the Evidence step of the finished sample is opened, and while all its
 * figures are computed again; medians of several runs. Options: --runs N, --opening for the first part alone.
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { runs: { type: 'string', default: '5' }, opening: { type: 'boolean', default: false } },
  });
  buildIfNeeded();
  const runs: (readonly LongestTask[])[] = [];
  for (let run = 1; run <= Number(values.runs); run++) {
    const tasks = await watchOneRun(values.opening);
    runs.push(tasks);
    console.log(`run ${run}: ${tasks.map(tellLongest).join('; evaluating: ')}`);
  }
  for (const [i, name] of ['opening', 'evaluating'].slice(0, values.opening ? 1 : 2).entries()) {
    const median = (key: keyof LongestTask): number => {
      const sorted = runs.map((tasks) => tasks[i]?.[key] ?? NaN).sort((a, b) => a - b);
      return sorted[Math.floor(sorted.length / 2)] ?? NaN;
    };
    console.log(
      `${name}, median: ${tellLongest({ wallMs: median('wallMs'), processorMs: median('processorMs') })}`,
    );
  }
}

async function watchOneRun(openingOnly: boolean): Promise<readonly LongestTask[]> {
  const server = await serve({ folder: 'dist', headers: true });
  const browser = await launchChromium();
  try {
    const page = browser.pages()[0] ?? (await browser.newPage());
    const session = await browser.newCDPSession(page);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(server.url);
    await waitForAutomation(page);
    await page.getByRole('button', { name: /finished sample/i }).click();
    await page.getByRole('navigation', { name: 'Steps' }).waitFor();
    await page.waitForTimeout(4000);
    const opening = await watchTasks(session, () => openEvidence(page));
    return openingOnly ? [opening] : [opening, await watchTasks(session, () => evaluateAgain(page))];
  } finally {
    await browser.close();
    await server.close();
  }
}

async function openEvidence(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Steps' }).getByText('Evidence').click();
  await page.waitForTimeout(3000);
}

/** Looks seldom, because looking takes the page's own thread too. */
async function evaluateAgain(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Evaluate again' }).click();
  const isAtWork = (): Promise<boolean> => page.locator('#at-work').isVisible();
  while (!(await isAtWork())) await page.waitForTimeout(250);
  while (await isAtWork()) await page.waitForTimeout(1000);
  await page.waitForTimeout(2000);
}
