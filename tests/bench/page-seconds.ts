import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from '../../src/headless/chromium.mjs';
import type { SynthesizeOptions } from '../../src/headless/options.mjs';
import { runInPage } from '../../src/headless/run-in-page.mjs';
import { serve } from '../../src/headless/serve.mjs';
import { buildIfNeeded } from '../../src/headless/start.mjs';
import type { RunJson } from '../../src/ui/state/artefacts';
import type { ModelId } from '../../src/models/synthesizer';
import { unpackPeerFile } from './peer-tables';

/** Seconds of one run in the built page, as its account tells them; reading the file and judging are left out. */
export interface PageSeconds {
  readonly encodeAndTrain: number;
  readonly sample: number;
}

/**
 * Runs a model in the page, in a headless browser that says it has so many cores: the page starts as many workers. The
 * whole file is train but for a holdout of its own file; the target has its role.
 */
export async function timeInPage(
  table: string,
  target: string,
  model: ModelId,
  seed: number,
  nWorkers: number,
): Promise<PageSeconds> {
  buildIfNeeded();
  const folder = mkdtempSync(join(tmpdir(), 'understudy-page-'));
  try {
    const write = (part: string) => unpackPeerFile(`${table}_${part}`, folder);
    const options = { input: write('train'), holdout: write('holdout'), seed, out: folder };
    const first = await runOnce(folder, nWorkers, { ...options, model: 'independent', schema: null });
    const schema = join(folder, 'schema.json');
    writeFileSync(schema, giveTarget(first.schemaJson, target));
    const { runJson } = await runOnce(folder, nWorkers, { ...options, model, schema });
    const { encode = 0, train = 0, sample = 0 } = (JSON.parse(runJson) as RunJson).seconds;
    return { encodeAndTrain: (encode ?? 0) + (train ?? 0), sample: sample ?? 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Order = Pick<SynthesizeOptions, 'input' | 'holdout' | 'seed' | 'out' | 'model' | 'schema'>;

async function runOnce(folder: string, nWorkers: number, order: Order) {
  const server = await serve({ folder: 'dist', headers: true });
  const browser = await launchChromium();
  try {
    const page = browser.pages()[0] ?? (await browser.newPage());
    await page.addInitScript((n) => {
      Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => n });
    }, nWorkers);
    const rest = {
      edits: null,
      target: null,
      families: [],
      policy: null,
      package: null,
      statements: null,
      wishes: null,
      purpose: null,
      recipe: null,
      epochs: null,
      rows: null,
      backend: 'auto',
      format: 'csv',
    } as const;
    return await runInPage(page, server.url, { ...order, ...rest }, join(folder, 'out.csv'), () => undefined);
  } finally {
    await browser.close();
    await server.close();
  }
}

function giveTarget(schemaJson: string, target: string): string {
  const schema = JSON.parse(schemaJson) as { columns: { name: string; role: string }[] };
  for (const column of schema.columns) {
    if (column.name === target) column.role = 'target';
    else if (column.role === 'target') column.role = 'none';
  }
  return JSON.stringify(schema);
}
