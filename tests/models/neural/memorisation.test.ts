import { describe, expect, it } from 'vitest';
import type { Schema } from '../../../src/data/schema';
import { takeRows, type Table } from '../../../src/data/table';
import { Rng } from '../../../src/math/rng';
import { createTvae } from '../../../src/models/neural/tvae';
import type { ModelConfig } from '../../../src/models/synthesizer';
import { entry, host, levels, makeRun } from './fixtures';

const N_ROWS = 400;
const N_DRAWN = 4000;

/** Fourteen symptoms that have nothing to do with each other, of people to learn from and of as many others. */
function makeSymptoms(): { train: Table; others: Table; schema: Schema } {
  const rng = Rng.fromSeed('symptoms');
  const columns = Array.from({ length: 14 }, (_, c) =>
    levels(
      `symptom ${c}`,
      Int32Array.from({ length: 2 * N_ROWS }, () => rng.int(2)),
      ['no', 'yes'],
    ),
  );
  const all = { nRows: 2 * N_ROWS, columns };
  const rows = Uint32Array.from({ length: all.nRows }, (_, row) => row);
  return {
    train: takeRows(all, rows.slice(0, N_ROWS)),
    others: takeRows(all, rows.slice(N_ROWS)),
    schema: { version: 1, columns: columns.map(({ name }) => entry(name, 'boolean')) },
  };
}

function listRows({ nRows, columns }: Table): string[] {
  return Array.from({ length: nRows }, (_, row) =>
    columns.map((column) => (column.kind === 'level' ? column.codes[row] : column.values[row])).join(),
  );
}

describe('early stop', () => {
  it('keeps rows of train from coming back more often than those of others: without it they do', async () => {
    const { train, others, schema } = makeSymptoms();
    const [own, strange] = [train, others].map((table) => new Set(listRows(table)));
    const excess = async (config: ModelConfig) => {
      const sizes = { batchSize: 100, hidden: [64, 64], latentSize: 32, learningRate: 6e-3, pairWeight: 0 };
      const length = { epochs: 500, minSteps: 0, maxSteps: 1000 };
      const input = { table: train, schema };
      const model = await createTvae('wasm', host).train(
        input,
        { ...sizes, ...length, ...config },
        Rng.fromSeed(1),
        makeRun(),
      );
      const drawn = listRows(await model.sample(N_DRAWN, Rng.fromSeed(2)));
      model.dispose();
      const shareIn = (rows: Set<string> | undefined) =>
        drawn.filter((row) => rows?.has(row)).length / N_DRAWN;
      return shareIn(own) - shareIn(strange);
    };
    const held = await excess({ stopShare: 0.25, patience: 2 });
    expect(held).toBeLessThan(0.01);
    expect(await excess({ stopShare: 0, patience: 1000 })).toBeGreaterThan(held + 0.004);
  }, 120_000);
});
