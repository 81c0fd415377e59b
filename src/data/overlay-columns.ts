import type { ColumnSchema, Schema } from './schema';
import { getColumn, type Column, type Table } from './table';

/** Shares of one column in train, in synthetic and, where it was at hand, in the holdout, on the same bins or levels, for a small picture. */
export interface ColumnOverlay {
  readonly column: string;
  readonly labels: readonly string[];
  /** Shares, summing to 1 with the missing share. */
  readonly train: readonly number[];
  readonly synthetic: readonly number[];
  readonly trainMissing: number;
  readonly syntheticMissing: number;
  /** As `train`; absent where there was no holdout, and in pictures that were made without it. */
  readonly holdout?: { readonly shares: readonly number[]; readonly missing: number };
}

/** How the values of one column are put into slots; made from train, applied to every table. */
interface Slots {
  readonly labels: readonly string[];
  /** Slot of each row of a column; −1 = missing. */
  readonly place: (column: Column) => Int32Array;
}

const N_BINS = 20;
const N_LEVELS = 12;
/** Share of train on each side that the open outer bins take, so that a few extremes do not flatten the picture. */
const TAIL = 0.005;
/** Fewest rows whose values a picture of numbers does not end at, where train has {@link MIN_OPEN_ROWS}: an end that is one row's value would tell of that row. */
const MIN_OUTER_ROWS = 5;
/** Fewest values of which a picture of numbers has open outer bins in any case. */
export const MIN_OPEN_ROWS = 50;

/** Every column of the schema as an overlay of `synthetic` on `train`; all tables must have the schema's columns. */
export function overlayColumns(
  train: Table,
  synthetic: Table,
  schema: Schema,
  holdout: Table | null = null,
): readonly ColumnOverlay[] {
  return schema.columns.map((column) => {
    const left = getColumn(train, column.name);
    const right = getColumn(synthetic, column.name);
    const third = holdout === null || holdout.nRows === 0 ? null : getColumn(holdout, column.name);
    const others = third === null ? [right] : [right, third];
    const slots = left.kind === 'level' ? cutLevels(left, others) : cutNumbers(left.values, column);
    const trainShares = countShares(slots, left, train.nRows);
    const syntheticShares = countShares(slots, right, synthetic.nRows);
    return {
      column: column.name,
      labels: slots.labels,
      train: trainShares.shares,
      synthetic: syntheticShares.shares,
      trainMissing: trainShares.missing,
      syntheticMissing: syntheticShares.missing,
      ...(third === null ? {} : { holdout: countShares(slots, third, holdout?.nRows ?? 0) }),
    };
  });
}

function countShares(
  slots: Slots,
  column: Column,
  nRows: number,
): { readonly shares: readonly number[]; readonly missing: number } {
  const counts = new Float64Array(slots.labels.length + 1);
  for (const slot of slots.place(column)) counts[slot + 1] = (counts[slot + 1] ?? 0) + 1;
  const shares = Array.from(counts, (count) => (nRows === 0 ? 0 : count / nRows));
  return { shares: shares.slice(1), missing: shares[0] ?? 0 };
}

type LevelColumn = Extract<Column, { kind: 'level' }>;

