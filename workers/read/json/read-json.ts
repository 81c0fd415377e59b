import type { ReadNotice } from '../../../src/api/ingest';
import { guessEncoding } from '../../../src/data/encoding';
import { sniffJson } from '../../../src/data/json/sniff-json';
import { ValueSplitter, type SplitMode } from '../../../src/data/json/split-values';
import type { ByteSource } from '../byte-source';
import { cancelled } from '../failures';
import { Pace } from '../pace';
import { openText, type TextSource } from '../text-source';
import type { ReadOptions, ReadResult } from '../types';
import { explainJson, MAX_VALUE_LENGTH } from './explain-json';
import { JsonTable } from './json-table';

/** Characters looked at to tell JSON from delimited text. */
const SNIFFED_BYTES = 1 << 16;

/** How the values of the text are cut out where these bytes start JSON, else null. */
export function sniffJsonBytes(head: Uint8Array, encoding?: string): SplitMode | null {
  const decoder = new TextDecoder(encoding ?? guessEncoding(head).value);
  return sniffJson(decoder.decode(head, { stream: true }), head.length < SNIFFED_BYTES);
}

/**
 * Reads JSON and NDJSON as a stream of records, numbers as they are written. An object that holds the records somewhere
 * inside is read whole. Throws FailureError: unreadable with the line, too large, empty, cancelled.
 */
export async function readJson(
  bytes: ByteSource,
  mode: SplitMode,
  options: ReadOptions,
): Promise<ReadResult> {
  const text = await openText(bytes, options.choice.encoding ?? null);
  try {
    return await readText(bytes, text, mode, options);
  } catch (thrown) {
    if (!(text.wasInvalid() && options.choice.encoding === undefined)) throw thrown;
    return readText(bytes, await openText(bytes, 'last'), mode, options);
  }
}

async function readText(
  bytes: ByteSource,
  source: TextSource,
  mode: SplitMode,
  options: ReadOptions,
): Promise<ReadResult> {
  const pace = new Pace(bytes.bytesTotal, options);
  const splitter = new ValueSplitter(mode, MAX_VALUE_LENGTH);
  const table = new JsonTable(mode, options.choice);
  try {
    for await (const chunk of source.chunks()) {
      if (pace.isCancelled()) throw cancelled();
      for (const value of splitter.push(chunk)) table.push(value);
      pace.bytesDone = bytes.bytesRead();
      await pace.report(table.nRows, table.size());
    }
    for (const value of splitter.end()) table.push(value);
  } catch (thrown) {
    throw explainJson(thrown, mode, table.nValues);
  }
  if (pace.isCancelled()) throw cancelled();
  const read = table.finish();
  pace.finish(read.table.nRows);
  return describe(read, source);
}

function describe(read: ReturnType<JsonTable['finish']>, source: TextSource): ReadResult {
  const isFallback = source.encoding.value === 'windows-1252';
  const none = (name: string) => `JSON has no ${name}; this is how its table is written as text.`;
  return {
    table: read.table,
    notices: isFallback ? [...read.notices, ENCODING_NOTICE] : read.notices,
    format: read.format,
    part: read.part,
    parts: read.parts,
    layout: {
      encoding: source.encoding,
      byteOrderMark: source.byteOrderMark,
      newline: { value: '\n', reason: none('line ends of its own') },
      delimiter: { value: ',', reason: none('delimiter') },
      header: read.header,
      quoting: { value: 'needed', reason: none('cells to quote') },
      comment: { value: null, reason: none('comment lines') },
    },
  };
}

const ENCODING_NOTICE: ReadNotice = {
  kind: 'encoding',
  message: 'The text is not UTF-8 and is read as Windows-1252; check the letters that are not English.',
  count: 1,
};
