import { Rng } from '../math/rng';
import type { SplitChoice } from './handling';

/** Which rows are trained on and which are held out; both ascending, together every row once. */
export interface Split {
  readonly train: Uint32Array;
  readonly holdout: Uint32Array;
}

/** Labels by which rows are kept together or in proportion: one code a row, −1 = missing. */
export interface SplitKeys {
  readonly stratum: ArrayLike<number> | null;
  readonly group: ArrayLike<number> | null;
}

/**
 * Cuts rows into train and holdout. Without groups exactly round(n · fraction) rows are held out; with strata each
 * keeps its share to within one row (largest remainders); with groups whole groups move, round(G · fraction) of them,
 * and a group's stratum is that of its first row. A row without a group key is a group of its own. The same seed gives
 * the same rows whatever else is done.
 */
export function splitRows(nRows: number, choice: SplitChoice, keys: SplitKeys): Split {
  const units = makeUnits(nRows, keys.group);
  const isHeld = new Uint8Array(units.firstRows.length);
  const strata = collectStrata(units.firstRows, keys.stratum);
  const total = Math.round(units.firstRows.length * choice.fraction);
  const quotas = shareOut(
    strata.map((members) => members.length),
    total,
  );
  const rng = Rng.fromSeed(choice.seed).fork('split');
  strata.forEach((members, s) => {
    const order = rng.fork(`stratum/${s}`).permutation(members.length);
    for (let i = 0; i < (quotas[s] ?? 0); i++) isHeld[members[order[i] ?? 0] ?? 0] = 1;
  });
  return pickRows(units.ofRow === null ? isHeld : Uint8Array.from(units.ofRow, (unit) => isHeld[unit] ?? 0));
}

/** What moves as a whole: single rows, or all rows of a group. Typed arrays, since a million small lists fill memory. */
interface Units {
  readonly firstRows: Uint32Array;
  /** Unit of each row; null = every row is its own. */
  readonly ofRow: Uint32Array | null;
}

function makeUnits(nRows: number, group: ArrayLike<number> | null): Units {
  const firstRows = new Uint32Array(nRows);
  if (group === null) return { firstRows: firstRows.map((_, row) => row), ofRow: null };
  const ofRow = new Uint32Array(nRows);
  const unitOf = new Map<number, number>();
  let nUnits = 0;
  for (let row = 0; row < nRows; row++) {
    const key = group[row] ?? -1;
    const known = key < 0 ? undefined : unitOf.get(key);
    ofRow[row] = known ?? nUnits;
    if (known !== undefined) continue;
    if (key >= 0) unitOf.set(key, nUnits);
    firstRows[nUnits++] = row;
  }
  return { firstRows: firstRows.slice(0, nUnits), ofRow };
}

/** Units a stratum, strata in order of first appearance. */
function collectStrata(firstRows: Uint32Array, stratum: ArrayLike<number> | null): Uint32Array[] {
  if (stratum === null) return [firstRows.map((_, unit) => unit)];
  const strata = new Map<number, number[]>();
  firstRows.forEach((row, unit) => {
    const key = stratum[row] ?? -1;
    const members = strata.get(key);
    if (members === undefined) strata.set(key, [unit]);
    else members.push(unit);
  });
  return [...strata.values()].map((members) => Uint32Array.from(members));
}

/** `total` shared out in proportion to `sizes` by largest remainders; never more than a size. */
export function shareOut(sizes: readonly number[], total: number): number[] {
  const n = sizes.reduce((sum, size) => sum + size, 0);
  const exact = sizes.map((size) => (n === 0 ? 0 : (size * total) / n));
  const quotas = exact.map(Math.floor);
  let left = total - quotas.reduce((sum, quota) => sum + quota, 0);
  const order = exact
    .map((value, i) => ({ i, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (const { i } of order) {
    if (left <= 0) break;
    if ((quotas[i] ?? 0) >= (sizes[i] ?? 0)) continue;
    quotas[i] = (quotas[i] ?? 0) + 1;
    left--;
  }
  return quotas;
}

function pickRows(held: Uint8Array): Split {
  const nHeld = held.reduce((sum, flag) => sum + flag, 0);
  const holdout = new Uint32Array(nHeld);
  const train = new Uint32Array(held.length - nHeld);
  let h = 0;
  let t = 0;
  held.forEach((flag, row) => {
    if (flag === 1) holdout[h++] = row;
    else train[t++] = row;
  });
  return { train, holdout };
}
