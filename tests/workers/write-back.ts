import type { DialectChoice, OutputFormat, WriteRequest } from '../../src/api/ingest';
import { DEFAULT_HANDLING, DEFAULT_SPLIT, type Handling } from '../../src/data/handling';
import type { Schema } from '../../src/data/schema';
import type { Table } from '../../src/data/table';
import { openBytes, unwrap } from '../data/open-text';

export interface WriteBackOptions {
  readonly format?: OutputFormat;
  readonly choice?: DialectChoice;
  readonly change?: (schema: Schema) => Schema;
  readonly handling?: Partial<Handling>;
  /** Rows a call of `writeRows`; all in one where left out. */
  readonly chunkRows?: number;
  readonly marks?: readonly string[];
}

export interface WrittenBack {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly encoding: string;
  readonly notes: readonly string[];
  readonly schema: Schema;
}

/** Reads a source and writes its own rows as if they were synthetic. */
export async function writeBack(source: BlobPart, options: WriteBackOptions = {}): Promise<WrittenBack> {
  const { format = 'csv', choice = {}, change = (schema: Schema) => schema } = options;
  const { service, opened } = await openBytes(source, choice);
  const schema = unwrap(await service.revise(change(opened.schema)));
  const handling = { ...DEFAULT_HANDLING, poolRareLevels: false, capExtremes: false, ...options.handling };
  const split = { ...DEFAULT_SPLIT, fraction: 0 };
  const { trainAsRead } = unwrap(await service.prepare({ schema, handling, split }));
  const request: WriteRequest = {
    format,
    schema,
    handling,
    dialect: opened.dialect,
    seed: 1,
    nRows: trainAsRead.nRows,
    ...(options.marks && { marks: options.marks }),
  };
  const begun = unwrap(await service.beginWriting(request));
  const parts = [begun.bytes];
  const { chunkRows = trainAsRead.nRows } = options;
  for (let from = 0; from < trainAsRead.nRows; from += chunkRows)
    parts.push(unwrap(await service.writeRows(cutRows(trainAsRead, from, from + chunkRows))));
  parts.push(unwrap(await service.endWriting()));
  return { bytes: joinBytes(parts), encoding: begun.encoding, notes: begun.notes, schema };
}

/** Rows `from` to `to` of a table, as the worker that draws them would send them. */
export function cutRows(table: Table, from: number, to: number): Table {
  const end = Math.min(to, table.nRows);
  const columns = table.columns.map((column) =>
    column.kind === 'number'
      ? { ...column, values: column.values.slice(from, end) }
      : { ...column, codes: column.codes.slice(from, end) },
  );
  return { nRows: end - from, columns };
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** A line for each of n rows, the given ones in turn. */
export function fillRows(
  header: string,
  rows: readonly string[],
  { n = 60, newline = '\n' }: { readonly n?: number; readonly newline?: string } = {},
): string {
  const lines = Array.from({ length: n }, (_, i) => `${rows[i % rows.length] ?? ''}${newline}`);
  return `${header === '' ? '' : header + newline}${lines.join('')}`;
}
