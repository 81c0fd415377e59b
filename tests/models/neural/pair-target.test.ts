import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { layOut, type EncodedRows } from '../../../src/models/encode/encoding';
import { readVector } from '../../../src/models/neural/adam';
import { openBackend } from '../../../src/models/neural/backends';
import { ConditionSource } from '../../../src/models/neural/conditions';
import { PairTarget } from '../../../src/models/neural/pair-target';
import { host } from './fixtures';

const encoding = layOut([
  { kind: 'level', name: 'a', levels: ['x', 'y'], hasMissing: false },
  { kind: 'level', name: 'b', levels: ['no', 'yes'], hasMissing: false },
]);

/** Rows by their counts of (x, no), (x, yes), (y, no), (y, yes). */
function rowsOf(counts: readonly [number, number, number, number]): EncodedRows {
  const cells = counts.flatMap((n, cell) => Array.from({ length: n }, () => cell));
  const codes = [Uint16Array.from(cells, (cell) => cell >> 1), Uint16Array.from(cells, (cell) => cell & 1)];
  return { nRows: cells.length, alphas: [], codes };
}

async function pull(rows: EncodedRows, shares: number[][], weights: Float64Array | null = null) {
  const target = new PairTarget(rows, encoding, weights);
  const input = tf.tensor2d(shares);
  const { gradient, loss } = target.pull(input, 1, true);
  const answer = { loss: (await loss?.data<'float32'>())?.[0] ?? NaN, gradient: await readVector(gradient) };
  tf.dispose([input, gradient, ...(loss === null ? [] : [loss])]);
  target.dispose();
  return answer;
}

const X_NO = [1, 0, 1, 0];
const X_YES = [1, 0, 0, 1];
const Y_NO = [0, 1, 1, 0];
const Y_YES = [0, 1, 0, 1];

describe('the pull towards pairs', () => {
  beforeAll(async () => void (await openBackend('wasm', host)));

  it('is nothing where pairs are as frequent as in train', async () => {
    const { loss, gradient } = await pull(rowsOf([10, 0, 0, 10]), [X_NO, Y_YES]);
    expect(loss).toBeCloseTo(0, 9);
    expect(Math.max(...gradient.map(Math.abs))).toBeCloseTo(0, 6);
  });

  it('is the squared error of each cell over its share, by hand', async () => {
    // Expected ½, 0, 0, ½; drawn ¼ each.
    const { loss } = await pull(rowsOf([10, 0, 0, 10]), [X_NO, X_YES, Y_NO, Y_YES]);
    expect(loss).toBeCloseTo((2 * 0.25 ** 2) / 0.502 + (2 * 0.25 ** 2) / 0.002, 3);
  });

  it('does not know what fewer than five rows share', async () => {
    const known = await pull(rowsOf([10, 0, 0, 10]), [X_YES]);
    const unknown = await pull(rowsOf([10, 4, 4, 10]), [X_YES]);
    expect(known.loss).toBeGreaterThan(100);
    expect(unknown.loss).toBeLessThan(1);
  });

  it('weighs rows as training takes them', async () => {
    const rows = rowsOf([90, 0, 0, 10]);
    const weights = new ConditionSource(encoding, rows).weighRows();
    expect(weights?.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(2, 9);
    // By the logarithms of 90 and 10: 0.653 of all conditions are x.
    const share = Math.log1p(90) / (Math.log1p(90) + Math.log1p(10));
    const shares = [[share, 1 - share, share, 1 - share]];
    const { loss } = await pull(rowsOf([90, 0, 0, 10]), shares, weights);
    const cross = share * (1 - share);
    const cells = [share - share ** 2, cross, cross, 1 - share - (1 - share) ** 2];
    const expected = [share, 0, 0, 1 - share].map((wanted, i) => (cells[i] ?? 0) ** 2 / (wanted + 0.002));
    expect(loss).toBeCloseTo(
      expected.reduce((sum, part) => sum + part, 0),
      2,
    );
  });
});
