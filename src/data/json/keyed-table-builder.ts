import { makeHeadersUnique } from '../headers';
import type { TableSize } from '../memory-need';
import { RawColumnBuilder, sizeOf, type RawTable } from '../raw-column';
import type { TableNotice } from '../raw-table-builder';
import { cellOfJson, isJsonObject, isJsonScalar, type JsonObject, type JsonValue } from './parse-json';

/** Objects within objects up to this depth become columns of their own; deeper ones JSON text. */
export const MAX_DEPTH = 8;

/** Columns beyond which records are no table: each new one costs a cell in every row. */
export const MAX_COLUMNS = 20_000;

interface KeyedColumn {
  readonly name: string;
  readonly builder: RawColumnBuilder;
  nRows: number;
  nEmpty: number;
  nNull: number;
  isNested: boolean;
}

/** Thrown when records have more different keys than a table can have columns. */
export class TooManyColumns extends Error {}

/** Objects in, dictionary-coded columns out: a column a key, in order of first appearance, empty where a key is absent. */
export class KeyedTableBuilder {
  nRows = 0;
  private readonly columns = new Map<string, KeyedColumn>();

  push(record: JsonObject): void {
    this.pushObject(record, [], '');
    this.nRows++;
  }

  size(): TableSize {
    return sizeOf(
      Array.from(this.columns.values(), ({ builder }) => builder),
      this.nRows,
    );
  }

  finish(): {
    readonly table: RawTable;
    readonly headerNotices: readonly TableNotice[];
    /** Headers of columns that hold JSON text. */
    readonly nested: readonly string[];
    /** Headers of columns with both missing values and texts of no characters. */
    readonly emptyTexts: readonly string[];
  } {
    const columns = [...this.columns.values()];
    for (const column of columns) this.fill(column);
    const writtenHeaders = columns.map(({ name }) => name);
    const { headers, notices } = makeHeadersUnique(writtenHeaders);
    const named = (pick: (column: KeyedColumn) => boolean) =>
      headers.filter((_, i) => columns[i] !== undefined && pick(columns[i]));
    const table = {
      nRows: this.nRows,
      columns: columns.map(({ builder }, i) => builder.finish(headers[i] ?? '')),
      writtenHeaders,
    };
    return {
      table,
      headerNotices: notices,
      nested: named(({ isNested }) => isNested),
      emptyTexts: named(({ nEmpty, nNull }) => nEmpty > 0 && nNull > 0),
    };
  }

  private pushObject(object: JsonObject, path: readonly string[], pathKey: string): void {
    for (const name of Object.keys(object)) {
      const value = object[name];
      if (value === undefined) continue;
      const key = `${pathKey}\0${name}`;
      if (isJsonObject(value) && path.length < MAX_DEPTH) this.pushObject(value, [...path, name], key);
      else this.pushCell(key, path, name, value);
    }
  }

  private pushCell(key: string, path: readonly string[], name: string, value: JsonValue): void {
    let column = this.columns.get(key);
    if (column === undefined) {
      if (this.columns.size === MAX_COLUMNS) throw new TooManyColumns();
      const header = [...path, name].join('.');
      column = {
        name: header,
        builder: new RawColumnBuilder(),
        nRows: 0,
        nEmpty: 0,
        nNull: 0,
        isNested: false,
      };
      this.columns.set(key, column);
    }
    this.fill(column);
    const text = cellOfJson(value);
    if (value === null) column.nNull++;
    else if (text === '') column.nEmpty++;
    if (!isJsonScalar(value)) column.isNested = true;
    column.builder.push(text);
    column.nRows++;
  }

  /** Empty cells for the records that had no such key. */
  private fill(column: KeyedColumn): void {
    for (; column.nRows < this.nRows; column.nRows++) {
      column.builder.push('');
      column.nNull++;
    }
  }
}
