import type { Table } from '../../../src/data/table';
import { Rng } from '../../../src/math/rng';
import { runSpec } from '../../../src/measure/evaluate';
import { openContext, type EvaluationOptions } from '../../../src/measure/evaluation-context';
import type { ColumnKind } from '../../../src/measure/fidelity/column-kinds';
import {
  holdAgainstTrain,
  type Estimate,
  type AskingFidelitySpec,
  type FidelitySpec,
} from '../../../src/measure/fidelity/hold-against-train';
import type { FinishedMeasure, Measured } from '../../../src/measure/measure';

export function kindsOfTable(table: Table): readonly ColumnKind[] {
  return table.columns.map(({ name, kind }) => ({
    name,
    kind: kind === 'number' ? 'numerical' : 'categorical',
  }));
}

interface Extras {
  readonly holdout?: Table | null;
  readonly options?: Partial<EvaluationOptions>;
  readonly kinds?: readonly ColumnKind[];
}

function open(train: Table, synthetic: Table, { holdout = null, options = {}, kinds }: Extras) {
  const input = { train, holdout, synthetic, kinds: kinds ?? kindsOfTable(train) };
  return openContext({ ...input, options: { seed: 1, ...options } });
}

/** The results of a fidelity measure as an evaluation has them. */
export function judge(
  spec: FidelitySpec | AskingFidelitySpec,
  train: Table,
  synthetic: Table,
  extras: Extras = {},
): readonly Measured<FinishedMeasure>[] {
  return runSpec(holdAgainstTrain(spec), open(train, synthetic, extras));
}

/** The first figure of a fidelity measure without its least number of rows, so that it can be worked out by hand. */
export function estimate(spec: FidelitySpec, train: Table, synthetic: Table): Estimate {
  const context = open(train, synthetic, {});
  const [result] = spec.prepare(context.train, context, Rng.fromSeed(1))(context.synthetic);
  if (result === undefined || 'reason' in result) throw new Error(result?.reason ?? 'no result');
  return result;
}
