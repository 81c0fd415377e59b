import type { DialectChoice, ReadNotice } from '../../src/api/ingest';
import { DelimitedTableBuilder } from '../../src/data/delimited-table-builder';
import { isBinary } from '../../src/data/encoding';
import { FailureError } from '../../src/data/failure';
import { guessFormat, type FormatGuess } from '../../src/data/guess-format';
import { guessQuoting } from '../../src/data/guess-quoting';
import { planTable, type TablePlan } from '../../src/data/plan-table';
import type { TextSample } from '../../src/data/rate-format';
import { countLines } from '../../src/data/row-notices';
import { CellScanner, type ScanCounts } from '../../src/data/scan-cells';
import { decodeUtf8 } from '../../src/data/utf8';
import type { ByteSource } from './byte-source';
import { cancelled, emptyFile } from './failures';
import { NeedWatch } from './need-watch';
import { openText, type TextSource } from './text-source';
import type { ReadOptions, ReadResult, TextLayout } from './types';

/** Bytes read before anything is guessed: this many, and more until there are a few rows. */
const SAMPLE_BYTES = 1 << 18;
const MIN_SAMPLE_ROWS = 20;
const MAX_SAMPLE_BYTES = 1 << 24;
/** Bytes that guesses are made from. */
const MAX_GUESSED_BYTES = 1 << 21;
const PROGRESS_EVERY_MS = 100;

/**
 * Reads a delimited file from bytes to dictionary-coded columns, as a stream. Bytes that turn out not to be UTF-8
 * start the reading over in an older encoding. Throws FailureError: empty, unreadable, cancelled.
 */
export async function readDelimited(bytes: ByteSource, options: ReadOptions): Promise<ReadResult> {
  const { encoding } = options.choice;
  if (encoding !== undefined) return readTable(bytes, await openText(bytes, encoding), options);
  for (const attempt of [null, 'fallback'] as const) {
    const text = await openText(bytes, attempt);
    try {
      return await readTable(bytes, text, options);
    } catch (thrown) {
      if (!text.wasInvalid()) throw thrown;
    }
  }
  return readTable(bytes, await openText(bytes, 'last'), options);
}

async function readTable(bytes: ByteSource, source: TextSource, options: ReadOptions): Promise<ReadResult> {
  const chunks = source.utf8();
  try {
    const { sample, isWhole } = await takeSample(chunks);
    const isShort = isWhole && sample.length <= SAMPLE_BYTES;
    const text = decodeUtf8(sample, 0, Math.min(sample.length, MAX_GUESSED_BYTES));
    const layout = decideLayout({ text, isWhole: isShort }, options.choice);
    const builder = new DelimitedTableBuilder(layout.plan);
    const scanner = new CellScanner(layout.guess.format, builder);
    const watch = new NeedWatch(options.budgetBytes, layout.plan.everyNthRow);
    const look = () =>
      watch.look({
        ...builder.size(),
        nFound: builder.nFound,
        share: bytes.bytesTotal === 0 ? 1 : bytes.bytesRead() / bytes.bytesTotal,
      });
    scanner.push(sample);
    look();
    let reportedMs = -Infinity;
    for await (const chunk of chunks) {
      if (options.isCancelled()) throw cancelled();
      scanner.push(chunk);
      look();
      const nowMs = options.nowMs();
      if (nowMs - reportedMs < PROGRESS_EVERY_MS) continue;
      reportedMs = nowMs;
      options.onProgress({
        bytesRead: bytes.bytesRead(),
        bytesTotal: bytes.bytesTotal,
        nRows: builder.nFound,
      });
      await letMessagesIn();
    }
    if (options.isCancelled()) throw cancelled();
    scanner.end();
    const { table, notices } = builder.finish();
    if (table.nRows === 0) throw emptyFile(layout.header.value);
    const { bytesTotal } = bytes;
    options.onProgress({ bytesRead: bytesTotal, bytesTotal, nRows: table.nRows });
    return {
      table,
      notices: [
        ...layout.notices,
        ...notices,
        ...describeCounts(scanner.counts),
        ...describeEncoding(source.encoding.value),
      ],
      format: { value: 'delimited', reason: 'The bytes are text, a row a line.' },
      part: { value: null, reason: 'The file is one table.' },
      parts: [],
      layout: describeLayout(source, layout, text),
    };
  } finally {
    await chunks.return(undefined);
  }
}

