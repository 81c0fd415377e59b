import { takeRows, type Table } from '../../data/table';
import type { Rng } from '../../math/rng';
import { compareMarginals, weighPairs, type CodedTable } from '../../math/marginals';
import { codeTable, fitBins, type ColumnBins } from '../encode/bins';

const N_BINS = 10;
const MAX_SLICE_ROWS = 2000;
/** A slice with fewer rows scores mostly noise; such small tables are scored against all of train. */
const MIN_SLICE_ROWS = 100;
const PREVIEW_ROWS = 4000;
/** Rows of train that the weights of pairs rest on, evenly spaced. */
const MAX_WEIGHT_ROWS = 20_000;

/** Train cut in two for early stopping. The holdout is not known here and never enters. */
export interface StopSplit {
  /** Rows the network learns from. */
  readonly learned: Table;
  /** Rows the score compares with; all of train when it is too small to cut. */
  readonly compared: Table;
  readonly isHeldBack: boolean;
}

/** False for tables so small that a slice would say nothing. */
export function isSliceHeldBack(nRows: number, share: number): boolean {
  return share * nRows >= MIN_SLICE_ROWS;
}

export function cutStopSlice(table: Table, share: number, rng: Rng): StopSplit {
  const nSlice = Math.min(Math.round(share * table.nRows), MAX_SLICE_ROWS);
  if (!isSliceHeldBack(table.nRows, share)) return { learned: table, compared: table, isHeldBack: false };
  const order = rng.permutation(table.nRows);
  return {
    learned: takeRows(table, order.slice(nSlice).sort()),
    compared: takeRows(table, order.slice(0, nSlice).sort()),
    isHeldBack: true,
  };
}

/**
 * Compares preview samples with the slice by their 1- and 2-way margins, numbers in tenths of train. Pairs weigh by the
 * strength of their association in train: with equal weights a network that has learnt margins and nothing else
 * outscores one that is still learning how columns depend on each other.
 */
export class StopScorer {
  readonly nPreviewRows: number;
  private readonly bins: readonly ColumnBins[];
  private readonly compared: CodedTable;
  private readonly weights: Float64Array;

  constructor(split: StopSplit) {
    this.bins = fitBins(split.learned, N_BINS);
    this.compared = codeTable(split.compared, this.bins);
    this.weights = weighPairs(codeTable(spaceRows(split.learned, MAX_WEIGHT_ROWS), this.bins));
    this.nPreviewRows = PREVIEW_ROWS;
  }

  score(preview: Table): { readonly oneWay: number; readonly twoWay: number; readonly score: number } {
    const { oneWay, twoWay } = compareMarginals(codeTable(preview, this.bins), this.compared, this.weights);
    return { oneWay, twoWay, score: (oneWay + twoWay) / 2 };
  }
}

function spaceRows(table: Table, nMost: number): Table {
  if (table.nRows <= nMost) return table;
  return takeRows(
    table,
    Uint32Array.from({ length: nMost }, (_, i) => Math.floor((i * table.nRows) / nMost)),
  );
}
