import type { Dialect, WriteRequest } from '../../src/api/ingest';
import type { NumberNotation } from '../../src/data/number-text';
import type { OutputColumn } from '../../src/data/output-columns';
import { CsvWriter, type LineStyle } from '../../src/data/write-csv';
import { chooseEncoding, encodeMark } from './text-encoder';
import type { FileWriter } from './types';

/** Delimited text in the source's own dialect, encoding and byte order mark included. */
export function writeDelimited(
  columns: readonly OutputColumn[],
  request: WriteRequest,
  notation: NumberNotation,
): FileWriter {
  const { dialect } = request;
  const csv = new CsvWriter(columns, findLineStyle(dialect), notation);
  const text = chooseEncoding(dialect.encoding.value, listOwnTexts(columns, request));
  return {
    encoding: text.encoding,
    notes: text.notes,
    begin: () => {
      const mark = encodeMark(text, dialect.byteOrderMark.value);
      const header = text.encode(csv.header());
      const bytes = new Uint8Array(mark.length + header.length);
      bytes.set(mark);
      bytes.set(header, mark.length);
      return bytes;
    },
    rows: (modelled) => text.encode(csv.rows(modelled)),
    end: () => new Uint8Array(),
  };
}

function findLineStyle(dialect: Dialect): LineStyle {
  return {
    delimiter: dialect.delimiter.value,
    newline: dialect.newline.value,
    header: dialect.header.value,
    quoting: dialect.quoting.value,
    comment: dialect.comment.value,
    quote: dialect.quote.value ?? '"',
    escape: dialect.escape.value,
  };
}

/** Texts that need not stand in a cell of the source. */
function* listOwnTexts(columns: readonly OutputColumn[], { handling }: WriteRequest): Generator<string> {
  if (handling.poolRareLevels) yield handling.pooledLabel;
  for (const { header, schema } of columns) {
    yield header;
    yield schema.missingToken;
    yield schema.constant ?? '';
  }
}
