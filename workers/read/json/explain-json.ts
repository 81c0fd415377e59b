import { FailureError } from '../../../src/data/failure';
import { MAX_COLUMNS, TooManyColumns } from '../../../src/data/json/keyed-table-builder';
import { SplitError, type SplitMode } from '../../../src/data/json/split-values';

/** Characters of one value that are parsed whole: more would take several gigabytes of memory. */
export const MAX_VALUE_LENGTH = 200_000_000;

/** A value that is no JSON, or no record, with the line it starts on. */
export class ValueError extends Error {
  constructor(
    readonly kind: 'syntax' | 'not-a-number' | 'too-deep' | 'no-record' | 'mixed',
    readonly line: number,
  ) {
    super(kind);
  }
}

/** What was thrown while reading JSON as a FailureError with a sentence; `nValues` were read before. */
export function explainJson(thrown: unknown, mode: SplitMode, nValues: number): unknown {
  if (thrown instanceof SplitError) return explainSplit(thrown, mode, nValues);
  if (thrown instanceof ValueError) return explainValue(thrown, nValues);
  if (thrown instanceof TooManyColumns) {
    return failure(
      'file-too-large',
      `The records have more than ${MAX_COLUMNS} different keys; a table needs the same keys in most records. Check whether values were written as keys.`,
    );
  }
  return thrown;
}

function explainSplit({ kind, line }: SplitError, mode: SplitMode, nValues: number): FailureError {
  if (kind === 'too-long') {
    return failure(
      'file-too-large',
      'The JSON text is one object of more than 200 million characters, and only lists of records are read piece by piece; write the records as one array, or one a line (NDJSON), and open that.',
    );
  }
  if (kind === 'cut-off') {
    const after = nValues === 0 ? '' : ` after ${nValues} whole ${nValues === 1 ? 'value' : 'values'}`;
    return failure(
      'file-unreadable',
      `The JSON text ends in the middle of a value on line ${line}${after}; the file is cut off. Make it anew and open that.`,
    );
  }
  const between = mode === 'elements' ? 'Between the values of the array' : 'Between the values';
  return failure(
    'file-unreadable',
    `${between}, on line ${line}, stands something that JSON does not allow there; mend the line and open the file again.`,
  );
}

function explainValue({ kind, line }: ValueError, nValues: number): FailureError {
  const where = `Line ${line} (value ${nValues + 1} of the file)`;
  switch (kind) {
    case 'syntax':
      return failure('file-unreadable', `${where} is not valid JSON; mend it and open the file again.`);
    case 'not-a-number':
      return failure(
        'file-unreadable',
        `${where} is not valid JSON: it seems to hold a bare NaN or Infinity, which JSON has not. Write null instead and open the file again.`,
      );
    case 'too-deep':
      return failure('file-unreadable', `${where} is nested too deeply to be read.`);
    case 'mixed':
      return failure(
        'format-unknown',
        `${where} is no record like those before it: all must be objects, or all arrays of cells.`,
      );
    case 'no-record':
      return failure(
        'format-unknown',
        `${where} is a single value, not a record; a table in JSON is an array of objects, one a row.`,
      );
  }
}

function failure(
  code: 'file-unreadable' | 'file-too-large' | 'format-unknown',
  message: string,
): FailureError {
  return new FailureError({ code, message });
}
