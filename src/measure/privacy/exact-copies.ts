import type { Table } from '../../data/table';
import { estimateRate, type Rate } from '../../math/proportions';
import { alignTables } from '../align-tables';
import type { ColumnKind } from '../fidelity/column-kinds';
import type { Measured } from '../measure';
import { findLack, sizesOf, type Needs } from '../needs';
import { RowIndex } from './row-index';
import type { JudgeId } from '../judge-ids';

/** Synthetic rows that are rows of train, cell by cell. */
export interface ExactCopies {
  readonly synthetic: CopyShare;
  /** Rows of the holdout that are rows of train: coincidence among people. Null where no rows were held out. */
  readonly holdout: CopyShare | null;
  /** Synthetic copies of rows that no other row of train repeats. */
  readonly nOfUniqueRows: number;
}

export interface CopyShare {
  readonly share: number;
  readonly n: number;
  readonly rate: Rate;
}

/** What it takes of the tables. */
export const COPIES_NEEDS = {
  noHoldout: null,
  minRows: 1,
} as const satisfies Needs;

/**
 * The reader's story: somebody who knows a patient's record looks for it in the synthetic table. Rows equal to a row of
 * train in every column, beside the same of the holdout, whose rows can be equal by coincidence only. In narrow tables
 * coincidence is usual. Without a holdout copies are counted all the same. Skipped without rows.
 */
export function findCopies(
  train: Table,
  holdout: Table | null,
  synthetic: Table,
  kinds: readonly ColumnKind[],
): Measured<ExactCopies> {
  const id: JudgeId = 'exact-copies';
  const lack = findLack(sizesOf(train, holdout, synthetic, kinds), COPIES_NEEDS);
  if (lack !== null) return { id, reason: lack.reason };
  const [own, made, held] = alignTables(
    kinds,
    ['train', train],
    ['synthetic', synthetic],
    ['holdout', holdout ?? train],
  );
  const index = new RowIndex(own);
  let nOfUniqueRows = 0;
  for (let row = 0; row < made.nRows; row++) if (index.countEqual(made, row) === 1) nOfUniqueRows++;
  return {
    synthetic: shareOf(index, made),
    holdout: holdout === null ? null : shareOf(index, held),
    nOfUniqueRows,
  };
}

function shareOf(index: RowIndex, table: Table): CopyShare {
  let n = 0;
  for (let row = 0; row < table.nRows; row++) if (index.countEqual(table, row) > 0) n++;
  return { share: n / table.nRows, n, rate: estimateRate(n, table.nRows) };
}
