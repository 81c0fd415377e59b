import { FailureError } from '../../src/data/failure';

/** The file has no rows, or none but the line that was read as its header: nothing to do for the program. */
export function emptyFile(hasHeader = false): FailureError {
  return new FailureError({
    code: 'file-empty',
    message: hasHeader
      ? 'The file has one line, read as its header, and no rows of data below it; choose a file with a table in it.'
      : 'The file has no rows of data; choose a file with a table in it.',
  });
}

/** A person stopped the reading. */
export function cancelled(): FailureError {
  return new FailureError({ code: 'cancelled', message: 'Reading was cancelled.' });
}
