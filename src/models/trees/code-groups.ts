import { MISSING, valueOfCode, type NumberCodes } from './value-codes';

/**
 * Neighbouring codes of a number taken together. A tree tells which group a row is in; which code of the group it has is
 * drawn from all of train alike. A leaf then holds no more of its rows than about where they lie, so that a row cannot be
 * known again by its own rare value. Plain data.
 */
export interface CodeGroups {
  /** Group of each code; missing is group 0. */
  readonly groupOf: Int32Array;
  readonly nGroups: number;
  /** Codes by group: those of group g are `codes[starts[g] … starts[g + 1])`. */
  readonly starts: Int32Array;
  readonly codes: Int32Array;
  /** Rows of train up to and with each entry of `codes`, counted within its group. */
  readonly cumulated: Float64Array;
}

/**
 * Groups codes in the order of their values, each of at least a `nMost`-th of the rows. A code of that many rows is a
 * group of its own.
 *
 * @param counts rows of each code
 * @param means a number for each code, NaN for missing
 * @param tail a group of fewer rows ends where it has so many and so large a share of the column's variance: what correlates
 *   two bills are the few largest
 */
export function groupCodes(
  counts: Float64Array,
  means: Float64Array,
  nMost: number,
  tail: { readonly rows: number; readonly share: number } = NO_TAIL,
): CodeGroups {
  const order = [...means.keys()]
    .filter((code) => code !== MISSING && !Number.isNaN(means[code] ?? NaN))
    .sort((a, b) => (means[a] ?? 0) - (means[b] ?? 0) || a - b);
  const least = order.reduce((sum, code) => sum + (counts[code] ?? 0), 0) / nMost;
  const shares = shareVariance(order, counts, means);
  const groups: number[][] = [[MISSING]];
  let open: number[] = [];
  let [size, share] = [0, 0];
  let lastIsTail = false;
  const close = () => {
    if (open.length > 0) groups.push(open);
    [open, size, share] = [[], 0, 0];
  };
  order.forEach((code, at) => {
    const n = counts[code] ?? 0;
    if (n >= least) close();
    open.push(code);
    size += n;
    share += shares[at] ?? 0;
    const endsAsTail = size < least && size >= tail.rows && share > tail.share;
    if (size >= least || endsAsTail) {
      lastIsTail = endsAsTail;
      close();
    }
  });
  // Too few rows are left for a group of a tail: they stay with the one before.
  if (lastIsTail && size < tail.rows) groups.at(-1)?.push(...open);
  else close();
  return packGroups(groups, counts);
}

const NO_TAIL = { rows: Infinity, share: 1 };

/** Share of each code of `order` in the sum of squared distances of all rows to their mean; 0 for a constant. */
function shareVariance(
  order: readonly number[],
  counts: Float64Array,
  means: Float64Array,
): readonly number[] {
  const sum = (of: (code: number) => number) =>
    order.reduce((total, code) => total + (counts[code] ?? 0) * of(code), 0);
  const mean =
    sum((code) => means[code] ?? 0) /
    Math.max(
      1,
      sum(() => 1),
    );
  const away = (code: number) => ((means[code] ?? 0) - mean) ** 2;
  const total = sum(away);
  return order.map((code) => (total > 0 ? ((counts[code] ?? 0) * away(code)) / total : 0));
}

/** Lays groups of codes out with their rows; code 0 must be in group 0. */
export function packGroups(groups: readonly (readonly number[])[], counts: Float64Array): CodeGroups {
  const groupOf = new Int32Array(counts.length);
  const starts = new Int32Array(groups.length + 1);
  const codes = Int32Array.from(groups.flat());
  const cumulated = new Float64Array(codes.length);
  let at = 0;
  groups.forEach((group, g) => {
    let sum = 0;
    for (const code of group) {
      groupOf[code] = g;
      cumulated[at++] = sum += counts[code] ?? 0;
    }
    starts[g + 1] = at;
  });
  return { groupOf, nGroups: groups.length, starts, codes, cumulated };
}

/** The value at quantile `u` of a group. */
export function valueOfGroup(groups: CodeGroups, codes: NumberCodes, group: number, u: number): number {
  const first = groups.starts[group] ?? 0;
  let low = first;
  let high = (groups.starts[group + 1] ?? 1) - 1;
  const wanted = u * (groups.cumulated[high] ?? 0);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((groups.cumulated[middle] ?? 0) <= wanted) low = middle + 1;
    else high = middle;
  }
  const below = low > first ? (groups.cumulated[low - 1] ?? 0) : 0;
  const inside = (wanted - below) / Math.max(1, (groups.cumulated[low] ?? 0) - below);
  return valueOfCode(codes, groups.codes[low] ?? MISSING, Math.min(Math.max(inside, 0), 1));
}

/** Share of each code among the rows of its group. */
export function sharesInGroup({ groupOf, starts, codes, cumulated }: CodeGroups): Float64Array {
  const shares = new Float64Array(groupOf.length);
  codes.forEach((code, at) => {
    const group = groupOf[code] ?? 0;
    const first = starts[group] ?? 0;
    const total = cumulated[(starts[group + 1] ?? 1) - 1] ?? 0;
    const own = (cumulated[at] ?? 0) - (at > first ? (cumulated[at - 1] ?? 0) : 0);
    shares[code] = total > 0 ? own / total : 1;
  });
  return shares;
}
