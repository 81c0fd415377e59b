import { parseArgs } from 'node:util';
import type { CDPSession, Page } from 'playwright-core';
import { launchChromium } from '../../src/headless/chromium.mjs';
import { waitForAutomation } from '../../src/headless/run-in-page.mjs';
import { serve } from '../../src/headless/serve.mjs';
import { buildIfNeeded } from '../../src/headless/start.mjs';

/** The longest task of the page's own thread, by the clock and by the processor, in milliseconds. */
interface LongestTask {
  readonly wallMs: number;
  readonly processorMs: number;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly args: {
    readonly name?: string;
    readonly chrome_mojo_event_info?: { readonly mojo_interface_tag?: string };
  };
  /** Microseconds. */
  readonly ts: number;
  /** Microseconds by the clock and on the processor. */
  readonly dur?: number;
  readonly tdur?: number;
}

/** What messages of whoever drives the page come by. */
const DRIVER = 'blink.mojom.DevToolsSession';

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
    console.log(`run ${run}: ${tasks.map(tell).join('; evaluating: ')}`);
  }
  for (const [i, name] of ['opening', 'evaluating'].slice(0, values.opening ? 1 : 2).entries()) {
    const median = (key: keyof LongestTask): number => {
      const sorted = runs.map((tasks) => tasks[i]?.[key] ?? NaN).sort((a, b) => a - b);
      return sorted[Math.floor(sorted.length / 2)] ?? NaN;
    };
    console.log(`${name}, median: ${tell({ wallMs: median('wallMs'), processorMs: median('processorMs') })}`);
  }
}

function tell({ wallMs, processorMs }: LongestTask): string {
  return `longest task ${wallMs.toFixed(0)} ms, on the processor ${processorMs.toFixed(0)} ms`;
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
    const opening = await watch(session, () => openEvidence(page));
    return openingOnly ? [opening] : [opening, await watch(session, () => evaluateAgain(page))];
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

/** Records the browser's own trace of its tasks while something is done. */
async function watch(session: CDPSession, act: () => Promise<void>): Promise<LongestTask> {
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline'] },
  });
  const events: TraceEvent[] = [];
  const collect = ({ value }: { readonly value: readonly unknown[] }): void => {
    events.push(...(value as readonly TraceEvent[]));
  };
  session.on('Tracing.dataCollected', collect);
  await act();
  const ended = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await ended;
  session.off('Tracing.dataCollected', collect);
  return findLongest(events);
}

/** Of the page's own tasks: what the driver asks of the page, such as where a button is, is none. */
function findLongest(events: readonly TraceEvent[]): LongestTask {
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const own = events.filter(({ pid, tid }) =>
    threads.some((thread) => thread.pid === pid && thread.tid === tid),
  );
  const driven = own.filter(({ args }) => args.chrome_mojo_event_info?.mojo_interface_tag === DRIVER);
  const tasks = own
    .filter(({ name }) => name.endsWith('RunTask'))
    .filter(({ ts, dur = 0 }) => !driven.some((event) => event.ts >= ts && event.ts <= ts + dur));
  return {
    wallMs: Math.max(...tasks.map(({ dur = 0 }) => dur)) / 1000,
    processorMs: Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000,
  };
}
