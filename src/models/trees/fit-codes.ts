import { countBelow } from '../../math/bisect';
import type { ColumnSchema } from '../../data/schema';
import type { Column, LevelColumn } from '../../data/table';
import { chooseRounding, roundRange } from '../encode/rounding';
import type { Rounding } from '../encode/encoding';
import {
  MISSING,
  stepOf,
  toPosition,
  type Lattice,
  type LevelCodes,
  type NumberCodes,
  type ValueCodes,
} from './value-codes';

/** Rows that must stand behind what is kept of a column. */
export interface CodeFloors {
  /** Behind a level, and at or beyond each end of a range. */
  readonly k: number;
  /** Behind a number that is written as it is. */
  readonly atomRows: number;
  /** Behind a bin. */
  readonly binRows: number;
}

export interface FittedCodes {
  readonly codes: ValueCodes;
  /** Code of each row; −1 = a level that is not learnt. */
  readonly coded: Int32Array;
}

/** Most places of a lattice; finer columns are drawn as values and rounded. */
const MAX_PLACES = 20_000;

export function fitCodes(column: Column, schema: ColumnSchema, floors: CodeFloors): FittedCodes {
  return column.kind === 'level'
    ? fitLevels(column, floors.k)
    : fitNumbers(column.values, schema, chooseRounding(schema, present(column.values)), floors);
}

function present(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value));
}

function fitLevels({ codes, levels }: LevelColumn, k: number): { codes: LevelCodes; coded: Int32Array } {
  const counts = new Int32Array(levels.length);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  const codeOf = new Int32Array(levels.length).fill(-1);
  const kept: number[] = [];
  counts.forEach((n, level) => {
    if (n < k) return;
    kept.push(level);
    codeOf[level] = kept.length;
  });
  const coded = Int32Array.from(codes, (code) => (code < 0 ? MISSING : (codeOf[code] ?? -1)));
  return { codes: { kind: 'level', levels, kept: Int32Array.from(kept) }, coded };
}

/**
 * Atoms and bins of numbers; `rounding` says which values the column can take. Where fewer than k rows have a value at all,
 * nothing is kept of them: they count as missing.
 */
export function fitNumbers(
  values: Float64Array,
  schema: Pick<ColumnSchema, 'bounds'>,
  rounding: Rounding,
  { k, atomRows, binRows }: CodeFloors,
): { codes: NumberCodes; coded: Int32Array } {
  const known = present(values).sort();
  const sorted = known.length < k ? known.subarray(0, 0) : known;
  const isDeclared = schema.bounds?.declared ?? false;
  const ends = isDeclared ? declaredEnds(sorted, schema) : sharedEnds(sorted, k);
  const atoms = findAtoms(sorted, atomRows);
  const lattice = layLattice(sorted, atoms, rounding);
  const position = (value: number) => (lattice === null ? value : toPosition(lattice, value));
  const isAtom = (value: number) => atoms[countBelow(atoms, value)] === value;
  const rare = sorted.filter((value) => !isAtom(value)).map(position);
  const bins = cutBins(
    rare,
    binRows,
    { low: position(ends.low), high: position(ends.high) },
    atoms.length > 0,
  );
  const codes: NumberCodes = {
    kind: 'number',
    atoms,
    ...bins,
    lattice,
    rounding,
    // The ends lie between values, and what is brought to them must still be a value of the column.
    ...roundRange(
      Math.max(ends.low, schema.bounds?.min ?? -Infinity),
      Math.min(ends.high, schema.bounds?.max ?? Infinity),
      rounding,
    ),
  };
  return { codes, coded: codeNumbers(codes, values) };
}

/** Codes of numbers under codes that were fitted before. */
export function codeNumbers(codes: NumberCodes, values: Float64Array): Int32Array {
  return Int32Array.from(values, (value) => codeNumber(codes, value));
}

/** Code of a value: its atom, the bin it lies in, or the nearest of these. */
export function codeNumber(codes: NumberCodes, value: number): number {
  const { atoms, high, lattice } = codes;
  if (Number.isNaN(value) || (atoms.length === 0 && high.length === 0)) return MISSING;
  const atom = countBelow(atoms, value);
  if (atoms[atom] === value || high.length === 0) return 1 + nearest(atoms, atom, value);
  const position = lattice === null ? value : toPosition(lattice, value);
  return 1 + atoms.length + Math.min(countBelow(high, position), high.length - 1);
}

