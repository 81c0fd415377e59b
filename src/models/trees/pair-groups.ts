import { correlate, rankWithTies } from '../../math/statistics';
import type { EarlierNumbers } from './relations';
import { spaceOut } from './space-out';

/** Within one group of values: the earlier column whose order the values follow, and how closely. Plain data. */
export interface GroupPair {
  /** Earlier column; −1 = none. */
  readonly index: number;
  /** Spearman's rank correlation within the group. */
  readonly rho: number;
}

/** Earlier columns that are looked at closely. */
const N_CANDIDATES = 4;
/** Rows that candidates are chosen by, and rows of a group, evenly spaced. */
const MAX_ROWS = 2048;
const MAX_GROUP_ROWS = 512;
/** Rows of a group below which nothing is learnt of it. */
const MIN_GROUP_ROWS = 30;
/** Weaker correlations are left to the tree. */
const MIN_RHO = 0.1;
const MAX_RHO = 0.95;
/** Standard errors that a correlation must be away from none. */
const N_ERRORS = 3;

const NO_PAIR: GroupPair = { index: -1, rho: 0 };

/**
 * For each group the earlier column that orders the values within it best. A tree tells groups apart; this keeps what lies
 * between the values of one group, of which tails are the most, by one correlation of many rows instead of by the rows.
 *
 * @param ranks feature code of each row, which is a rank
 * @param groupOfRow group of each row of train; rows of groups from `nGroups` on are none of a number's own
 */
export function pairGroups(
  values: Float64Array,
  ranks: Uint8Array,
  groupOfRow: Int32Array,
  nGroups: number,
  earlier: readonly EarlierNumbers[],
): readonly GroupPair[] {
  const candidates = findCandidates(ranks, earlier);
  const rowsOf = Array.from({ length: nGroups }, (): number[] => []);
  groupOfRow.forEach((group, row) => rowsOf[group]?.push(row));
  return rowsOf.map((rows, group) => {
    if (group === 0 || rows.length < MIN_GROUP_ROWS) return NO_PAIR;
    const looked = spaceOut(rows, MAX_GROUP_ROWS);
    let best = NO_PAIR;
    for (const { index, values: base } of candidates) {
      const rho = correlateRanks(values, base, looked);
      if (Math.abs(rho) > Math.abs(best.rho)) best = { index, rho };
    }
    return best;
  });
}

function findCandidates(ranks: Uint8Array, earlier: readonly EarlierNumbers[]): readonly EarlierNumbers[] {
  const rows = spaceOut([...ranks.keys()], MAX_ROWS);
  const take = (codes: Uint8Array) => Float64Array.from(rows, (row) => codes[row] || NaN);
  const own = take(ranks);
  return earlier
    .map((column) => ({ column, strength: Math.abs(correlate(own, take(column.ranks)) ?? 0) }))
    .filter(({ strength }) => strength >= MIN_RHO)
    .sort((a, b) => b.strength - a.strength)
    .slice(0, N_CANDIDATES)
    .map(({ column }) => column);
}

/** Spearman's correlation over rows that have both; 0 where it is weak, uncertain or there are few rows. */
function correlateRanks(a: Float64Array, b: Float64Array, rows: Int32Array): number {
  const both = rows.filter((row) => !Number.isNaN(a[row] ?? NaN) && !Number.isNaN(b[row] ?? NaN));
  if (both.length < MIN_GROUP_ROWS) return 0;
  const ranksOf = (values: Float64Array) => rankWithTies(Float64Array.from(both, (row) => values[row] ?? 0));
  const rho = correlate(ranksOf(a), ranksOf(b)) ?? 0;
  const isClear = Math.abs(rho) >= Math.max(MIN_RHO, N_ERRORS / Math.sqrt(both.length));
  return isClear ? Math.min(MAX_RHO, Math.max(-MAX_RHO, rho)) : 0;
}