function describeLayout(source: TextSource, { guess, header }: Layout, sample: string): TextLayout {
  const { delimiter, quote, escape, comment, skippedRows } = guess;
  return {
    encoding: source.encoding,
    byteOrderMark: source.byteOrderMark,
    newline: describeNewline(sample),
    delimiter,
    header,
    quoting: guessQuoting(sample, guess.format),
    comment,
    text: { quote, escape, skippedRows },
  };
}

function describeNewline(sample: string): TextLayout['newline'] {
  if (!sample.includes('\n') && sample.includes('\r'))
    return { value: '\r', reason: 'Lines end with CR, as on old Macintosh computers.' };
  return /\r\n/.test(sample)
    ? { value: '\r\n', reason: 'Lines end with CR LF, as on Windows.' }
    : { value: '\n', reason: 'Lines end with LF.' };
}

function describeEncoding(encoding: TextLayout['encoding']['value']): ReadNotice[] {
  if (encoding.startsWith('utf-')) return [];
  const name = encoding === 'windows-1252' ? 'Windows-1252' : encoding;
  const message = `The text is not UTF-8 and is read as ${name}; check the letters that are not English.`;
  return [{ kind: 'encoding', message, count: 1 }];
}

async function takeSample(
  chunks: AsyncGenerator<Uint8Array, void, undefined>,
): Promise<{ sample: Uint8Array; isWhole: boolean }> {
  const taken: Uint8Array[] = [];
  let nBytes = 0;
  let nLineEnds = 0;
  while (nBytes < SAMPLE_BYTES || (nBytes < MAX_SAMPLE_BYTES && nLineEnds <= MIN_SAMPLE_ROWS)) {
    const next = await chunks.next();
    if (next.done === true) return { sample: join(taken, nBytes), isWhole: true };
    taken.push(next.value);
    nBytes += next.value.length;
    nLineEnds += countLineEnds(next.value);
  }
  return { sample: join(taken, nBytes), isWhole: false };
}

function join(chunks: readonly Uint8Array[], nBytes: number): Uint8Array {
  const joined = new Uint8Array(nBytes);
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}

function countLineEnds(bytes: Uint8Array): number {
  let n = 0;
  for (const byte of bytes) if (byte === 0x0a || byte === 0x0d) n++;
  return n;
}

interface Layout extends TablePlan {
  readonly guess: FormatGuess;
}

function decideLayout(sample: TextSample, choice: DialectChoice): Layout {
  if (sample.text.trim() === '') throw emptyFile();
  if (isBinary(sample.text)) {
    throw new FailureError({
      code: 'format-unknown',
      message: 'This file holds binary data, not delimited text; save the table as CSV and open that.',
    });
  }
  const guess = guessFormat(sample, choice);
  if (guess.rows.length === 0) throw emptyFile();
  return { guess, ...planTable(guess, choice) };
}

function describeCounts({ nQuoteFaults, nNuls, nComments }: ScanCounts): ReadNotice[] {
  const notices: ReadNotice[] = [];
  if (nQuoteFaults > 0) notices.push(describeQuotes(nQuoteFaults));
  if (nComments > 0) {
    const message = `${countLines(nComments, 'comment ')} left out.`;
    notices.push({ kind: 'comment', message, count: nComments });
  }
  if (nNuls > 0) {
    const places = nNuls === 1 ? '1 NUL character is' : `${nNuls} NUL characters are`;
    const message = `${places} kept in the cells as they stand; they are often a sign of a damaged file.`;
    notices.push({ kind: 'control', message, count: nNuls });
  }
  return notices;
}

function describeQuotes(count: number): ReadNotice {
  const places = count === 1 ? '1 quote does' : `${count} quotes do`;
  const message = `${places} not follow the rules; the cells there are taken as they stand. Check the columns around them.`;
  return { kind: 'quote', message, count };
}

/** A turn of the event loop, so that a call of `cancel` gets through. */
function letMessagesIn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