/** Index of the atom nearest to a value that would stand at index `at`. */
function nearest(atoms: Float64Array, at: number, value: number): number {
  const below = atoms[at - 1] ?? -Infinity;
  const above = atoms[at] ?? Infinity;
  return value - below < above - value ? at - 1 : at;
}

interface Ends {
  readonly low: number;
  readonly high: number;
}

/** Ends that at least k rows lie at or beyond (a third of the rows where there are few), no value unless k rows share it. */
function sharedEnds(sorted: Float64Array, k: number): Ends {
  const n = sorted.length;
  const [first = NaN, last = NaN] = [sorted[0], sorted[n - 1]];
  const depth = Math.min(k, Math.max(1, Math.floor(n / 3)));
  const middle = (i: number, j: number) => ((sorted[i] ?? NaN) + (sorted[j] ?? NaN)) / 2;
  return {
    low: sorted[k - 1] === first ? first : middle(depth - 1, depth),
    high: sorted[n - k] === last ? last : middle(n - depth, n - depth - 1),
  };
}

/** A declared range is public: what lies in it may be written up to the end of what is there. */
function declaredEnds(sorted: Float64Array, { bounds }: Pick<ColumnSchema, 'bounds'>): Ends {
  const [first = NaN, last = NaN] = [sorted[0], sorted[sorted.length - 1]];
  const reach = 0.05 * ((sorted[sorted.length >> 1] ?? first) - first);
  const reachUp = 0.05 * (last - (sorted[sorted.length >> 1] ?? last));
  return {
    low: Math.max(first - reach, bounds?.min ?? -Infinity),
    high: Math.min(last + reachUp, bounds?.max ?? Infinity),
  };
}

function findAtoms(sorted: Float64Array, atomRows: number): Float64Array {
  const atoms: number[] = [];
  for (let from = 0; from < sorted.length;) {
    let to = from + 1;
    while (to < sorted.length && sorted[to] === sorted[from]) to++;
    if (to - from >= atomRows) atoms.push(sorted[from] ?? NaN);
    from = to;
  }
  return Float64Array.from(atoms);
}

function layLattice(sorted: Float64Array, atoms: Float64Array, rounding: Rounding): Lattice | null {
  const step = stepOf(rounding);
  const [origin = NaN, last = NaN] = [sorted[0], sorted[sorted.length - 1]];
  if (!((last - origin) / step <= MAX_PLACES)) return null;
  return { origin, step, taken: atoms.map((value) => Math.round((value - origin) / step)) };
}

/**
 * Ascending positions in groups of at least `binRows`, equal ones together; ends lie half way between neighbours, the
 * outermost at the given ends. Too few for one bin make none where there are atoms to stand for them.
 */
function cutBins(
  rare: Float64Array,
  binRows: number,
  ends: Ends,
  hasAtoms: boolean,
): Pick<NumberCodes, 'low' | 'high' | 'tilt'> {
  const starts: number[] = [];
  for (let from = 0; from < rare.length && rare.length - from >= binRows;) {
    starts.push(from);
    from += binRows;
    while (from < rare.length && rare[from] === rare[from - 1]) from++;
  }
  if (starts.length === 0 && rare.length > 0 && !hasAtoms) starts.push(0);
  const edges = starts.slice(1).map((at) => ((rare[at - 1] ?? 0) + (rare[at] ?? 0)) / 2);
  const lowEnd = Math.min(ends.low, edges[0] ?? ends.high);
  const low = Float64Array.from(starts.length === 0 ? [] : [lowEnd, ...edges]);
  const high = Float64Array.from(
    starts.length === 0 ? [] : [...edges, Math.max(ends.high, edges.at(-1) ?? lowEnd)],
  );
  const tilt = low.map((bottom, bin) => {
    const top = high[bin] ?? bottom;
    const mean = meanOf(rare, starts[bin] ?? 0, starts[bin + 1] ?? rare.length);
    return top > bottom ? Math.min(Math.max((mean - bottom) / (top - bottom), 0.02), 0.98) : 0.5;
  });
  return { low, high, tilt };
}

function meanOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i] ?? 0;
  return sum / Math.max(1, to - from);
}
