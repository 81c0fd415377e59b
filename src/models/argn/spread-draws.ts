import type { Rng } from '../../math/rng';
import type { ColumnInput } from './column-input';
import { layNet, type Net } from './place-net';

/** The largest 32-bit float below 1. */
const BELOW_ONE = 1 - 2 ** -24;
/** Steps that keys are told apart by. */
const N_STEPS = 4096;
/** Times that rows are parted: into 64 ranges, which is finer than the classes of most columns. */
const N_PARTINGS = 6;
/** Parents that rows are ordered by. */
const N_PULLS = 4;

/** How far each class of a column drawn before moves what a net draws, up or down its column; the last entry is of values not learnt. */
export interface Pull {
  readonly parent: number;
  readonly ofClass: Float32Array;
}

/** A column as far as pulls need it. */
interface Drawn {
  readonly input: ColumnInput;
  readonly classes: { readonly counts: Float64Array };
}

/**
 * The pulls of the few parents that move a net most, to first order: the change of the hidden units before their threshold,
 * times what they change in the mean rank of the classes. They only order rows, so nothing rests on their being exact.
 */
export function findPulls(net: Net, columns: readonly Drawn[]): readonly Pull[] {
  const parents = Array.from(net.parents).flatMap((parent) => {
    const column = columns[parent];
    return column === undefined ? [] : [{ parent, column }];
  });
  const inputs = parents.map(({ column }) => column.input);
  const { hidden } = layNet(net.hidden, net.nClasses, inputs);
  const slopes = findSlopes(net, inputs);
  let firstRow = 0;
  const pulls = parents.map(({ parent, column: { input, classes } }) => {
    const ofRow = Float32Array.from({ length: input.nRows }, (_, row) =>
      slopes.reduce((sum, slope, k) => sum + slope * (net.params[(firstRow + row) * hidden + k] ?? 0), 0),
    );
    firstRow += input.nRows;
    const ofClass = Float32Array.from(
      input.low,
      (row, c) =>
        (input.lowWeight[c] ?? 0) * (ofRow[row] ?? 0) +
        (input.highWeight[c] ?? 0) * (ofRow[input.high[c] ?? 0] ?? 0),
    );
    return { parent, ofClass, variance: varianceOf(ofClass, classes.counts) };
  });
  return pulls.sort((a, b) => b.variance - a.variance || a.parent - b.parent).slice(0, N_PULLS);
}

function varianceOf(values: Float32Array, counts: Float64Array): number {
  let [n, sum, squares] = [0, 0, 0];
  counts.forEach((count, c) => {
    const value = values[c] ?? 0;
    n += count;
    sum += count * value;
    squares += count * value * value;
  });
  return n > 0 ? squares / n - (sum / n) ** 2 : 0;
}

/** How far the classes of `n` rows from `from` on move a column's own, one number a row. */
export function addPulls(
  pulls: readonly Pull[],
  drawn: readonly Uint16Array[],
  from: number,
  n: number,
): Float32Array {
  const keys = new Float32Array(n);
  for (const { parent, ofClass } of pulls) {
    const classes = drawn[parent];
    if (classes !== undefined) addPull(ofClass, classes, from, keys);
  }
  return keys;
}

function addPull(ofClass: Float32Array, classes: Uint16Array, from: number, keys: Float32Array): void {
  for (let i = 0; i < keys.length; i++) keys[i] = (keys[i] ?? 0) + (ofClass[classes[from + i] ?? 0] ?? 0);
}

/** What one more of each hidden unit adds to the mean rank of the classes, about the column's margin. */
function findSlopes({ hidden, nClasses, params }: Net, inputs: readonly ColumnInput[]): Float64Array {
  const layout = layNet(hidden, nClasses, inputs);
  const shares = Float64Array.from({ length: nClasses }, (_, c) =>
    Math.exp(params[layout.classBias + c] ?? 0),
  );
  const total = shares.reduce((sum, share) => sum + share, 0);
  let below = 0;
  const moved = shares.map((share) => {
    const rank = (below + share / 2) / total;
    below += share;
    return (share / total) * (rank - 0.5);
  });
  return Float64Array.from({ length: layout.hidden }, (_, k) => {
    const row = layout.weights + k * layout.classes;
    return moved.reduce((sum, by, c) => sum + by * (params[row + c] ?? 0), 0);
  });
}

