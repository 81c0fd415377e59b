import type { SchemaElement } from 'hyparquet';
import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { ParquetWriter } from 'hyparquet-writer/src/parquet-writer.js';
import { readCells, type OutputColumn } from '../../src/data/output-columns';
import { describeParquetType, makePhysical, type Physical } from './parquet-type';
import type { FileWriter } from './types';

/** Cells of one row group: what is held before it is written. */
const GROUP_CELLS = 1 << 21;
const MAX_GROUP_ROWS = 1 << 16;

/** Rows of a row group; part of what a seed means, so that it depends on the number of columns alone. */
export function countGroupRows(nColumns: number): number {
  return Math.max(1, Math.min(MAX_GROUP_ROWS, Math.floor(GROUP_CELLS / nColumns)));
}

/**
 * Parquet in row groups of bounded size, compressed by Snappy; the footer comes at the end. Every column is optional.
 * Names are those made unique, as Parquet knows no two columns of one name.
 */
export function writeParquet(
  columns: readonly OutputColumn[],
  marks: readonly string[] = [],
  groupRows = countGroupRows(columns.length),
): FileWriter {
  const types = columns.map((column) => describeParquetType(column.schema, column.type));
  const convert = columns.map((column) => makePhysical(column.schema, column.type));
  const bytes = new Outlet();
  const parquet = new ParquetWriter({
    writer: bytes,
    schema: describeSchema(columns, types),
    kvMetadata: describeFile(marks),
    createdBy: 'understudy version 1',
  });
  const group = new RowGroup(columns, groupRows);
  const flush = (): void => {
    if (group.nRows > 0) void parquet.write({ columnData: group.take(), rowGroupSize: group.capacity });
  };
  return {
    encoding: 'utf-8',
    notes: [],
    begin: () => bytes.take(),
    rows: (modelled) => {
      const cells = readCells(columns, modelled);
      for (let row = 0; row < modelled.nRows; row++) {
        group.push((i) => convert[i]?.(cells[i]?.value(row) ?? null) ?? null);
        if (group.nRows === group.capacity) flush();
      }
      return bytes.take();
    },
    end: () => {
      flush();
      void parquet.finish();
      return bytes.take();
    },
  };
}

function describeFile(marks: readonly string[]) {
  const said = { key: 'understudy', value: 'synthetic records' };
  return marks.length === 0 ? [said] : [said, { key: 'understudy.marks', value: marks.join('\n') }];
}

function describeSchema(columns: readonly OutputColumn[], types: readonly Omit<SchemaElement, 'name'>[]) {
  const fields = columns.map(({ schema: { name } }, i) => ({
    ...types[i],
    name,
    repetition_type: 'OPTIONAL' as const,
  }));
  return [{ name: 'root', num_children: fields.length }, ...fields];
}

/** Bytes written so far can be taken away; offsets go on counting. */
class Outlet extends ByteWriter {
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.getBytes().slice();
    this.index = 0;
    return taken;
  }
}

class RowGroup {
  nRows = 0;
  private values: Physical[][];

  constructor(
    private readonly columns: readonly OutputColumn[],
    readonly capacity: number,
  ) {
    this.values = columns.map(() => []);
  }

  push(at: (column: number) => Physical): void {
    for (let i = 0; i < this.values.length; i++) this.values[i]?.push(at(i));
    this.nRows++;
  }

  take() {
    const data = this.columns.map(({ schema: { name } }, i) => ({
      name,
      data: this.values[i] ?? [],
      offsetIndex: false,
    }));
    this.values = this.columns.map(() => []);
    this.nRows = 0;
    return data;
  }
}
