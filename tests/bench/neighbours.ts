import { parseArgs } from 'node:util';
import { createServer } from 'vite';
import { launchChromium } from '../../src/headless/chromium.mjs';
import type { NeighbourBench } from './neighbours-in-page';

/**
 * Times the questions about neighbours that an evaluation asks, by the processor alone and with the graphics processor, in
 * one thread of headless Chromium, and says whether the answers are equal. Without a graphics processor Chromium offers one
 * in software, which shows that answers are equal and what asking costs, not what is gained. Options: --rows N --queries N
 * --columns N of a made table (tests/bench/judged-tables.ts).
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '20000' },
      queries: { type: 'string', default: '500' },
      columns: { type: 'string', default: '50' },
    },
  });
  const sizes = [values.rows, values.queries, values.columns].map(Number);
  print(await timeInPage(sizes));
}

async function timeInPage(sizes: readonly number[]): Promise<NeighbourBench> {
  const server = await createServer({
    configFile: false,
    root: new URL('../..', import.meta.url).pathname,
    server: { host: '127.0.0.1', port: 0, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: [] },
    logLevel: 'error',
    appType: 'mpa',
  });
  const browser = await launchChromium({ webgpu: true });
  try {
    await server.listen();
    const url = server.resolvedUrls?.local[0] ?? '';
    const page = await browser.newPage();
    await page.goto(`${url}LICENSE`);
    return await page.evaluate<NeighbourBench>(
      `import('/tests/bench/neighbours-in-page.ts').then((bench) => bench.timeNeighbours(${sizes.join()}))`,
    );
  } finally {
    await browser.close();
    await server.close();
  }
}

function print({ adapter, openMs, times }: NeighbourBench): void {
  console.log(`Graphics processor: ${adapter}; opened, with a first question, in ${show(openMs)}.`);
  console.log('| Question | Cells | Processor alone | Graphics | Measured again | Rows a query | Equal |');
  console.log('| --- | --: | --: | --: | --: | --: | --- |');
  for (const { name, nCells, aloneMs, answerMs, refineMs, nMeasured, isEqual } of times)
    console.log(
      `| ${name} | ${nCells.toExponential(1)} | ${show(aloneMs)} | ${answerMs === null ? 'no answer' : show(answerMs)} | ` +
        `${show(refineMs)} | ${nMeasured.toFixed(1)} | ${isEqual ? 'yes' : 'NO'} |`,
    );
}

function show(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
