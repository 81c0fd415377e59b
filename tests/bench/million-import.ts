import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launchChromium } from '../../src/headless/chromium.mjs';
import { waitForAutomation } from '../../src/headless/run-in-page.mjs';
import { serve } from '../../src/headless/serve.mjs';
import { buildIfNeeded } from '../../src/headless/start.mjs';
import { findRenderers, MemoryWatch, type MemoryGrowth } from './process-memory';

interface Measured {
  /** From the choice of the file until every row is read, into columns and with a schema in the page. */
  readonly ms: number;
  /** Until the columns are profiled, the file is kept and all is shown; null where there is none of that. */
  readonly profiledMs: number | null;
  readonly memory: MemoryGrowth;
  /** Processor time of the page's process, all threads. */
  readonly cpuMs: number;
}

/**
 * Reading a large file in the page, into columns with a schema, beside Papa Parse streaming the same
 * file with a chunk callback that does nothing, on the main thread of an empty page of the same browser. Memory is that
 * of the page's process, from /proc. Options: --file PATH (made by `sh ../shared/data/make-million.sh`), --runs N.
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      file: { type: 'string', default: '/tmp/million.csv' },
      runs: { type: 'string', default: '3' },
    },
  });
  if (!existsSync(values.file)) {
    console.log(`million-import: skipped, there is no file ${values.file}.`);
    return;
  }
  buildIfNeeded();
  const nBytes = statSync(values.file).size;
  console.log(`file: ${values.file}, ${formatMegabytes(nBytes)}`);
  const ratios: number[] = [];
  const profiledRatios: number[] = [];
  for (let run = 1; run <= Number(values.runs); run++) {
    const papa = await measurePapaParse(values.file);
    const page = await measurePage(values.file);
    ratios.push(page.ms / papa.ms);
    profiledRatios.push((page.profiledMs ?? NaN) / papa.ms);
    report(`run ${run} papaparse`, papa, nBytes);
    report(`run ${run} understudy`, page, nBytes);
    console.log(
      `run ${run} time beside papaparse: ${(page.ms / papa.ms).toFixed(2)}, processor time ${(page.cpuMs / papa.cpuMs).toFixed(2)}`,
    );
  }
  console.log(
    `median time beside papaparse: ${median(ratios).toFixed(2)} to read (at most 1.5), ` +
      `${median(profiledRatios).toFixed(2)} until profiled, kept and shown`,
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

async function measurePapaParse(file: string): Promise<Measured> {
  const server = await serveEmptyPage();
  const context = await launchChromium();
  try {
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.addScriptTag({ content: readFileSync('node_modules/papaparse/papaparse.min.js', 'utf8') });
    return await measure(page, file, async () => {
      await page.evaluate(
        () =>
          new Promise<void>((resolve) => {
            const file = document.querySelector('input')?.files?.[0];
            const { Papa } = globalThis as unknown as {
              Papa: { parse(file: File | undefined, config: object): void };
            };
            Papa.parse(file, { chunk: () => undefined, complete: () => resolve() });
          }),
      );
      return null;
    });
  } finally {
    await context.close();
    server.close();
  }
}

async function measurePage(file: string): Promise<Measured> {
  const server = await serve({ folder: 'dist', headers: true });
  const context = await launchChromium();
  try {
    const page = await context.newPage();
    await page.goto(server.url);
    await waitForAutomation(page);
    return await measure(page, file, async () => {
      const described = page.getByText('Describing the columns').or(page.getByText(' was read as '));
      await described.first().waitFor({ timeout: 600_000 });
      const readAt = performance.now();
      await page.getByText(' was read as ').waitFor({ timeout: 600_000 });
      await page.getByRole('region', { name: 'First rows of the table as read' }).waitFor();
      await page.locator('dd', { hasText: '%' }).first().waitFor({ timeout: 600_000 });
      return readAt;
    });
  } finally {
    await context.close();
    await server.close();
  }
}

/** `act` answers when the file was read, if it went on to wait for more after that. */
async function measure(page: Page, file: string, act: () => Promise<number | null>): Promise<Measured> {
  await page.waitForTimeout(1000);
  const watch = new MemoryWatch(findRenderers(process.pid));
  const startedAt = performance.now();
  await page.locator('input[type=file]').first().setInputFiles(file);
  const readAt = await act();
  const endedAt = performance.now();
  const { cpuMs } = watch.lap();
  watch.stop();
  await page.waitForTimeout(1500);
  const profiledMs = readAt === null ? null : endedAt - startedAt;
  return { ms: (readAt ?? endedAt) - startedAt, profiledMs, memory: watch.read(), cpuMs };
}

async function serveEmptyPage(): Promise<Server> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>empty</title><input type="file">');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function report(label: string, { ms, profiledMs, memory, cpuMs }: Measured, nBytes: number): void {
  const profiled =
    profiledMs === null ? '' : `; profiled, kept and shown ${(profiledMs / 1000).toFixed(2)} s`;
  const over = (growth: number) => `${formatMegabytes(growth)} (${(growth / nBytes).toFixed(2)} × file)`;
  console.log(
    `${label}: ${(ms / 1000).toFixed(2)} s${profiled}, processor ${(cpuMs / 1000).toFixed(2)} s; above the idle ${formatMegabytes(memory.idle)}: ` +
      `peak PSS ${over(memory.peakPss)}, peak RSS ${over(memory.peakRss)}, PSS after ${over(memory.afterPss)}`,
  );
}

function formatMegabytes(nBytes: number): string {
  return `${(nBytes / 1e6).toFixed(0)} MB`;
}