/** The most frequent levels of train by name; the rest, also levels that only the others have, in one last slot. */
function cutLevels(train: LevelColumn, others: readonly Column[]): Slots {
  const counts = new Float64Array(train.levels.length);
  for (const code of train.codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  const order = [...train.levels.keys()].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  const known = new Set(train.levels);
  const unknown = others.flatMap((other) => readLevels(other).levels).filter((level) => !known.has(level));
  const ordered = [...order.map((code) => train.levels[code] ?? ''), ...new Set(unknown)];
  const named = ordered.slice(0, ordered.length > N_LEVELS ? N_LEVELS - 1 : N_LEVELS);
  const nOther = ordered.length - named.length;
  const slotOf = new Map(named.map((level, slot) => [level, slot]));
  return {
    labels: nOther > 0 ? [...named, `${nOther}${OTHER_LEVELS}`] : named,
    place: (column) => {
      const { codes, levels } = readLevels(column);
      const slots = levels.map((level) => slotOf.get(level) ?? named.length);
      return codes.map((code) => slots[code] ?? -1);
    },
  };
}

const OTHER_LEVELS = ' other levels';

/** Levels pooled in the last slot of an overlay of levels, as its label says; 0 when every level has its own slot. */
export function countOtherLevels(labels: readonly string[]): number {
  const last = labels.at(-1) ?? '';
  if (labels.length !== N_LEVELS || !last.endsWith(OTHER_LEVELS)) return 0;
  const n = Number(last.slice(0, -OTHER_LEVELS.length));
  return Number.isInteger(n) && n > 0 ? n : 0;
}

function readLevels(column: Column): LevelColumn {
  if (column.kind === 'level') return column;
  throw new RangeError(`column "${column.name}" holds levels on one side only`);
}

/** Bins of equal width between train's tails; whole numbers with a short range get a bin each. */
function cutNumbers(values: Float64Array, column: ColumnSchema): Slots {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) return { labels: ['none in train'], place: (other) => placeAll(other, () => 0) };
  const [low, high] = findEnds(sorted);
  const whole = column.type === 'integer';
  const perBin = whole ? Math.max(1, Math.ceil((high - low + 1) / N_BINS)) : (high - low) / N_BINS || 1;
  const nBins =
    high === low ? 1 : Math.min(N_BINS, Math.ceil((high - low + (whole ? 1 : 0)) / perBin - 1e-9));
  const label = (value: number): string => writeNumber(value, column, perBin);
  const name = (bin: number): string => {
    const from = low + bin * perBin;
    if (nBins === 1) return label(low);
    if (bin === nBins - 1 && (sorted.at(-1) ?? 0) > high) return `≥ ${label(from)}`;
    if (bin === 0 && (sorted[0] ?? 0) < low) return `≤ ${label(whole ? from + perBin - 1 : from + perBin)}`;
    if (whole && (perBin === 1 || from === high)) return label(from);
    return `${label(from)} to ${label(Math.min(high, whole ? from + perBin - 1 : from + perBin))}`;
  };
  return {
    labels: Array.from({ length: nBins }, (_, bin) => name(bin)),
    place: (other) =>
      placeAll(other, (value) => Math.min(nBins - 1, Math.max(0, Math.floor((value - low) / perBin)))),
  };
}

/** Where the outer bins begin to be open: inside of a few rows on each side, where there are enough and they leave a range. */
function findEnds(sorted: Float64Array): readonly [number, number] {
  const n = sorted.length;
  const at = (nOuter: number) => [sorted[nOuter] ?? 0, sorted[n - 1 - nOuter] ?? 0] as const;
  const nTail = Math.round(TAIL * (n - 1));
  const wide = n < MIN_OPEN_ROWS ? at(nTail) : at(Math.max(nTail, MIN_OUTER_ROWS - 1));
  return wide[0] < wide[1] ? wide : at(nTail);
}

function placeAll(column: Column, bin: (value: number) => number): Int32Array {
  if (column.kind !== 'number')
    throw new RangeError(`column "${column.name}" holds numbers on one side only`);
  return Int32Array.from(column.values, (value) => (Number.isNaN(value) ? -1 : bin(value)));
}

const DAY_MS = 86_400_000;

function writeNumber(value: number, { type, decimals }: ColumnSchema, perBin: number): string {
  if (type === 'datetime') {
    const text = new Date(value).toISOString();
    return perBin > 45 * DAY_MS ? text.slice(0, 7) : perBin >= DAY_MS ? text.slice(0, 10) : text.slice(0, 16);
  }
  const needed = Math.max(0, 1 - Math.floor(Math.log10(perBin)));
  return value.toFixed(Math.min(needed, decimals ?? needed, 12)).replace('-', '−');
}