/** Numbers 0 … n−1 ascending by their key, those of about equal keys as they stand in `rows`. */
export function sortByKey(keys: Float32Array, rows: Int32Array): Int32Array {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] ?? 0;
    if (key < min) min = key;
    if (key > max) max = key;
  }
  if (!(max > min)) return rows.slice();
  const scale = (N_STEPS - 1) / (max - min);
  const steps = new Uint16Array(keys.length);
  const ends = new Int32Array(N_STEPS + 1);
  for (let i = 0; i < keys.length; i++) {
    steps[i] = ((keys[i] ?? 0) - min) * scale;
    const after = (steps[i] ?? 0) + 1;
    ends[after] = (ends[after] ?? 0) + 1;
  }
  for (let step = 0; step < N_STEPS; step++) ends[step + 1] = (ends[step + 1] ?? 0) + (ends[step] ?? 0);
  const sorted = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    const step = steps[row] ?? 0;
    const at = ends[step] ?? 0;
    ends[step] = at + 1;
    sorted[at] = row;
  }
  return sorted;
}

/**
 * A uniform number for each row, by which rows that lie near each other in `sorted` get numbers far apart: of two neighbours
 * one, at random, goes to the lower half and one to the upper, and so again within each half. Each row's number is uniform as
 * before; but a class is drawn in every neighbourhood about as often as its probability there says, so that a sample is nearer
 * to what the nets say (array-RQMC: L'Ecuyer, Lécot & Tuffin 2008). Writes to `uniforms` and uses `sorted` up.
 */
export function spreadOver(sorted: Int32Array, uniforms: Float32Array, rng: Rng): void {
  const n = sorted.length;
  const spare = new Int32Array(n);
  let [rows, next]: [Int32Array, Int32Array] = [sorted, spare];
  let starts = [0, n];
  for (let parting = 0; parting < N_PARTINGS; parting++) {
    const cuts = [0];
    for (let s = 0; s + 1 < starts.length; s++) {
      const [from, to] = [starts[s] ?? 0, starts[s + 1] ?? 0];
      const middle = partOnce(rows, next, from, to, rng);
      cuts.push(middle, to);
    }
    [rows, next, starts] = [next, rows, cuts];
  }
  const within = new Float32Array(n);
  for (let s = 0; s + 1 < starts.length; s++) shuffle(rows, within, starts[s] ?? 0, starts[s + 1] ?? 0, rng);
  for (let i = 0; i < n; i++) uniforms[rows[i] ?? 0] = Math.min(BELOW_ONE, (i + (within[i] ?? 0)) / n);
}

/**
 * Shuffles a short range and gives each of its places a uniform number, both by one random number a row: what is over when
 * the place to swap with is taken from it.
 */
function shuffle(rows: Int32Array, within: Float32Array, from: number, to: number, rng: Rng): void {
  for (let i = from; i < to; i++) {
    const x = rng.float() * (i - from + 1);
    const j = Math.floor(x);
    within[i] = x - j;
    const row = rows[i] ?? 0;
    rows[i] = rows[from + j] ?? 0;
    rows[from + j] = row;
  }
}

/** Parts neighbours of one range between its halves, which keep their order; answers where the upper half starts. */
function partOnce(rows: Int32Array, next: Int32Array, from: number, to: number, rng: Rng): number {
  const n = to - from;
  const half = Math.floor(n / 2);
  if (n % 2 === 0) {
    partPairs(rows, next, from, to, from, from + half, rng);
    return from + half;
  }
  // Of an odd number one row, any, has no neighbour and goes to the half that is longer by it.
  const before = rng.int(half + 1);
  const alone = from + 2 * before;
  const isLower = rng.uint32() < 2 ** 31;
  const middle = from + half + (isLower ? 1 : 0);
  partPairs(rows, next, from, alone, from, middle, rng);
  next[isLower ? from + before : middle + before] = rows[alone] ?? 0;
  const [low, high] = isLower ? [1, 0] : [0, 1];
  partPairs(rows, next, alone + 1, to, from + before + low, middle + before + high, rng);
  return middle;
}

/** Of each two neighbours one, at random, goes to the places from `low` on and the other to those from `high` on. */
function partPairs(
  rows: Int32Array,
  next: Int32Array,
  from: number,
  to: number,
  low: number,
  high: number,
  rng: Rng,
): void {
  for (let i = from; i < to;) {
    let bits = rng.uint32();
    for (const end = Math.min(to, i + 64); i < end; i += 2) {
      const bit = bits & 1;
      bits >>>= 1;
      next[low++] = rows[i + bit] ?? 0;
      next[high++] = rows[i + 1 - bit] ?? 0;
    }
  }
}
