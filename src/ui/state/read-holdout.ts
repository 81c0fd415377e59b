import type { Dialect, DialectChoice, OpenedSource } from '../../api/ingest';
import type { IngestClient } from '../../client/ingest';
import { fail, succeed, type Outcome } from '../../data/failure';
import { DEFAULT_HANDLING, DEFAULT_SPLIT } from '../../data/handling';
import type { Generalisation } from '../../data/identifiers/generalise/generalisation';
import type { Schema } from '../../data/schema';
import type { Table } from '../../data/table';

/**
 * Modelled columns of a second file with the source's columns, read under the source's guesses and schema, as they
 * stand: coarsened like the source, nothing pooled, nothing capped, levels of its own. Fails when the columns differ or below 50 rows.
 */
export async function readHoldout(
  reader: IngestClient,
  file: Blob,
  source: OpenedSource,
  schema: Schema,
  generalise: readonly Generalisation[] = [],
): Promise<Outcome<Table>> {
  const opened = await reader.open(file, { ...fixDialect(source.dialect), generalise }, () => undefined);
  if (!opened.ok) return opened;
  const missing = source.headers.find((header, i) => opened.value.headers[i] !== header);
  if (missing !== undefined) {
    return fail(
      'schema-invalid',
      `The holdout file must have the columns of the source in the same order; "${missing}" is missing or elsewhere.`,
    );
  }
  const revised = await reader.revise(schema);
  if (!revised.ok) return revised;
  const prepared = await reader.prepare({
    schema: revised.value,
    handling: { ...DEFAULT_HANDLING, poolRareLevels: false, capExtremes: false },
    split: { ...DEFAULT_SPLIT, fraction: 0 },
  });
  return prepared.ok ? succeed(prepared.value.trainAsRead) : prepared;
}

/** The guesses made for one file, as choices for another. */
function fixDialect(dialect: Dialect): DialectChoice {
  const { delimiter, quote, escape, comment, header, decimalMark, thousandsMark, missingTokens } = dialect;
  return {
    delimiter: delimiter.value,
    quote: quote.value,
    escape: escape.value,
    comment: comment.value,
    header: header.value,
    decimalMark: decimalMark.value,
    thousandsMark: thousandsMark.value,
    missingTokens: missingTokens.value,
  };
}
