import { applyHandling } from '../../src/data/apply-handling';
import { DEFAULT_HANDLING } from '../../src/data/handling';
import { SCHEMA_VERSION, type Schema } from '../../src/data/schema';
import { getColumn, type Column, type Table } from '../../src/data/table';
import { Rng } from '../../src/math/rng';
import { findRange } from '../../src/math/statistics';
import { alignTables, stackTables } from '../../src/measure/align-tables';
import { kindsOf } from '../../src/measure/fidelity/column-kinds';
import type { BackendWish } from '../../src/models/neural/choose-backend';
import type { ModelConfig, ModelId, TrainedModel } from '../../src/models/synthesizer';
import { openSynthesizer } from '../../workers/synthesizers';
import { nodeHost } from './node-backend';
import type { TailName, TrainTables } from './train-tables';

/** One run from train to synthetic rows, and its seconds. */
export interface TimedRun {
  readonly model: TrainedModel;
  readonly synthetic: Table;
  /** Train and schema after pooling and capping, as the model saw them. */
  readonly handled: { readonly table: Table; readonly schema: Schema };
  readonly seconds: RunSeconds;
}

export interface RunSeconds {
  /** Pooling rare levels and capping extremes. */
  readonly prepare: number;
  /** Encoding and training. */
  readonly train: number;
  readonly sample: number;
  readonly total: number;
}

/** As in the worker (workers/synthesize-service.ts): part of what a seed means. */
const CHUNK_ROWS = 8192;

/** Prepares, trains and draws as many rows as train has, in this process, by the code of the worker. */
export async function timeModel(
  id: ModelId,
  { train, schema }: Pick<TrainTables, 'train' | 'schema'>,
  seed: number,
  tail: TailName,
  backend: BackendWish,
  config: ModelConfig,
): Promise<TimedRun> {
  const synthesizer = openSynthesizer(id, backend, nodeHost);
  const start = performance.now();
  const handling = { ...DEFAULT_HANDLING, capExtremes: tail === 'cap' };
  const handled = applyHandling(train, schema.columns, handling, Rng.fromSeed(seed).fork('handling'));
  const schemaSeen: Schema = { version: SCHEMA_VERSION, columns: handled.columns };
  const input = { table: handled.table, schema: schemaSeen };
  const prepared = performance.now();
  const model = await synthesizer.train(input, config, Rng.fromSeed(seed), {
    command: () => 'run',
    emit: () => undefined,
    now: () => performance.now(),
    breathe: () => Promise.resolve(),
    resumeFrom: null,
    checkpointEveryMs: Infinity,
    crew: null,
  });
  const trained = performance.now();
  const chunks = await drawChunks(model, train.nRows, seed);
  const drawn = performance.now();
  return {
    model,
    synthetic: joinChunks(chunks, input.schema),
    handled: input,
    seconds: {
      prepare: (prepared - start) / 1000,
      train: (trained - prepared) / 1000,
      sample: (drawn - trained) / 1000,
      total: (drawn - start) / 1000,
    },
  };
}

async function drawChunks(model: TrainedModel, nRows: number, seed: number): Promise<readonly Table[]> {
  const rng = Rng.fromSeed(seed).fork('sample');
  const chunks: Table[] = [];
  for (let nDone = 0; nDone < nRows; nDone += CHUNK_ROWS) {
    const n = Math.min(CHUNK_ROWS, nRows - nDone);
    chunks.push(await model.sample(n, rng.fork(`chunk/${nDone / CHUNK_ROWS}`)));
  }
  return chunks;
}

function joinChunks([first, ...others]: readonly Table[], schema: Schema): Table {
  if (first === undefined) throw new Error('no rows were drawn');
  const kinds = kindsOf(schema);
  return others.reduce((all, chunk) => {
    const [a, b] = alignTables(kinds, ['synthetic', all], ['synthetic', chunk]);
    return stackTables(a, b);
  }, first);
}

/** Log-likelihoods of train's and the holdout's rows, brought into the model's terms alike; null where it has none. */
export async function scoreRows(
  { model, handled }: Pick<TimedRun, 'model' | 'handled'>,
  { train, holdout }: Pick<TrainTables, 'train' | 'holdout'>,
): Promise<{ readonly train: Float64Array; readonly holdout: Float64Array } | null> {
  if (model.score === null) return null;
  return {
    train: await model.score(expressIn(handled.table, train)),
    holdout: await model.score(expressIn(handled.table, holdout)),
  };
}

/** Numbers capped to the range that the model saw; levels by its list, pooled where that has a pool, else missing. */
function expressIn(seen: Table, table: Table): Table {
  const columns = seen.columns.map((column): Column => {
    const other = getColumn(table, column.name);
    if (column.kind === 'number' && other.kind === 'number') {
      const { min, max } = findRange(column.values) ?? { min: -Infinity, max: Infinity };
      return { ...column, values: other.values.map((value) => Math.min(max, Math.max(min, value))) };
    }
    if (column.kind !== 'level' || other.kind !== 'level')
      throw new Error(`column "${column.name}" changed its kind`);
    const pool = column.levels.indexOf(DEFAULT_HANDLING.pooledLabel);
    const places = other.levels.map((level) => {
      const at = column.levels.indexOf(level);
      return at < 0 ? pool : at;
    });
    return { ...column, codes: other.codes.map((code) => (code < 0 ? -1 : (places[code] ?? -1))) };
  });
  return { nRows: table.nRows, columns };
}
