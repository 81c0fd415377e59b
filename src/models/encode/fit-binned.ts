import type { ColumnSchema } from '../../data/schema';
import { fitNumbers } from '../trees/fit-codes';
import { countCodes, fromPosition, MISSING, type NumberCodes } from '../trees/value-codes';
import type { BinnedEncoding } from './encoding';
import { chooseRounding } from './rounding';

/** Rows behind what is kept of a column: ends of its range, numbers written as they are, other numbers. */
export const BIN_FLOORS = { k: 5, atomRows: 10, binRows: 20 } as const;

/** A column with at most this many shared values, which cover nearly all rows, has a group for each. */
const MAX_SCALE_VALUES = 30;
const SCALE_COVERAGE = 0.99;
/** Share of the rows from which a value of a longer column is a group of its own. */
const SINGLE_SHARE = 0.02;
/** Groups of about equal mass for the rest, over all columns: every group is a unit of the networks, which wide tables feel. */
const N_GROUPS_OF_TABLE = 600;
const MIN_GROUPS = 10;
const MAX_GROUPS = 25;

/** Codes of a number column, as fine as the floors allow, in groups few enough for a network. */
export function fitBinned(
  name: string,
  values: Float64Array,
  entry: ColumnSchema,
  nColumns: number,
): BinnedEncoding {
  const present = values.filter((value) => !Number.isNaN(value)).sort();
  const hasMissing = present.length < values.length;
  const rounding = chooseRounding(entry, present);
  const { codes, coded } = fitNumbers(values, entry, rounding, BIN_FLOORS);
  const counts = new Uint32Array(countCodes(codes));
  for (const code of coded) counts[code] = (counts[code] ?? 0) + 1;
  const isScale = coversAll(codes, counts, present.length);
  const { groupOf, nGroups } = groupCodes(
    codes,
    counts,
    hasMissing,
    isScale ? Infinity : groupsFor(nColumns),
  );
  return { kind: 'binned', name, hasMissing, codes, groupOf, counts, nGroups, isScale };
}

function coversAll({ atoms }: NumberCodes, counts: Uint32Array, nPresent: number): boolean {
  const covered = counts.subarray(1, 1 + atoms.length).reduce((sum, count) => sum + count, 0);
  return atoms.length <= MAX_SCALE_VALUES && covered >= SCALE_COVERAGE * nPresent;
}

function groupsFor(nColumns: number): number {
  return Math.min(Math.max(Math.floor(N_GROUPS_OF_TABLE / nColumns), MIN_GROUPS), MAX_GROUPS);
}

/**
 * Codes in the order of their values, heavy ones alone, the others together until a group is full. `nMost`: groups beside the heavy codes. Infinity = a
 * group for each code.
 */
function groupCodes(codes: NumberCodes, counts: Uint32Array, hasMissing: boolean, nMost: number) {
  const groupOf = new Uint16Array(counts.length);
  const order = orderOf(codes);
  const total = order.reduce((sum, code) => sum + (counts[code] ?? 0), 0);
  let nGroups = hasMissing ? 1 : 0;
  let held = 0;
  for (const code of order) {
    const count = counts[code] ?? 0;
    const isAlone = count >= SINGLE_SHARE * total;
    if (held === 0 || isAlone || held >= total / nMost) [nGroups, held] = [nGroups + 1, 0];
    groupOf[code] = nGroups - 1;
    held = isAlone ? Infinity : held + count;
  }
  groupOf[MISSING] = 0;
  return { groupOf, nGroups: Math.max(nGroups, 1) };
}

/** Codes from 1 in the order of the values they stand for. */
function orderOf({ atoms, low, high, lattice }: NumberCodes): number[] {
  const centres = Array.from(low, (bottom, bin) => {
    const middle = (bottom + (high[bin] ?? bottom)) / 2;
    return lattice === null ? middle : fromPosition(lattice, middle);
  });
  const values = [...atoms, ...centres];
  return values.map((_, i) => i + 1).sort((a, b) => (values[a - 1] ?? 0) - (values[b - 1] ?? 0));
}
