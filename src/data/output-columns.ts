import { Rng } from '../math/rng';
import { findOutputType, isWritten, type OutputType } from './output-type';
import { listWrittenHeaders, type RawTable } from './raw-column';
import type { ColumnSchema, Schema } from './schema';
import type { Table } from './table';
import type { ReadingRules } from './tally';
import { findRaw } from './to-table';
import { makeCellWriter, type Cells, type CellWriter } from './write-cell';

export interface OutputOrder {
  readonly schema: Schema;
  readonly seed: number;
  /** Rows that will be written in all. */
  readonly nRows: number;
}

/** One column of a synthetic file. */
export interface OutputColumn {
  readonly schema: ColumnSchema;
  /** The header as it stands in the source; columns may share one. */
  readonly header: string;
  readonly type: OutputType;
  readonly cells: CellWriter;
}

/**
 * The columns of a synthetic file in source order. The cells are a function of source, schema, seed and nRows, whatever
 * the format they are written in.
 */
export function makeOutputColumns(
  raw: RawTable,
  order: OutputOrder,
  rules: ReadingRules,
): readonly OutputColumn[] {
  const rng = Rng.fromSeed(order.seed).fork('write');
  const headers = new Map(listWrittenHeaders(raw).map((header, i) => [raw.columns[i]?.name ?? '', header]));
  return order.schema.columns.filter(isWritten).map((schema) => {
    const type = findOutputType(schema);
    const fresh = { nRows: order.nRows, rng: rng.fork(schema.name) };
    return {
      schema,
      header: headers.get(schema.name) ?? schema.name,
      type,
      cells: makeCellWriter(findRaw(raw, schema.name), schema, type, rules, fresh),
    };
  });
}

/** The cells of the next rows, column by column. */
export function readCells(columns: readonly OutputColumn[], modelled: Table): readonly Cells[] {
  const columnOf = new Map(modelled.columns.map((column) => [column.name, column]));
  return columns.map(({ schema, cells }) => cells(columnOf.get(schema.name) ?? null));
}
