import type { DialectChoice } from '../data/dialect-choice';
import type { TextEncoding } from '../data/encoding';
import type { Handling, HandlingEntry, SplitChoice } from '../data/handling';
import type { Profile, ProfileChoices } from '../data/profile';
import type { Quoting } from '../data/guess-quoting';
import type { GeneralisedCount } from '../data/identifiers/generalise/generalisation';
import type { ThousandsMark } from '../data/number-text';
import type { Schema } from '../data/schema';
import type { KeyTally } from '../data/shared-keys';
import type { SourceRisk, SourceRiskRequest } from '../data/source-risk/source-risk';
import type { Table } from '../data/table';
import type { Outcome } from '../data/failure';

export type { DialectChoice } from '../data/dialect-choice';
export type { Alert } from '../data/alerts';
export type { ColumnProfile, LevelProfile, NumberProfile } from '../data/profile-column';
export type { Profile } from '../data/profile';

/** A guess with the sentence that justifies it; `chosen` is true when a person overrode it. */
export interface Guess<T> {
  readonly value: T;
  readonly reason: string;
  readonly chosen: boolean;
}

export type Encoding = TextEncoding;

/** What a source is, once unpacked. */
export type SourceFormat = 'delimited' | 'json' | 'ndjson' | 'parquet' | 'xlsx';

/** What synthetic records are written as. */
export type OutputFormat = 'csv' | 'ndjson' | 'parquet';

/**
 * How the bytes of a source become cells. For a source that is no delimited text, the entries about text say how its
 * table would be written as one.
 */
export interface Dialect {
  readonly compression: Guess<'none' | 'gzip' | 'zip'>;
  readonly format: Guess<SourceFormat>;
  /** Name of the sheet of a workbook, or of the file of an archive, that is read; null where the source is one table. */
  readonly part: Guess<string | null>;
  readonly encoding: Guess<Encoding>;
  readonly byteOrderMark: Guess<boolean>;
  readonly newline: Guess<'\n' | '\r\n' | '\r'>;
  /** One character, usually `,` `;` `\t` `|`, or a few. */
  readonly delimiter: Guess<string>;
  /** What stands around cells that hold a delimiter; null = nothing does. */
  readonly quote: Guess<'"' | "'" | null>;
  /** How a quote inside a quoted cell is written. */
  readonly escape: Guess<'double' | 'backslash'>;
  /** Rows above the header that are no part of the table. */
  readonly skippedRows: Guess<number>;
  /** Every n-th row is read, beginning with the first; 1 = all are. */
  readonly everyNthRow: Guess<number>;
  readonly header: Guess<boolean>;
  readonly quoting: Guess<Quoting>;
  /** What a line starts with that is no row; null = no line is a comment. */
  readonly comment: Guess<string | null>;
  readonly decimalMark: Guess<'.' | ','>;
  /** What stands between groups of three digits, `''` = nothing. */
  readonly thousandsMark: Guess<ThousandsMark>;
  /** Cell texts read as missing, besides the empty cell. */
  readonly missingTokens: Guess<readonly string[]>;
}

export interface IngestProgress {
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly nRows: number;
}

/** Something worth telling about the file that did not stop it from being read. Holds no cell values. */
export interface ReadNotice {
  readonly kind:
    | 'ragged'
    | 'duplicate-header'
    | 'empty-header'
    | 'quote'
    | 'encoding'
    | 'blank-lines'
    | 'comment'
    | 'footer'
    | 'preamble'
    | 'sample'
    | 'control'
    | 'parts'
    | 'nested'
    | 'precision'
    | 'empty-text'
    | 'formula'
    | 'merged';
  readonly message: string;
  readonly count: number;
}

export interface OpenedSource {
  readonly dialect: Dialect;
  /** Sheets or archived files that hold a table, of which `dialect.part` was read. */
  readonly parts: readonly string[];
  readonly nRows: number;
  /** Names of the columns, each of its own. */
  readonly headers: readonly string[];
  /** Headers as they stand in the source, where columns may share one or have none. */
  readonly writtenHeaders: readonly string[];
  readonly notices: readonly ReadNotice[];
  readonly schema: Schema;
  /** Columns coarsened by choice, and what became of their rows. */
  readonly generalised: readonly GeneralisedCount[];
}

