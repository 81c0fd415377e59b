import { Z95 } from '../../math/proportions';
import type { Rng } from '../../math/rng';
import type { EvaluationContext } from '../evaluation-context';
import { chooseSets } from '../fidelity/column-sets';
import type { JudgeId } from '../judge-ids';
import type { Bounded, Measured } from '../measure';
import { findLack, sizesOf, type Needs } from '../needs';
import { codeCells, countKeys, joinCells } from './cell-keys';

export interface RareCopies {
  /** Share of rows, over all combinations, that lie in a combination which one person of train has. */
  readonly synthetic: Bounded;
  /** Null where too few rows were held out to say. */
  readonly holdout: Bounded | null;
  readonly shuffled: Bounded;
  readonly nSets: number;
  readonly nColumns: number;
  readonly n: number;
}

/** What it takes of the tables. */
export const RARE_NEEDS = {
  noHoldout: null,
  minRows: 50,
  minColumns: 2,
  tooNarrow: 'there are fewer than two columns to combine',
} as const satisfies Needs;
const N_COLUMNS = 3;
const MAX_SETS = 100;

/**
 * The reader's story: somebody knows that a patient is the only one with these three properties, and finds them together
 * in the synthetic table. For sets of three columns, how often a synthetic row has a combination that exactly one row of
 * train has, beside rows of the holdout, which meet such combinations by chance only. Numbers count as written. Without a
 * holdout of 50 rows they are counted all the same. Skipped where train or the synthetic table has fewer.
 */
export function findRareCopies({ compared, kinds }: EvaluationContext, rng: Rng): Measured<RareCopies> {
  const id: JudgeId = 'rare-combination-copies';
  const { train, synthetic, shuffled } = compared;
  const lack = findLack(sizesOf(train, null, synthetic, kinds), RARE_NEEDS);
  if (lack !== null) return { id, reason: lack.reason };
  const holdout = (compared.holdout?.nRows ?? 0) < RARE_NEEDS.minRows ? null : compared.holdout;
  const nColumns = Math.min(N_COLUMNS, kinds.length);
  const sets = chooseSets(kinds.length, nColumns, MAX_SETS, rng.fork('sets'));
  const others = [synthetic, shuffled, ...(holdout === null ? [] : [holdout])];
  const cells = codeCells([train, ...others]);
  const hits = others.map(({ nRows }) => new Float64Array(nRows));
  for (const set of sets) {
    const [own = new Float64Array(), ...keys] = joinCells(cells, set);
    const counts = countKeys(own);
    hits.forEach((hit, t) => {
      keys[t]?.forEach((key, row) => {
        if (counts.get(key) === 1) hit[row] = (hit[row] ?? 0) + 1 / sets.length;
      });
    });
  }
  const [ofSynthetic, ofShuffled, ofHoldout] = hits.map(boundMean);
  if (ofSynthetic === undefined || ofShuffled === undefined) return { id, reason: 'a table is missing' };
  return {
    synthetic: ofSynthetic,
    holdout: ofHoldout ?? null,
    shuffled: ofShuffled,
    nSets: sets.length,
    nColumns,
    n: synthetic.nRows,
  };
}

/** Mean with its 95 % interval, rows being drawn independently. */
function boundMean(values: Float64Array): Bounded {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const reach = Z95 * Math.sqrt(squares / (n - 1) / n);
  return { value: mean, interval: { low: Math.max(0, mean - reach), high: Math.min(1, mean + reach) } };
}
