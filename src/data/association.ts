import type { LevelColumn, NumberColumn } from './table';

/**
 * Cramér's V of two columns of codes with Bergsma's bias correction (2013, "A bias-correction for Cramér's V and
 * Tschuprow's T"); rows with a missing value (−1) are left out. In [0, 1]; NaN when either has fewer than two levels.
 */
export function correlateLevels(a: ArrayLike<number>, nA: number, b: ArrayLike<number>, nB: number): number {
  const joint = new Float64Array(nA * nB);
  let n = 0;
  for (let row = 0; row < a.length; row++) {
    const i = a[row] ?? -1;
    const j = b[row] ?? -1;
    if (i < 0 || j < 0) continue;
    joint[i * nB + j] = (joint[i * nB + j] ?? 0) + 1;
    n++;
  }
  const rows = new Float64Array(nA);
  const columns = new Float64Array(nB);
  joint.forEach((count, at) => {
    rows[Math.floor(at / nB)] = (rows[Math.floor(at / nB)] ?? 0) + count;
    columns[at % nB] = (columns[at % nB] ?? 0) + count;
  });
  const r = rows.filter((count) => count > 0).length;
  const c = columns.filter((count) => count > 0).length;
  if (r < 2 || c < 2 || n < 2) return NaN;
  let sum = 0;
  joint.forEach((count, at) => {
    if (count > 0) sum += (count * count) / ((rows[Math.floor(at / nB)] ?? 1) * (columns[at % nB] ?? 1));
  });
  const phi2 = Math.max(0, sum - 1 - ((r - 1) * (c - 1)) / (n - 1));
  const smaller = Math.min(r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)) - 1;
  return smaller <= 0 ? NaN : Math.min(1, Math.sqrt(phi2 / smaller));
}

/**
 * Area under the ROC curve with which a number tells a two-level target's first level from its second, turned to be at
 * least 0.5 (ties count half; rows missing either value are left out). NaN when one side is empty.
 */
export function separateByNumber(predictor: NumberColumn, target: LevelColumn): number {
  const first = takeSorted(predictor, target, 0);
  const second = takeSorted(predictor, target, 1);
  if (first.length === 0 || second.length === 0) return NaN;
  let wins = 0;
  let below = 0;
  let upTo = 0;
  for (const value of first) {
    while (below < second.length && (second[below] ?? 0) < value) below++;
    while (upTo < second.length && (second[upTo] ?? 0) <= value) upTo++;
    wins += (below + upTo) / 2;
  }
  const area = wins / (first.length * second.length);
  return Math.max(area, 1 - area);
}

function takeSorted(predictor: NumberColumn, target: LevelColumn, code: number): Float64Array {
  return predictor.values.filter((value, row) => target.codes[row] === code && !Number.isNaN(value)).sort();
}
