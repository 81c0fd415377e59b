import { FailureError } from '../../src/data/failure';

/** The file has no rows: nothing to do for the program. */
export function emptyFile(): FailureError {
  return new FailureError({
    code: 'file-empty',
    message: 'The file has no rows of data; choose a file with a table in it.',
  });
}

/** A person stopped the reading. */
export function cancelled(): FailureError {
  return new FailureError({ code: 'cancelled', message: 'Reading was cancelled.' });
}
