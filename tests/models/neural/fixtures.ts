import type { ColumnSchema, ColumnType, Schema } from '../../../src/data/schema';
import type { Column, Table } from '../../../src/data/table';
import { Rng } from '../../../src/math/rng';
import { createBackendHost, type BackendHost } from '../../../src/models/neural/backends';
import type { TrainingEvent, TrainingRun } from '../../../src/models/synthesizer';
import { makeColumnSchema } from '../../column-schema';

const folder = new URL('../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url).pathname;

/** wasm read from the package, no WebGPU. */
export const host: BackendHost = createBackendHost(
  Object.fromEntries(
    ['tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm.wasm'].map((name) => [name, folder + name]),
  ),
  () => performance.now(),
);

export function entry(name: string, type: ColumnType, decimals: number | null = null): ColumnSchema {
  return makeColumnSchema(name, type, { decimals });
}

export function numbers(name: string, values: ArrayLike<number>): Column {
  return { kind: 'number', name, values: Float64Array.from(values) };
}

export function levels(name: string, codes: ArrayLike<number>, names: readonly string[]): Column {
  return { kind: 'level', name, codes: Int32Array.from(codes), levels: names };
}

const DAY = 86_400_000;

/**
 * Patients with everything a table can hold: an integer, a skewed continuous value with missing entries, a spike of
 * zeros, a short scale, a date, levels with missing entries that depend on the age, a boolean and a single level.
 */
export function makePatients(nRows: number): { table: Table; schema: Schema } {
  const rng = Rng.fromSeed('patients');
  const age = Float64Array.from({ length: nRows }, () => Math.round(55 + 15 * rng.normal()));
  const crp = age.map((years) =>
    rng.float() < 0.2 ? NaN : Math.round(100 * Math.exp(0.5 + years / 60 + 0.5 * rng.normal())) / 100,
  );
  const cost = age.map(() => (rng.float() < 0.6 ? 0 : Math.round(1000 * Math.exp(rng.normal())) / 10));
  const grade = age.map((years) => Math.min(4, Math.max(1, Math.round(years / 20 + 0.5 * rng.normal()))));
  const seen = age.map(() => DAY * (18_000 + rng.int(700)));
  const stage = age.map((years) => (rng.float() < 0.15 ? -1 : years > 60 ? rng.int(2) : 1 + rng.int(2)));
  const dead = age.map((years) => (rng.float() < (years > 65 ? 0.6 : 0.1) ? 1 : 0));
  return {
    table: {
      nRows,
      columns: [
        numbers('age', age),
        numbers('crp', crp),
        numbers('cost', cost),
        numbers('grade', grade),
        numbers('seen', seen),
        levels('stage', stage, ['I', 'II', 'III']),
        levels('dead', dead, ['no', 'yes']),
        levels('site', new Int32Array(nRows), ['only']),
      ],
    },
    schema: {
      version: 1,
      columns: [
        entry('age', 'integer', 0),
        entry('crp', 'continuous', 2),
        entry('cost', 'continuous', 1),
        entry('grade', 'integer', 0),
        entry('seen', 'datetime'),
        entry('stage', 'categorical'),
        entry('dead', 'boolean'),
        entry('site', 'categorical'),
      ],
    },
  };
}

/** A run that records its events; `command` may be set from outside. */
export function makeRun(overrides: Partial<TrainingRun> = {}): TrainingRun & { events: TrainingEvent[] } {
  const events: TrainingEvent[] = [];
  return {
    events,
    command: () => 'run',
    emit: (event) => void events.push(event),
    now: () => performance.now(),
    breathe: () => Promise.resolve(),
    resumeFrom: null,
    checkpointEveryMs: Infinity,
    crew: null,
    ...overrides,
  };
}

/** Settings of a network that trains in milliseconds; raise `minSteps` for more. */
export const SMALL = {
  epochs: 1,
  minSteps: 1,
  batchSize: 50,
  latentSize: 8,
  hidden: [24, 24],
} as const;

export const SMALL_CTGAN = { ...SMALL, criticHidden: [24, 24] } as const;
