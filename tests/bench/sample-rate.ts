import { parseArgs } from 'node:util';
import { Rng } from '../../src/math/rng';
import { MODEL_IDS } from '../../src/models/synthesizer';
import { timeModel } from './time-model';
import { loadTrainTables } from './train-tables';

/** Rows drawn at a time, as in the worker. */
const CHUNK_ROWS = 8192;

/**
 * Rows that a trained model draws in a second, in one thread of this process, once the compiler is warm; writing them to a
 * file comes on top. Options: --table adult|support2 --models trees,argn --draws 50 (chunks of 8,192 rows).
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      table: { type: 'string', default: 'adult' },
      models: { type: 'string', default: 'trees,argn' },
      draws: { type: 'string', default: '50' },
    },
  });
  const wanted = values.models.split(',');
  const nDraws = Number(values.draws);
  const tables = loadTrainTables(values.table, 'peers', 'cap', 1);
  for (const id of MODEL_IDS.filter((one) => wanted.includes(one))) {
    const { model } = await timeModel(id, tables, 1, 'cap', 'wasm', {});
    const rng = Rng.fromSeed(1);
    for (let i = 0; i < 5; i++) await model.sample(CHUNK_ROWS, rng.fork(`warm/${i}`));
    const took: number[] = [];
    for (let i = 0; i < nDraws; i++) {
      const start = performance.now();
      await model.sample(CHUNK_ROWS, rng.fork(`chunk/${i}`));
      took.push(performance.now() - start);
    }
    took.sort((a, b) => a - b);
    const rate = (share: number) =>
      Math.round((1000 * CHUNK_ROWS) / (took[Math.floor(share * nDraws)] ?? NaN));
    console.log(`${values.table}, ${id}: ${rate(0.5)} rows/s, ${rate(0.02)} in the fastest twentieth`);
    model.dispose();
  }
}
