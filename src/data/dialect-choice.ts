import type { TextEncoding } from './encoding';
import type { Generalisation } from './identifiers/generalise/generalisation';
import type { DecimalMark, ThousandsMark } from './number-text';

/** How a person overrode the guesses about a file; absent keys are guessed. Persisted: changes need a migration. */
export interface DialectChoice {
  /** Name of the sheet of a workbook, or of the file of an archive. */
  readonly part?: string;
  readonly encoding?: TextEncoding;
  /** One to eight characters. */
  readonly delimiter?: string;
  /** What stands around cells; null = nothing does. */
  readonly quote?: '"' | "'" | null;
  readonly escape?: 'double' | 'backslash';
  /** Rows above the header; at least 0. */
  readonly skippedRows?: number;
  /** Every n-th row is read, beginning with the first; at least 1. */
  readonly everyNthRow?: number;
  readonly header?: boolean;
  /** What a line starts with that is no row; null = no line is a comment. */
  readonly comment?: string | null;
  readonly decimalMark?: DecimalMark;
  readonly thousandsMark?: ThousandsMark;
  readonly missingTokens?: readonly string[];
  /** Columns coarsened as soon as they are read, before types are inferred; set by an edit of its own. */
  readonly generalise?: readonly Generalisation[];
}
