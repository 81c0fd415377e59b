import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launchChromium } from '../../src/headless/chromium.mjs';
import { waitForAutomation } from '../../src/headless/run-in-page.mjs';
import { serve } from '../../src/headless/serve.mjs';
import { buildIfNeeded } from '../../src/headless/start.mjs';
import { tellLongest, watchTasks } from './longest-task';
import { calibrate } from './peer-seconds';
import { unpackPeerFile } from './peer-tables';

/** Seconds of the Python tools for what they were timed on, at the speed of the peers' machine. */
const PYTHON_SECONDS = 319;
const LOOK_EVERY_MS = 200;

/** Paths of the files that are judged. */
interface Files {
  readonly train: string;
  readonly holdout: string;
  readonly synthetic: string;
}

/**
 * Judges a peer's synthetic table of Adult in the built page, all families, as a person does who has the files: prints the
 * seconds until everything is there, and the longest tasks of the page's own thread meanwhile. Options: --table
 * adult|support2 --synthetic synthpop|ctgan|tvae|argn --runs N, --workers N for a page that is told of so many cores.
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      table: { type: 'string', default: 'adult' },
      synthetic: { type: 'string', default: 'synthpop' },
      runs: { type: 'string', default: '2' },
      workers: { type: 'string' },
    },
  });
  buildIfNeeded();
  const folder = mkdtempSync(join(tmpdir(), 'understudy-evidence-'));
  try {
    const unpack = (part: string): string => unpackPeerFile(`${values.table}_${part}`, folder);
    const files = { train: unpack('train'), holdout: unpack('holdout'), synthetic: unpack(values.synthetic) };
    for (let run = 1; run <= Number(values.runs); run++) {
      const factor = calibrate() ?? NaN;
      const told = await judgeOnce(files, values.workers === undefined ? null : Number(values.workers));
      const python = (PYTHON_SECONDS * factor).toFixed(0);
      console.log(`run ${run}: ${told}; Python × ${factor.toFixed(2)} ${python} s`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function judgeOnce(files: Files, nWorkers: number | null): Promise<string> {
  const server = await serve({ folder: 'dist', headers: true });
  const browser = await launchChromium();
  try {
    const page = browser.pages()[0] ?? (await browser.newPage());
    const session = await browser.newCDPSession(page);
    await page.setViewportSize({ width: 1280, height: 900 });
    if (nWorkers !== null)
      await page.addInitScript((n) => {
        Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => n });
      }, nWorkers);
    await page.goto(server.url);
    await waitForAutomation(page);
    await chooseFiles(page, files);
    let seconds = { read: 0, all: 0 };
    const longest = await watchTasks(session, async () => {
      seconds = await judge(page);
    });
    const nSkipped = await page.getByRole('region', { name: 'Not computed' }).getByRole('listitem').count();
    const skipped = nSkipped === 0 ? '' : `, ${nSkipped} reasons why something was not computed`;
    return `files read in ${seconds.read.toFixed(1)} s, everything in ${seconds.all.toFixed(1)} s${skipped}; ${tellLongest(longest)}`;
  } finally {
    await browser.close();
    await server.close();
  }
}

async function chooseFiles(page: Page, { train, holdout, synthetic }: Files): Promise<void> {
  await page.getByRole('button', { name: 'Judge a synthetic file' }).click();
  await page.getByLabel('Train', { exact: true }).setInputFiles(train);
  await page.getByLabel('Holdout, if there is one').setInputFiles(holdout);
  await page.getByLabel('Synthetic', { exact: true }).setInputFiles(synthetic);
  // The columns are listed when the file has been read for them.
  await page.getByLabel('Column to predict').and(page.locator(':enabled')).waitFor();
  await page.waitForTimeout(3000);
}

/** Presses the button; answers the seconds until the first measure began and until all evidence was on the page. */
async function judge(page: Page): Promise<{ read: number; all: number }> {
  const since = performance.now();
  const seconds = (): number => (performance.now() - since) / 1000;
  await page.locator('button[type=submit]').click();
  while (!(await page.evaluate(isAtWork))) await page.waitForTimeout(LOOK_EVERY_MS);
  const read = seconds();
  let all = seconds();
  for (let [n, before] = [0, -1]; n === 0 || n !== before;) {
    all = seconds();
    await page.waitForTimeout(LOOK_EVERY_MS);
    [n, before] = [await page.evaluate(countEvidence), n];
  }
  await page.waitForTimeout(2000);
  return { read, all };
}

/** Runs inside the page. Looks at ids and roles alone, because looking takes the page's own thread too. */
function isAtWork(): boolean {
  if (document.querySelector('[role=alert]') !== null) throw new Error('the files could not be judged');
  return document.getElementById('at-work') !== null;
}

/** Runs inside the page: pictures of the evidence that are made; 0 before it is all there to be made. */
function countEvidence(): number {
  const isThere = [...document.querySelectorAll('main button')].some(({ textContent }) =>
    textContent.includes('Download evaluation.json'),
  );
  return isThere ? document.querySelectorAll('svg[role=img]').length : 0;
}
