import { countUpTo } from '../../math/bisect';
import { getColumn, type Table } from '../../data/table';
import type { CodedTable } from '../../math/marginals';

/** Cuts by which tables are compared: numbers at quantiles of train, levels as they are, missing a bin of its own. */
export type ColumnBins =
  | { readonly kind: 'number'; readonly name: string; readonly edges: readonly number[] }
  | { readonly kind: 'level'; readonly name: string; readonly levels: readonly string[] };

/** Quantile edges (ties merged) of each numeric column of `table`; at most `nBins` bins a column. */
export function fitBins(table: Table, nBins: number): ColumnBins[] {
  return table.columns.map((column) =>
    column.kind === 'level'
      ? { kind: 'level', name: column.name, levels: column.levels }
      : { kind: 'number', name: column.name, edges: quantileEdges(column.values, nBins) },
  );
}

function quantileEdges(values: Float64Array, nBins: number): number[] {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const edges: number[] = [];
  for (let b = 1; b < nBins; b++) {
    const edge = sorted[Math.floor((b * sorted.length) / nBins)];
    if (edge !== undefined && edge !== edges[edges.length - 1] && edge > (sorted[0] ?? 0)) edges.push(edge);
  }
  return edges;
}

/** Codes of a table under these bins: code = number of edges ≤ value; the last code is missing. */
export function codeTable(table: Table, bins: readonly ColumnBins[]): CodedTable {
  const codes = bins.map((bin) => {
    const column = getColumn(table, bin.name);
    const missing = binCount(bin) - 1;
    if (column.kind === 'level') return column.codes.map((code) => (code < 0 ? missing : code));
    const edges = bin.kind === 'number' ? bin.edges : [];
    return Int32Array.from(column.values, (value) =>
      Number.isNaN(value) ? missing : countUpTo(edges, value),
    );
  });
  return { nRows: table.nRows, codes, sizes: bins.map(binCount) };
}

/** Number of codes of a column, the one for missing included. */
export function binCount(bin: ColumnBins): number {
  return bin.kind === 'level' ? bin.levels.length + 1 : bin.edges.length + 2;
}
