import { parseArgs } from 'node:util';
import { createServer } from 'vite';
import { kernelPlugin } from '../../src/build/kernel-plugin';
import { launchChromium } from '../../src/headless/chromium.mjs';
import type { NetsBench } from './nets-in-page';

/**
 * Times the teaching of the nets of `argn` by the kernel, in one thread, and side by side on WebGPU, in headless Chromium, and
 * says how far the nets are from each other. Without a graphics processor Chromium offers one in software, which shows that the
 * nets are the same, not what is gained. Options: --rows N --columns N of a made table, --epochs N (0: as many as its size asks for).
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '2000' },
      columns: { type: 'string', default: '12' },
      epochs: { type: 'string', default: '2' },
    },
  });
  const sizes = [values.rows, values.columns, values.epochs].map(Number);
  print(sizes, await timeInPage(sizes));
}

async function timeInPage(sizes: readonly number[]): Promise<NetsBench> {
  const server = await createServer({
    configFile: false,
    plugins: [kernelPlugin()],
    root: new URL('../..', import.meta.url).pathname,
    cacheDir: 'node_modules/.vite-bench',
    server: { host: '127.0.0.1', port: 0, ws: false, watch: null },
    optimizeDeps: {
      noDiscovery: true,
      include: ['core', 'backend-cpu', 'backend-wasm', 'backend-webgpu'].map(
        (name) => `@tensorflow/tfjs-${name}`,
      ),
    },
    logLevel: 'error',
    appType: 'mpa',
  });
  const browser = await launchChromium({ webgpu: true });
  try {
    await server.listen();
    const url = server.resolvedUrls?.local[0] ?? '';
    const page = await browser.newPage();
    await page.goto(`${url}LICENSE`);
    return await page.evaluate<NetsBench>(
      `import('/tests/bench/nets-in-page.ts').then((bench) => bench.timeNets(${sizes.join()}))`,
    );
  } finally {
    await browser.close();
    await server.close();
  }
}

function print(
  sizes: readonly number[],
  { adapter, refusal, nNets, kernelMs, deviceMs, isDone, distance }: NetsBench,
): void {
  const [nRows, nColumns, epochs] = sizes;
  console.log(
    `Graphics processor: ${adapter}${refusal === null ? '' : `; it would not be taken by itself: ${refusal}`}.`,
  );
  console.log('| Table | Epochs | Nets | Kernel, one thread | WebGPU | Distance |');
  console.log('| --- | --: | --: | --: | --: | --: |');
  console.log(
    `| ${nRows} × ${nColumns} | ${epochs === 0 ? 'all' : epochs} | ${nNets} | ${show(kernelMs)} | ` +
      `${isDone ? show(deviceMs) : 'failed'} | ${distance.toExponential(1)} |`,
  );
}

function show(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
