import { isGzip, nameForeignFormat } from '../../src/data/encoding';
import type { Reasoned } from '../../src/data/dialect';
import { FailureError } from '../../src/data/failure';
import { openGzip, openPlain, peekBytes } from './byte-source';
import { emptyFile } from './failures';
import { readDelimited } from './read-delimited';
import type { ReadOptions, ReadResult } from './types';

export type Compression = 'none' | 'gzip' | 'zip';

/**
 * Reads a file of any known format to dictionary-coded columns: unpacks it, tells the format by its bytes, and hands
 * over to the reader of that format. Throws FailureError: empty, foreign format, unreadable, cancelled.
 */
export async function readSource(
  file: Blob,
  options: ReadOptions,
): Promise<ReadResult & { readonly compression: Reasoned<Compression> }> {
  if (file.size === 0) throw emptyFile();
  const plain = openPlain(file);
  const head = await peekBytes(plain);
  const foreign = nameForeignFormat(head);
  if (foreign !== null) {
    throw new FailureError({
      code: 'format-unknown',
      message: `This file is ${foreign}, not delimited text; save the table as CSV and open that.`,
    });
  }
  if (isGzip(head)) {
    const compression = { value: 'gzip', reason: 'The file starts with the gzip mark.' } as const;
    return { ...(await readDelimited(openGzip(file), options)), compression };
  }
  const compression = { value: 'none', reason: 'The file has no compression mark.' } as const;
  return { ...(await readDelimited(plain, options)), compression };
}
