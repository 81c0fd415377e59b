import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import type { RunJson } from '../../src/ui/state/artefacts';
import { download, goTo, startTraining, waitForResult } from '../e2e/journey/app';
import { readRunJson } from '../e2e/journey/run-account';
import { writeTable } from './made-table';
import { importFile, writeRows } from './page-acts';
import { PageLine } from './page-line';

const WAY_MS = 30 * 60_000;

/**
 * How the stages of a copula run grow with rows and columns: made tables in the built page, a fresh browser each. Prints
 * a line of a Markdown table for each size. Options: --rows N,N --columns N,N.
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '1000,10000,100000,1000000' },
      columns: { type: 'string', default: '10,50,200' },
    },
  });
  console.log(
    '| Rows | Columns | File, MB | Read, ms | Profile, keep, ms | Prepare, ms | Train, ms | Draw, write, ms | Judge, ms | Export, ms | Peak, MB |',
  );
  console.log('| --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |');
  for (const nColumns of values.columns.split(',').map(Number))
    for (const nRows of values.rows.split(',').map(Number)) console.log(await measureSize(nRows, nColumns));
}

async function measureSize(nRows: number, nColumns: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-growth-'));
  const file = join(folder, 'table.csv');
  await writeTable(file, nRows, nColumns);
  const line = await PageLine.open();
  try {
    const cells = await goTheWay(line, file, nRows);
    const size = [nRows, nColumns, (statSync(file).size / 1e6).toFixed(1)];
    return `| ${[...size, ...cells].join(' | ')} |`;
  } finally {
    await line.close();
    rmSync(folder, { recursive: true });
  }
}

/** The cells of one line, or the refusal. */
async function goTheWay(line: PageLine, file: string, nRows: number): Promise<readonly string[]> {
  const { page } = line;
  const imported = await line.measure('import', () =>
    Promise.race([importFile(page, file), isRefused(page)]),
  );
  if ((await page.getByRole('alert').count()) > 0)
    return [await page.getByRole('alert').locator('p.message').innerText()];
  const trained = await line.measure('train', async () => {
    await startTraining(page, { model: 'Gaussian copula', seed: 1 });
    await waitForResult(page, WAY_MS);
  });
  await goTo(page, 'Export');
  const { seconds } = readRunJson((await download(page, 'Download run.json')).bytes);
  const written = await line.measure('export', () => writeRows(page, String(nRows)));
  const ms = (stage: keyof RunJson['seconds']) => Math.round(1000 * (seconds[stage] ?? NaN)).toFixed(0);
  const peak = Math.max(imported.peakPss, trained.peakPss, written.peakPss);
  const train = 1000 * ((seconds.encode ?? 0) + (seconds.train ?? 0));
  return [
    ms('read'),
    (imported.ms - 1000 * (seconds.read ?? 0)).toFixed(0),
    ms('prepare'),
    train.toFixed(0),
    ms('sample'),
    ms('evaluate'),
    written.ms.toFixed(0),
    (peak / 1e6).toFixed(0),
  ];
}

async function isRefused(page: Page): Promise<void> {
  await page.getByRole('alert').waitFor();
}
