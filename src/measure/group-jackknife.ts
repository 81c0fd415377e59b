import type { Interval } from './measure';

/** Groups that the rows of a table are dealt into; rows of a canonical table lie in random order. */
export const N_GROUPS = 20;

/** Quantile of Student's t with {@link N_GROUPS} − 1 degrees of freedom for a two-sided 95 % interval. */
const T95 = 2.093024;

/** A figure over all rows, then with each group of rows left out: N_GROUPS + 1 numbers; NaN where undefined. */
export type Replicates = Float64Array;

export function groupOf(row: number): number {
  return row % N_GROUPS;
}

/** Counts (or sums) of cells, group after group. */
export class GroupedCounts {
  readonly counts: Float64Array;
  constructor(readonly nCells: number) {
    this.counts = new Float64Array(nCells * N_GROUPS);
  }

  add(row: number, cell: number, amount = 1): void {
    const at = groupOf(row) * this.nCells + cell;
    this.counts[at] = (this.counts[at] ?? 0) + amount;
  }

  /** A figure of the cells over all rows, and with each group left out. `cells` is used again: read it, do not keep it. */
  replicate(measure: (cells: Float64Array) => number): Replicates {
    const { counts, nCells } = this;
    const total = new Float64Array(nCells);
    for (let group = 0, from = 0; group < N_GROUPS; group++, from += nCells)
      for (let cell = 0; cell < nCells; cell++) total[cell] = (total[cell] ?? 0) + (counts[from + cell] ?? 0);
    const rest = new Float64Array(nCells);
    const out = new Float64Array(N_GROUPS + 1);
    out[0] = measure(total);
    for (let group = 0; group < N_GROUPS; group++) {
      const from = group * nCells;
      for (let cell = 0; cell < nCells; cell++) rest[cell] = (total[cell] ?? 0) - (counts[from + cell] ?? 0);
      out[group + 1] = measure(rest);
    }
    return out;
  }
}

/**
 * Mean of figures, group by group, over those that are defined over all rows; null when none is. A figure that a group's
 * rows alone keep defined counts at its value over all rows.
 */
export function meanReplicates(list: readonly Replicates[]): Replicates | null {
  const defined = list.filter((replicates) => !Number.isNaN(replicates[0] ?? NaN));
  if (defined.length === 0) return null;
  const sums = new Float64Array(N_GROUPS + 1);
  for (const replicates of defined)
    for (let at = 0; at <= N_GROUPS; at++) {
      const value = replicates[at] ?? NaN;
      sums[at] = (sums[at] ?? 0) + (Number.isNaN(value) ? (replicates[0] ?? 0) : value);
    }
  return sums.map((sum) => sum / defined.length);
}

/**
 * The 95 % interval of a figure by the delete-a-group jackknife (Kott 2001, "The delete-a-group jackknife"): how far it
 * would move with other rows from the same source. It lies around the value over all rows and is cut at the bounds.
 */
export function jackknifeInterval(
  replicates: Replicates,
  { low, high }: Interval,
  value = replicates[0] ?? NaN,
): Interval {
  const groups = replicates.subarray(1);
  const mean = groups.reduce((sum, each) => sum + each, 0) / N_GROUPS;
  const squares = groups.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const reach = T95 * Math.sqrt(((N_GROUPS - 1) / N_GROUPS) * squares);
  return { low: Math.max(low, value - reach), high: Math.min(high, value + reach) };
}

/** Half-width of that interval, where no bound cuts it. */
export function jackknifeReach(replicates: Replicates): number {
  return jackknifeInterval(replicates, { low: -Infinity, high: Infinity }, 0).high;
}

/** Bounds of scores and shares, and of distances. */
export const SHARE: Interval = { low: 0, high: 1 };
export const DISTANCE: Interval = { low: 0, high: Infinity };
