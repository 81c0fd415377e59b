import { parquetMetadataAsync, type DecodedArray, type FileMetaData } from 'hyparquet';
import { FailureError, refuse } from '../../../src/data/failure';
import { makeHeadersUnique } from '../../../src/data/headers';
import type { RawColumn, RawTable } from '../../../src/data/raw-column';
import type { ReadNotice } from '../../../src/api/ingest';
import { cancelled, emptyFile } from '../failures';
import { listNames } from '../name-list';
import { describeAsText } from '../plain-layout';
import { NeedWatch } from '../need-watch';
import { Pace } from '../pace';
import type { ReadOptions, ReadResult } from '../types';
import { ColumnCells, type CellCounts } from './column-cells';
import { NotText } from './leaf-text';
import { bareMetadata, planColumns, readSchema, type PlannedColumn, type SchemaNode } from './plan-columns';
import { readColumnOfGroup } from './read-column';

/** Cells beyond which the codes alone take two gigabytes. */
const MAX_CELLS = 500_000_000;

interface OpenParquet {
  readonly file: Blob;
  /** As the reader takes it: keys for names, stored types. */
  readonly metadata: FileMetaData;
  readonly schema: SchemaNode;
  /** Rows that are kept. */
  readonly nRows: number;
  /** Every n-th row is kept, the first among them. */
  readonly everyNthRow: number;
}

/**
 * Reads a Parquet file a column and a row group at a time, so that no more than one column of one row group is unpacked
 * at once. Throws FailureError: unreadable, empty, too large, cancelled.
 */
export async function readParquet(file: Blob, options: ReadOptions): Promise<ReadResult> {
  const parquet = await openParquet(file, options.choice.everyNthRow ?? 1);
  checkNeed(parquet, options.budgetBytes);
  const pace = new Pace(file.size, options);
  const columns: RawColumn[] = [];
  const counts: CellCounts[] = [];
  for (const top of parquet.schema.children) {
    const planned = planColumns(top);
    for (const cells of await readTopColumn(parquet, top, planned, pace)) {
      columns.push(cells.finish());
      counts.push(cells.counts);
    }
  }
  const writtenHeaders = columns.map(({ name }) => name);
  const { headers, notices } = makeHeadersUnique(writtenHeaders);
  const named = columns.map((column, i) => ({ ...column, name: headers[i] ?? column.name }));
  const table: RawTable = { nRows: parquet.nRows, columns: named, writtenHeaders };
  pace.finish(parquet.nRows);
  return {
    table,
    notices: [...notices, ...describeCounts(headers, counts)],
    format: { value: 'parquet', reason: 'The file starts and ends with the Parquet mark.' },
    part: { value: null, reason: 'The file is one table.' },
    parts: [],
    layout: describeAsText('A Parquet file'),
  };
}

async function openParquet(file: Blob, everyNthRow: number): Promise<OpenParquet> {
  const written = await guardDamage(null, () =>
    parquetMetadataAsync(
      { byteLength: file.size, slice: (start, end) => file.slice(start, end).arrayBuffer() },
      { geoparquet: false },
    ),
  );
  for (const { columns } of written.row_groups) {
    if (
      columns.some(
        ({ meta_data, crypto_metadata }) => meta_data === undefined || crypto_metadata !== undefined,
      )
    )
      refuse('format-unknown', 'This Parquet file is encrypted; write it without encryption and open that.');
    if (columns.some(({ file_path }) => file_path !== undefined && file_path !== ''))
      refuse(
        'format-unknown',
        'This Parquet file only points to other files; open the files that hold the data.',
      );
  }
  const nStored = written.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  const nRows = Math.ceil(nStored / everyNthRow);
  if (nStored === 0) throw emptyFile();
  const metadata = await guardDamage(null, () => bareMetadata(written));
  const schema = readSchema(written);
  const nLeaves = metadata.row_groups[0]?.columns.length ?? 0;
  if (!(nRows > 0) || nRows * nLeaves > MAX_CELLS) refuse('file-too-large', TOO_LARGE);
  return { file, metadata, schema, nRows, everyNthRow };
}

