import type { DialectChoice, Encoding, IngestProgress, ReadNotice, SourceFormat } from '../../src/api/ingest';
import type { Reasoned } from '../../src/data/dialect';
import type { FormatGuess } from '../../src/data/guess-format';
import type { Quoting } from '../../src/data/guess-quoting';
import type { RawTable } from '../../src/data/raw-column';
import type { ByteSource } from './byte-source';

export type Compression = 'none' | 'gzip' | 'zip';

/** A file once unpacked: its bytes in order, and the file itself where it is not packed. */
export interface Source {
  readonly bytes: ByteSource;
  readonly file: Blob | null;
}

export interface ReadOptions {
  readonly choice: DialectChoice;
  readonly onProgress: (progress: IngestProgress) => void;
  readonly isCancelled: () => boolean;
  /** Milliseconds that only go up. */
  readonly nowMs: () => number;
  /** Most bytes that the work on the table may take. */
  readonly budgetBytes: number;
}

/** How the text of a table is laid out; for a source that is no text, how it would be written as one. */
export interface TextLayout {
  readonly encoding: Reasoned<Encoding>;
  readonly byteOrderMark: Reasoned<boolean>;
  readonly newline: Reasoned<'\n' | '\r\n' | '\r'>;
  readonly delimiter: Reasoned<string>;
  readonly header: Reasoned<boolean>;
  readonly quoting: Reasoned<Quoting>;
  /** What a line starts with that is no row; null = no line is a comment. */
  readonly comment: Reasoned<string | null>;
  /** Absent where the source is no text. */
  readonly text?: Pick<FormatGuess, 'quote' | 'escape' | 'skippedRows'>;
}

/** A table read from a source, with what was decided on the way. */
export interface ReadResult {
  readonly table: RawTable;
  readonly notices: readonly ReadNotice[];
  readonly format: Reasoned<SourceFormat>;
  /** Name of the sheet or archived file that was read, among `parts`; null where the source is one table. */
  readonly part: Reasoned<string | null>;
  readonly parts: readonly string[];
  readonly layout: TextLayout;
}