export interface PrepareRequest {
  readonly schema: Schema;
  readonly handling: Handling;
  readonly split: SplitChoice;
}

/** What leaves the ingest worker for training: modelled columns only, cut apart, handled by rules fitted on train. */
export interface Prepared {
  readonly train: Table;
  /** For each row of train the number of what k counts, where the split keeps rows of an identifier together; null = rows. */
  readonly trainGroups: Uint32Array | null;
  /** Untouched by handling, so that measures see what was held out; null when the fraction is 0. */
  readonly holdout: Table | null;
  /** Train before handling (not pooled, not capped), for measures. */
  readonly trainAsRead: Table;
  /** Schema of the modelled columns only, with bounds and levels after handling. */
  readonly schema: Schema;
  readonly handlingLog: readonly HandlingEntry[];
  /** Row numbers of the source (0-based, after the header), ascending. */
  readonly holdoutRows: Uint32Array;
  readonly split: SplitChoice;
}

export interface WriteRequest {
  readonly format: OutputFormat;
  readonly schema: Schema;
  readonly handling: Handling;
  readonly dialect: Dialect;
  readonly seed: number;
  /** Rows that will be written in all: surrogates are drawn to be unique over them. */
  readonly nRows: number;
  /** What nobody may miss of them, in the metadata of a Parquet file. */
  readonly marks?: readonly string[];
}

/** A file of synthetic rows, begun. */
export interface BegunFile {
  /** First bytes: byte order mark, header line or magic number. */
  readonly bytes: Uint8Array;
  readonly encoding: Encoding;
  /** What could not be written as in the source, a sentence each. Holds no cell values. */
  readonly notes: readonly string[];
}

/** Service of workers/ingest.ts: the only worker that ever holds source records as they were read. */
export interface IngestService {
  /**
   * Reads the bytes and infers dialect and schema. A second call replaces the first source. Stops with `file-too-large`
   * when the work on the table would take more than `budgetBytes`.
   */
  open(
    source: Blob,
    choice: DialectChoice,
    onProgress: (progress: IngestProgress) => void,
    budgetBytes?: number,
  ): Promise<Outcome<OpenedSource>>;
  /** Stops a running `open` at its next chunk; that call then answers `cancelled`. */
  cancel(): Promise<void>;
  /** Cells as read, for the page's preview: `nRows` rows from `start`. */
  preview(start: number, nRows: number): Promise<Outcome<readonly (readonly string[])[]>>;
  /** Schema after a person's change: recounts missing values, levels and bounds of every column under its new type. */
  revise(schema: Schema): Promise<Outcome<Schema>>;
  /** `choices` say how rare levels are counted; null = by those that are proposed first. */
  profile(schema: Schema, choices?: ProfileChoices | null): Promise<Outcome<Profile>>;
  /** How unique people are by the quasi-identifiers; null where no column is one. */
  measureRisk(request: SourceRiskRequest): Promise<Outcome<SourceRisk | null>>;
  prepare(request: PrepareRequest): Promise<Outcome<Prepared>>;
  /** All rows of the modelled columns as they stand, to be evaluated: nothing cut off, pooled or capped. */
  readModelled(schema: Schema): Promise<Outcome<Table>>;
  /** The values of a column that says whose rows are whose, as hashes: `schema-invalid` where there is no such column. */
  tallyKeys(column: string): Promise<Outcome<KeyTally>>;
  /** Starts a file of synthetic rows. */
  beginWriting(request: WriteRequest): Promise<Outcome<BegunFile>>;
  /** Bytes ready after the next rows: all included columns in source order, identifiers as surrogates, text left out. */
  writeRows(modelled: Table): Promise<Outcome<Uint8Array>>;
  /** Ends the file; answers its last bytes. */
  endWriting(): Promise<Outcome<Uint8Array>>;
}