/** Rows and columns are known before any value is read; what different values will take besides is not. */
function checkNeed({ metadata, nRows, everyNthRow }: OpenParquet, budgetBytes: number): void {
  const nColumns = metadata.row_groups[0]?.columns.length ?? 0;
  const size = { nRows, nColumns, nDistinct: 0, nTextBytes: 0 };
  new NeedWatch(budgetBytes, everyNthRow).look({ ...size, share: 1, nFound: nRows * everyNthRow });
}

const TOO_LARGE =
  'The table has more than 500 million cells, more than a browser tab can hold; keep fewer rows or columns and open that file.';

/** Bytes that no type is declared for are tried as text first; the whole column is read again once they are not. */
async function readTopColumn(
  parquet: OpenParquet,
  top: SchemaNode,
  planned: readonly PlannedColumn[],
  pace: Pace,
): Promise<readonly ColumnCells[]> {
  const startBytes = pace.bytesDone;
  try {
    return await readCells(parquet, top, planned, pace, false);
  } catch (thrown) {
    if (!(thrown instanceof NotText)) throw thrown;
    pace.bytesDone = startBytes;
    return readCells(parquet, top, planned, pace, true);
  }
}

async function readCells(
  { file, metadata, nRows, everyNthRow }: OpenParquet,
  top: SchemaNode,
  planned: readonly PlannedColumn[],
  pace: Pace,
  asHex: boolean,
): Promise<readonly ColumnCells[]> {
  const columns = planned.map((column) => new ColumnCells(column, asHex));
  let nFound = 0;
  for (const group of metadata.row_groups) {
    if (pace.isCancelled()) throw cancelled();
    await guardDamage(top.name, async () => {
      const values = await readColumnOfGroup(file, metadata, group, top.key);
      for (const array of values) {
        pushEveryNth(columns, array, everyNthRow, nFound);
        nFound += array.length;
      }
    });
    for (const { meta_data: meta } of group.columns) {
      if (meta?.path_in_schema[0] === top.key) pace.bytesDone += Number(meta.total_compressed_size);
    }
    await pace.report(Math.floor((nRows * pace.bytesDone) / file.size));
  }
  return columns;
}

/** Values whose place in the whole column, of which `nBefore` came before these, is a multiple of `n`. */
function pushEveryNth(
  columns: readonly ColumnCells[],
  values: DecodedArray,
  n: number,
  nBefore: number,
): void {
  const first = (n - (nBefore % n)) % n;
  for (const column of columns) for (let i = first; i < values.length; i += n) column.push(values[i]);
}

/** What a reader of damaged bytes throws, as a sentence: `column` null = the file as a whole. */
async function guardDamage<T>(column: string | null, act: () => T | Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (thrown) {
    if (thrown instanceof FailureError || thrown instanceof NotText) throw thrown;
    const where = column === null ? 'The Parquet file' : `Column "${column}" of the Parquet file`;
    throw new FailureError({
      code: 'file-unreadable',
      message: `${where} is damaged or written in a way that is not read here; write the file again, with current pandas, Arrow or R for instance, and open that.`,
      detail: thrown instanceof Error ? thrown.message : String(thrown),
    });
  }
}

function describeCounts(headers: readonly string[], counts: readonly CellCounts[]): ReadNotice[] {
  const named = (pick: (count: CellCounts) => boolean) =>
    headers.filter((_, i) => counts[i] !== undefined && pick(counts[i]));
  const notices: ReadNotice[] = [];
  const add = (kind: ReadNotice['kind'], names: readonly string[], words: string) => {
    if (names.length > 0)
      notices.push({ kind, message: `${nameColumns(names)} ${words}`, count: names.length });
  };
  add(
    'nested',
    named((c) => c.isNested),
    'lists or maps; their cells hold JSON text.',
  );
  add(
    'encoding',
    named((c) => c.isHex),
    'bytes that are no text; they are written as hexadecimal digits.',
  );
  add(
    'precision',
    named((c) => c.isFinerThanMicroseconds),
    'times finer than microseconds; dates are learnt to the microsecond.',
  );
  add(
    'empty-text',
    named((c) => c.nNull > 0 && c.nEmpty > 0),
    'both missing values and empty texts; both are read as missing.',
  );
  return notices;
}

function nameColumns(names: readonly string[]): string {
  return names.length === 1 ? `Column ${listNames(names)} has` : `Columns ${listNames(names)} have`;
}
