import * as tf from '@tensorflow/tfjs-core';
import { parseArgs } from 'node:util';
import { Rng } from '../../src/math/rng';
import { encodeRows } from '../../src/models/encode/encode-rows';
import { fitEncoding } from '../../src/models/encode/fit-encoding';
import { ctganRecipe } from '../../src/models/neural/ctgan';
import { createCtganLearner } from '../../src/models/neural/ctgan-learner';
import type { Learner } from '../../src/models/neural/learner';
import { tvaeRecipe } from '../../src/models/neural/tvae';
import { habitsOf } from '../../src/models/neural/settings';
import { createTvaeLearner } from '../../src/models/neural/tvae-learner';
import { openNodeBackend } from './node-backend';
import { loadPeerTable } from './peer-tables';

/** Kernels a step took when sums, moments and losses were compositions of tensor operations. */
const KERNELS_BEFORE: Readonly<Record<string, number>> = { tvae: 149, ctgan: 236 };

/**
 * Prints milliseconds a training step, the same as a ratio to a 500 × 256 × 256 matMul timed beside it (so that a busy
 * machine does not matter), and kernels a step; for the peers' shapes (the paper's recipe) and for Understudy's own. Options: --table adult|support2 --steps N --backend wasm|cpu --profile.
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      table: { type: 'string', default: 'adult' },
      steps: { type: 'string', default: '15' },
      backend: { type: 'string', default: 'wasm' },
      profile: { type: 'boolean', default: false },
    },
  });
  await openNodeBackend(values.backend);
  const { table, schema } = loadPeerTable(values.table);
  for (const preset of ['paper', 'understudy'] as const) {
    const encoding = fitEncoding(table, schema, habitsOf(preset).coding);
    const rng = Rng.fromSeed(1);
    const rows = encodeRows(table, encoding, rng);
    console.log(`${values.table}, ${preset}: rows ${encoding.width} wide, ${encoding.nAlpha} positions`);
    const input = { encoding, rows, batchSize: 500, nSteps: 1000, rng };
    const makers: [string, () => Learner][] = [
      ['tvae', () => createTvaeLearner(input, tvaeRecipe.presets[preset], null)],
      ['ctgan', () => createCtganLearner(input, ctganRecipe.presets[preset], null)],
    ];
    for (const [name, make] of makers) {
      const learner = make();
      await timeLearner(name, learner, Number(values.steps));
      if (values.profile) await printProfile(learner);
      learner.dispose();
    }
  }
}

async function timeLearner(name: string, learner: Learner, nSteps: number): Promise<void> {
  const a = tf.randomNormal([500, 256]);
  const b = tf.randomNormal([256, 256]);
  const steps: number[] = [];
  const products: number[] = [];
  const ratios: number[] = [];
  for (let i = 0; i < nSteps + 2; i++) {
    const product = await time(() => void tf.matMul(a, b).dispose());
    const step = await time(() => void learner.step(i, false));
    if (i < 2) continue;
    products.push(product);
    steps.push(step);
    ratios.push(step / product);
  }
  tf.dispose([a, b]);
  const nKernels = (await tf.profile(() => void learner.step(0, false))).kernels.length;
  const nBefore = KERNELS_BEFORE[name] ?? NaN;
  const line = [
    `${median(steps).toFixed(1)} ms a step`,
    `matMul ${median(products).toFixed(2)} ms`,
    `ratio ${(median(steps) / median(products)).toFixed(1)}`,
    `${nKernels} kernels (${nBefore} before they were fused)`,
  ];
  console.log(`${name}: ${line.join(', ')}`);
}

/** Milliseconds by kernel over one step, the dearest first. */
async function printProfile(learner: Learner): Promise<void> {
  const { kernels } = await tf.profile(() => void learner.step(1, false));
  const totals = new Map<string, { ms: number; n: number }>();
  for (const kernel of kernels) {
    const sum = totals.get(kernel.name) ?? { ms: 0, n: 0 };
    totals.set(kernel.name, { ms: sum.ms + Number(await kernel.kernelTimeMs), n: sum.n + 1 });
  }
  const sorted = [...totals].sort((x, y) => y[1].ms - x[1].ms).slice(0, 14);
  for (const [name, { ms, n }] of sorted) console.log(`  ${name.padEnd(22)} ${ms.toFixed(2)} ms in ${n}`);
}

async function time(action: () => void): Promise<number> {
  const start = performance.now();
  action();
  return performance.now() - start;
}

function median(values: number[]): number {
  return [...values].sort((x, y) => x - y)[values.length >> 1] ?? NaN;
}
