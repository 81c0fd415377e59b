import { FailureError } from '../../data/failure';
import type { ColumnSchema, Schema } from '../../data/schema';
import type { Column, Table } from '../../data/table';
import { fitGaussianMixture, type MixtureComponent } from '../../math/gaussian-mixture';
import { fitBinned } from './fit-binned';
import { layOut, type ColumnEncoding, type Encoding, type NumberEncoding } from './encoding';
import { chooseRounding } from './rounding';

/**
 * A numeric column with at most this many frequent values is encoded by indicators alone: a short scale (education
 * years, a score, a count) has no shape between its values, and Gaussians smear it.
 */
const MAX_SCALE_VALUES = 30;
/** Share of the rows a short scale's frequent values must cover; the few others become their nearest value. */
const SCALE_COVERAGE = 0.99;
/** A value with at least this share of a longer column is a spike with a mode of its own (zeros, 40 hours a week). */
const SPIKE_SHARE = 0.04;
/** No value with fewer rows gets a mode of its own: a model must not be able to point at a handful of people. */
const MIN_ROWS_PER_ATOM = 5;
/** Unique values are merged to this many before the mixture is fitted. */
const MAX_MIXTURE_POINTS = 1000;

/** How numbers are coded: by modes and positions in them (Xu et al. 2019), or by shared values and bins alone. */
export type NumberCoding = 'modes' | 'bins';

/** Learns modes or bins, rounding and ranges from train. Deterministic. Throws FailureError when nothing can be modelled. */
export function fitEncoding(table: Table, schema: Schema, coding: NumberCoding = 'modes'): Encoding {
  if (table.columns.length === 0 || table.nRows === 0) {
    throw new FailureError({
      code: 'nothing-to-model',
      message: 'No rows or columns are left to learn from; include at least one column and one row.',
    });
  }
  return layOut(
    table.columns.map((column, index) => {
      const entry = schema.columns[index];
      if (entry === undefined || entry.name !== column.name) {
        throw new FailureError({
          code: 'schema-invalid',
          message: `The schema has no entry for column "${column.name}" at its place; this is a fault of the program.`,
        });
      }
      return fitColumn(column, entry, coding, table.columns.length);
    }),
  );
}

function fitColumn(
  column: Column,
  entry: ColumnSchema,
  coding: NumberCoding,
  nColumns: number,
): ColumnEncoding {
  if (column.kind === 'level') {
    const hasMissing = column.codes.some((code) => code < 0);
    const empty = column.levels.length === 0;
    return { kind: 'level', name: column.name, levels: column.levels, hasMissing: hasMissing || empty };
  }
  if (coding === 'bins') return fitBinned(column.name, column.values, entry, nColumns);
  return fitNumber(column.name, column.values, entry);
}

function fitNumber(name: string, values: Float64Array, entry: ColumnSchema): NumberEncoding {
  const present = values.filter((value) => !Number.isNaN(value)).sort();
  const hasMissing = present.length < values.length;
  const { distinct, counts } = countValues(present);
  return {
    kind: 'number',
    name,
    ...chooseModes(distinct, counts, present.length),
    hasMissing,
    rounding: chooseRounding(entry, present),
    min: distinct[0] ?? 0,
    max: distinct[distinct.length - 1] ?? 0,
  };
}

interface Counted {
  readonly distinct: number[];
  readonly counts: number[];
}

function countValues(sorted: Float64Array): Counted {
  const distinct: number[] = [];
  const counts: number[] = [];
  for (const value of sorted) {
    const last = distinct.length - 1;
    if (last >= 0 && distinct[last] === value) counts[last] = (counts[last] ?? 0) + 1;
    else {
      distinct.push(value);
      counts.push(1);
    }
  }
  return { distinct, counts };
}

function chooseModes(
  distinct: number[],
  counts: number[],
  nPresent: number,
): { gaussians: MixtureComponent[]; atoms: number[] } {
  if (distinct.length <= 1) return { gaussians: [], atoms: distinct };
  const frequent = distinct.filter((_, i) => (counts[i] ?? 0) >= MIN_ROWS_PER_ATOM);
  const covered = counts.reduce((sum, count) => sum + (count >= MIN_ROWS_PER_ATOM ? count : 0), 0);
  if (frequent.length <= MAX_SCALE_VALUES && covered >= SCALE_COVERAGE * nPresent) {
    return { gaussians: [], atoms: frequent };
  }
  const spikeRows = Math.max(MIN_ROWS_PER_ATOM, SPIKE_SHARE * nPresent);
  const isSpike = counts.map((count) => count >= spikeRows);
  const rest: Counted = {
    distinct: distinct.filter((_, i) => !isSpike[i]),
    counts: counts.filter((_, i) => !isSpike[i]),
  };
  const points = mergeNeighbours(rest, MAX_MIXTURE_POINTS);
  return {
    gaussians: fitGaussianMixture(points.distinct, points.counts),
    atoms: distinct.filter((_, i) => isSpike[i]),
  };
}

/** Runs of neighbouring values of about equal count, each replaced by its mean. */
function mergeNeighbours({ distinct, counts }: Counted, nMost: number): Counted {
  if (distinct.length <= nMost) return { distinct, counts };
  const total = counts.reduce((sum, count) => sum + count, 0);
  const merged: number[] = [];
  const mergedCounts: number[] = [];
  let count = 0;
  let sum = 0;
  let done = 0;
  for (let i = 0; i < distinct.length; i++) {
    count += counts[i] ?? 0;
    sum += (counts[i] ?? 0) * (distinct[i] ?? 0);
    if (done + count < (total * (merged.length + 1)) / nMost && i < distinct.length - 1) continue;
    merged.push(sum / count);
    mergedCounts.push(count);
    done += count;
    count = 0;
    sum = 0;
  }
  return { distinct: merged, counts: mergedCounts };
}
