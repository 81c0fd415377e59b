import type { Rng } from '../../math/rng';
import { blocksOf, type ColumnEncoding, type EncodedRows, type Encoding } from '../encode/encoding';
import type { ConditionFrequency } from './learner';

/** A table column that generation can be conditioned on: one block of indicators and nothing else. */
export interface ConditionColumn {
  /** Index of the table column. */
  readonly column: number;
  /** First matrix column of its block. */
  readonly matrixOffset: number;
  /** First place in the condition vector. */
  readonly offset: number;
  readonly width: number;
}

/** Columns without positions, in table order, and the length of the condition vector. */
export function layOutConditions(encoding: Encoding): { columns: ConditionColumn[]; width: number } {
  const columns: ConditionColumn[] = [];
  let offset = 0;
  blocksOf(encoding).forEach((block) => {
    const column = encoding.columns[block.column];
    if (column === undefined || !isCondition(column)) return;
    columns.push({ column: block.column, matrixOffset: block.offset, offset, width: block.width });
    offset += block.width;
  });
  return { columns, width: offset };
}

/** Columns of a few values: levels and short scales. */
function isCondition(column: ColumnEncoding): boolean {
  if (column.kind === 'binned') return column.isScale;
  return column.kind === 'level' || column.gaussians.length === 0;
}

/** One condition a row: which condition column, and which of its indicators. */
export interface ConditionDraw {
  readonly columns: Int32Array;
  readonly codes: Int32Array;
}

/**
 * Training by sampling (Xu et al. 2019, section 4.3): the column uniformly, the level by the logarithm of its count,
 * the row uniformly among those with that level. Generation draws levels by their counts, so that rows follow train.
 */
export class ConditionSource {
  readonly columns: readonly ConditionColumn[];
  readonly width: number;
  private readonly logCumulative: Float64Array[];
  /** Row indices ordered by level, and where each level starts. */
  private readonly rowsByLevel: { readonly order: Uint32Array; readonly starts: Uint32Array }[];
  readonly frequencies: readonly ConditionFrequency[];

  constructor(
    encoding: Encoding,
    private readonly rows: EncodedRows,
  ) {
    const laidOut = layOutConditions(encoding);
    this.columns = laidOut.columns;
    this.width = laidOut.width;
    this.rowsByLevel = this.columns.map(({ column, width }) =>
      groupRows(rows.codes[column] ?? new Uint16Array(rows.nRows), width),
    );
    this.frequencies = this.columns.map(({ column, width }, j) => {
      const starts = this.rowsByLevel[j]?.starts ?? new Uint32Array(width + 1);
      return {
        column,
        counts: Array.from({ length: width }, (_, k) => (starts[k + 1] ?? 0) - (starts[k] ?? 0)),
      };
    });
    this.logCumulative = this.frequencies.map(({ counts }) =>
      accumulate(counts.map((count) => Math.log1p(count))),
    );
  }

  /** Conditions of a training batch. */
  draw(nRows: number, rng: Rng): ConditionDraw {
    return drawConditions(nRows, this.logCumulative, rng);
  }

  /** How often a training batch takes each row, to a factor; null without conditions, when all are taken alike. */
  weighRows(): Float64Array | null {
    if (this.columns.length === 0) return null;
    const weights = new Float64Array(this.rows.nRows);
    this.columns.forEach(({ column }, j) => {
      const counts = this.frequencies[j]?.counts ?? [];
      const total = counts.reduce((sum, count) => sum + Math.log1p(count), 0);
      const perRow = counts.map((count) => Math.log1p(count) / total / Math.max(count, 1));
      this.rows.codes[column]?.forEach((code, row) => {
        weights[row] = (weights[row] ?? 0) + (perRow[code] ?? 0);
      });
    });
    return weights;
  }

  /** For each condition a train row that meets it; uniform rows when there are no conditions. */
  drawRows(draw: ConditionDraw, order: ArrayLike<number>, rng: Rng): Uint32Array {
    return Uint32Array.from(order, (place) => {
      const group = this.rowsByLevel[draw.columns[place] ?? -1];
      if (group === undefined) return rng.int(this.rows.nRows);
      const code = draw.codes[place] ?? 0;
      const start = group.starts[code] ?? 0;
      const size = (group.starts[code + 1] ?? 0) - start;
      return size === 0 ? rng.int(this.rows.nRows) : (group.order[start + rng.int(size)] ?? 0);
    });
  }
}

/** Conditions by the given cumulative weights of each condition column; columns are −1 when there are none. */
export function drawConditions(nRows: number, cumulative: readonly Float64Array[], rng: Rng): ConditionDraw {
  const columns = new Int32Array(nRows).fill(-1);
  const codes = new Int32Array(nRows);
  if (cumulative.length === 0) return { columns, codes };
  for (let row = 0; row < nRows; row++) {
    const column = rng.int(cumulative.length);
    columns[row] = column;
    codes[row] = rng.pick(cumulative[column] ?? []);
  }
  return { columns, codes };
}

/** Cumulative empirical counts, for generation. */
export function empiricalCumulative(frequencies: readonly ConditionFrequency[]): Float64Array[] {
  return frequencies.map(({ counts }) => accumulate(counts));
}

function accumulate(weights: readonly number[]): Float64Array {
  let sum = 0;
  return Float64Array.from(weights, (weight) => (sum += weight));
}

function groupRows(codes: Uint16Array, width: number) {
  const starts = new Uint32Array(width + 1);
  for (const code of codes) starts[code + 1] = (starts[code + 1] ?? 0) + 1;
  for (let k = 0; k < width; k++) starts[k + 1] = (starts[k + 1] ?? 0) + (starts[k] ?? 0);
  const next = starts.slice();
  const order = new Uint32Array(codes.length);
  codes.forEach((code, row) => {
    const place = next[code] ?? 0;
    order[place] = row;
    next[code] = place + 1;
  });
  return { order, starts };
}

/**
 * Sets the indicators of the drawn conditions in `out`, a matrix of `stride` columns whose condition vector starts at
 * `first`; row i takes condition `order[i]` (or i).
 */
export function writeConditions(
  draw: ConditionDraw,
  columns: readonly ConditionColumn[],
  out: Float32Array,
  stride: number,
  first: number,
  order?: ArrayLike<number>,
): void {
  const n = order?.length ?? draw.columns.length;
  for (let i = 0; i < n; i++) {
    const place = order === undefined ? i : (order[i] ?? 0);
    const column = columns[draw.columns[place] ?? -1];
    const row = i * stride + first;
    if (column !== undefined) out[row + column.offset + (draw.codes[place] ?? 0)] = 1;
  }
}
