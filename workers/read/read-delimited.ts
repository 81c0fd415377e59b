import type { DialectChoice, ReadNotice } from '../../src/api/ingest';
import {
  guessDelimiter,
  guessHeader,
  guessNewline,
  splitSample,
  type Reasoned,
} from '../../src/data/dialect';
import { FailureError } from '../../src/data/failure';
import { guessQuoting } from '../../src/data/guess-quoting';
import { makeHeadersUnique, nameColumns } from '../../src/data/headers';
import { CellParser } from '../../src/data/parse-cells';
import type { RawTable } from '../../src/data/raw-column';
import { RawTableBuilder } from '../../src/data/raw-table-builder';
import type { ByteSource } from './byte-source';
import { cancelled, emptyFile } from './failures';
import { openText, type TextSource } from './text-source';
import type { ReadOptions, ReadResult, TextLayout } from './types';

/** Characters looked at before the delimiter and the header are guessed. */
const SAMPLE_LENGTH = 1 << 18;
const PROGRESS_EVERY_MS = 100;

/**
 * Reads a delimited file from bytes to dictionary-coded columns, as a stream. Bytes that turn out not to be UTF-8
 * start the reading over as Windows-1252. Throws FailureError: empty, unreadable, cancelled.
 */
export async function readDelimited(bytes: ByteSource, options: ReadOptions): Promise<ReadResult> {
  const text = await openText(bytes, options.choice.encoding ?? null);
  try {
    return await readTable(bytes, text, options);
  } catch (thrown) {
    if (!(text.wasInvalid() && options.choice.encoding === undefined)) throw thrown;
    return readTable(bytes, await openText(bytes, 'fallback'), options);
  }
}

async function readTable(bytes: ByteSource, source: TextSource, options: ReadOptions): Promise<ReadResult> {
  const chunks = source.chunks();
  try {
    const { sample, isWhole } = await takeSample(chunks);
    const isShort = isWhole && sample.length <= SAMPLE_LENGTH;
    const layout = decideLayout(sample.slice(0, SAMPLE_LENGTH), isShort, options.choice);
    const reader = new RowReader(layout);
    reader.push(sample);
    if (!isWhole) {
      let reportedMs = -Infinity;
      for await (const chunk of chunks) {
        if (options.isCancelled()) throw cancelled();
        reader.push(chunk);
        const nowMs = options.nowMs();
        if (nowMs - reportedMs < PROGRESS_EVERY_MS) continue;
        reportedMs = nowMs;
        options.onProgress({
          bytesRead: bytes.bytesRead(),
          bytesTotal: bytes.bytesTotal,
          nRows: reader.nRows,
        });
        await letMessagesIn();
      }
    }
    if (options.isCancelled()) throw cancelled();
    const { table, notices } = reader.finish();
    const { bytesTotal } = bytes;
    options.onProgress({ bytesRead: bytesTotal, bytesTotal, nRows: table.nRows });
    return {
      table,
      notices: source.encoding.value === 'windows-1252' ? [...notices, ENCODING_NOTICE] : notices,
      format: { value: 'delimited', reason: 'The bytes are text, a row a line.' },
      part: { value: null, reason: 'The file is one table.' },
      parts: [],
      layout: describeLayout(source, layout, sample),
    };
  } finally {
    await chunks.return(undefined);
  }
}

function describeLayout(source: TextSource, layout: Layout, sample: string): TextLayout {
  return {
    encoding: source.encoding,
    byteOrderMark: source.byteOrderMark,
    newline: describeNewline(sample, layout.newline),
    delimiter: layout.delimiter,
    header: layout.header,
    quoting: guessQuoting(sample, layout.delimiter.value),
    comment: { value: null, reason: 'No line is taken for a comment.' },
  };
}

