import type { ColumnSchema } from './schema';
import type { Column } from './table';
import type { Tally } from './tally';

export interface NumberProfile {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Sample standard deviation (n − 1); 0 for a single value. */
  readonly sd: number;
  /** 5th, 25th, 50th, 75th, 95th percentiles. */
  readonly quantiles: readonly number[];
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

export interface LevelProfile {
  readonly kind: 'level';
  readonly nLevels: number;
  /** The most frequent levels (at most 12). */
  readonly top: readonly { readonly level: string; readonly count: number }[];
}

export interface ColumnProfile {
  readonly name: string;
  readonly nMissing: number;
  readonly nDistinct: number;
  readonly summary: NumberProfile | LevelProfile | null;
}

const MAX_BINS = 30;
const MAX_TOP = 12;

/** Counts and a summary of one column; no summary for identifiers, texts and empty columns, whose values are not shown. */
export function summariseColumn(column: ColumnSchema, modelled: Column | null, tally: Tally): ColumnProfile {
  return {
    name: column.name,
    nMissing: tally.nMissing,
    nDistinct: tally.texts.length,
    summary: summarise(column, modelled, tally),
  };
}

function summarise(
  column: ColumnSchema,
  modelled: Column | null,
  tally: Tally,
): NumberProfile | LevelProfile | null {
  if (modelled?.kind === 'number') return summariseNumbers(modelled.values, column.type === 'integer');
  if (modelled?.kind === 'level' || column.type === 'constant') return summariseLevels(tally);
  return null;
}

function summariseLevels(tally: Tally): LevelProfile {
  const top = tally.texts
    .map((level, i) => ({ level, count: tally.counts[i] ?? 0 }))
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_TOP);
  return { kind: 'level', nLevels: tally.texts.length, top };
}

/** Summary of the values that are there; null when there are none. Percentiles interpolate linearly (type 7). */
export function summariseNumbers(values: Float64Array, isInteger: boolean): NumberProfile | null {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const n = sorted.length;
  if (n === 0) return null;
  const min = sorted[0] ?? 0;
  const max = sorted[n - 1] ?? 0;
  let sum = 0;
  for (const value of sorted) sum += value - min;
  const mean = sum / n + min;
  let squares = 0;
  for (const value of sorted) squares += (value - mean) ** 2;
  const edges = makeEdges(min, max, isInteger);
  return {
    kind: 'number',
    min,
    max,
    mean,
    sd: n > 1 ? Math.sqrt(squares / (n - 1)) : 0,
    quantiles: [0.05, 0.25, 0.5, 0.75, 0.95].map((share) => findQuantile(sorted, share)),
    edges,
    counts: countBins(sorted, edges),
  };
}

function findQuantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low;
  return low + (at - below) * (high - low);
}

/** Equal bins; for whole numbers of a whole width and centred on numbers, so that none is empty by construction. */
function makeEdges(min: number, max: number, isInteger: boolean): number[] {
  if (isInteger) {
    const width = Math.max(1, Math.ceil((max - min + 1) / MAX_BINS));
    const nBins = Math.ceil((max - min + 1) / width);
    return Array.from({ length: nBins + 1 }, (_, i) => min - 0.5 + i * width);
  }
  if (min === max) return [min - 0.5, max + 0.5];
  return Array.from({ length: MAX_BINS + 1 }, (_, i) => min + ((max - min) * i) / MAX_BINS);
}

function countBins(sorted: Float64Array, edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  let bin = 0;
  for (const value of sorted) {
    while (bin < counts.length - 1 && value >= (edges[bin + 1] ?? Infinity)) bin++;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
