import { countText } from '../../data/count-text';
import { chooseRows } from '../../data/compared-rows';
import { takeRows, type Table } from '../../data/table';
import { Rng } from '../../math/rng';
import type { RowSample, RowsUsed } from '../measure';
import type { QualityInput } from './quality-measures';

/** The input with at most `nMost` rows of each table, drawn by its seed; tables that are short enough stay as they are. */
export function sampleTables(input: QualityInput, nMost: number): QualityInput {
  const rng = Rng.fromSeed(input.seed).fork('measure/sample');
  const draw = (table: Table, name: string): Table => {
    const rows = chooseRows(table.nRows, nMost, rng.fork(name));
    return rows === null ? table : takeRows(table, rows);
  };
  return {
    ...input,
    train: draw(input.train, 'train'),
    holdout: input.holdout === null ? null : draw(input.holdout, 'holdout'),
    synthetic: draw(input.synthetic, 'synthetic'),
  };
}

/** What was sampled, for the evidence; null where every row is compared. */
export function describeSample(
  input: Omit<QualityInput, 'schema'>,
  sampled: Pick<QualityInput, 'train' | 'holdout' | 'synthetic'>,
): RowSample | null {
  const train = { nRows: input.train.nRows, nUsed: sampled.train.nRows };
  const holdout =
    input.holdout === null || sampled.holdout === null
      ? null
      : { nRows: input.holdout.nRows, nUsed: sampled.holdout.nRows };
  const synthetic = { nRows: input.nSynthetic ?? input.synthetic.nRows, nUsed: sampled.synthetic.nRows };
  const parts: [string, RowsUsed | null][] = [
    ['train', train],
    ['holdout', holdout],
    ['synthetic', synthetic],
  ];
  const drawn = parts.flatMap(([name, used]) =>
    used === null || used.nUsed === used.nRows
      ? []
      : [`${countText(used.nUsed)} of ${countText(used.nRows)} ${name} rows`],
  );
  if (drawn.length === 0) return null;
  const sentence = `Computed on a random sample: ${drawn.join(', ')} (seed ${input.seed}).`;
  return { train, holdout, synthetic, seed: input.seed, sentence };
}