function describeNewline(sample: string, newline: '\n' | '\r'): TextLayout['newline'] {
  if (newline === '\r') return { value: '\r', reason: 'Lines end with CR, as on old Macintosh computers.' };
  return /\r\n/.test(sample)
    ? { value: '\r\n', reason: 'Lines end with CR LF, as on Windows.' }
    : { value: '\n', reason: 'Lines end with LF.' };
}

const ENCODING_NOTICE: ReadNotice = {
  kind: 'encoding',
  message: 'The text is read as Windows-1252; synthetic files are written as UTF-8.',
  count: 1,
};

async function takeSample(
  chunks: AsyncGenerator<string, void, undefined>,
): Promise<{ sample: string; isWhole: boolean }> {
  let sample = '';
  while (sample.length < SAMPLE_LENGTH) {
    const next = await chunks.next();
    if (next.done === true) return { sample, isWhole: true };
    sample += next.value;
  }
  return { sample, isWhole: false };
}

interface Layout {
  readonly delimiter: Reasoned<string>;
  readonly header: Reasoned<boolean>;
  readonly newline: '\n' | '\r';
  /** Names by place when the file has none; null = taken from the first row. */
  readonly width: number;
  /** True when rows have one cell more than the header: row names, as R writes them. */
  readonly hasRowNames: boolean;
}

function decideLayout(sample: string, isWhole: boolean, choice: DialectChoice): Layout {
  if (sample.trim() === '') throw emptyFile();
  if (sample.includes('\u0000')) {
    throw new FailureError({
      code: 'format-unknown',
      message: 'This file holds binary data, not delimited text; save the table as CSV and open that.',
    });
  }
  const chosen = { reason: 'Chosen by you.' };
  const delimiter =
    choice.delimiter === undefined ? guessDelimiter(sample, isWhole) : { value: choice.delimiter, ...chosen };
  const rows = splitSample(sample, delimiter.value, isWhole);
  const header = choice.header === undefined ? guessHeader(rows) : { value: choice.header, ...chosen };
  const body = rows.slice(1);
  const width = rows[0]?.length ?? 1;
  const hasRowNames =
    header.value && body.length > 0 && body.every((row) => row.length === width + 1 && row[width] !== '');
  return { delimiter, header, newline: guessNewline(sample), width, hasRowNames };
}

/** Text in, columns out; the first row becomes the header when there is one. */
class RowReader {
  private readonly parser: CellParser;
  private builder: RawTableBuilder | null = null;
  private readonly notices: ReadNotice[] = [];
  private nQuoteFaults = 0;

  constructor(private readonly layout: Layout) {
    this.parser = new CellParser(layout.delimiter.value, layout.newline);
  }

  get nRows(): number {
    return this.builder?.nRows ?? 0;
  }

  push(text: string): void {
    this.accept(this.parser.push(text));
  }

  finish(): { readonly table: RawTable; readonly notices: readonly ReadNotice[] } {
    this.accept(this.parser.end());
    const built = this.builder?.finish();
    if (built === undefined || built.table.nRows === 0) throw emptyFile();
    const notices = [...this.notices, ...built.notices];
    if (this.nQuoteFaults > 0) notices.push(describeQuotes(this.nQuoteFaults));
    return { table: built.table, notices };
  }

  private accept(chunk: { readonly rows: readonly string[][]; readonly nQuoteFaults: number }): void {
    this.nQuoteFaults += chunk.nQuoteFaults;
    for (const row of chunk.rows) {
      if (this.builder !== null) this.builder.push(row);
      else if (row.length > 1 || row[0] !== '') this.start(row);
    }
  }

  private start(first: readonly string[]): void {
    if (!this.layout.header.value) {
      this.builder = new RawTableBuilder(nameColumns(this.layout.width));
      this.builder.push(first);
      return;
    }
    const written = this.layout.hasRowNames ? ['', ...first] : first;
    const { headers, notices } = makeHeadersUnique(written);
    this.notices.push(...notices);
    this.builder = new RawTableBuilder(headers, written);
  }
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
