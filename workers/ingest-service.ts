import type { Dialect, Guess, IngestService, OpenedSource } from '../src/api/ingest';
import type { Reasoned } from '../src/data/dialect';
import { reviseSchema } from '../src/data/revise';
import { FailureError, succeed, toFailure, type Outcome } from '../src/data/failure';
import { guessDecimalMark } from '../src/data/guess-decimal-mark';
import { guessMissingTokens } from '../src/data/guess-missing';
import { inferSchema } from '../src/data/infer-schema';
import { isDelimiter } from '../src/data/text-format';
import { prepareTables } from '../src/data/prepare';
import { profileTable } from '../src/data/profile';
import { cellAt, listWrittenHeaders, type RawTable } from '../src/data/raw-column';
import { createColumnSharer } from '../src/data/shared-column';
import type { DialectChoice } from '../src/api/ingest';
import { readSource } from './read/read-source';
import { beginFile } from './write/begin-file';
import type { FileWriter } from './write/types';

interface OpenTable {
  readonly raw: RawTable;
  readonly dialect: Dialect;
}

/** What the service takes from its surroundings. */
export interface IngestSurroundings {
  /** Milliseconds that only go up; for spacing progress reports. */
  readonly nowMs: () => number;
}

/**
 * The service behind workers/ingest.ts as a plain object: callable in a test without a worker. Every method answers an
 * Outcome and none throws.
 */
export function createIngestService(
  surroundings: IngestSurroundings = { nowMs: () => performance.now() },
): IngestService {
  let table: OpenTable | null = null;
  let writer: FileWriter | null = null;
  let run = 0;

  const withTable = <T>(act: (open: OpenTable) => T): Promise<Outcome<T>> =>
    guard(() => {
      if (table === null) throw new FailureError({ code: 'file-unreadable', message: NO_FILE });
      return act(table);
    });

  return {
    open: (source, choice, onProgress, budgetBytes = Infinity) => {
      const own = ++run;
      table = null;
      writer = null;
      return guard(async () => {
        checkChoice(choice);
        const isCancelled = () => run !== own;
        const read = await readSource(source, {
          choice,
          onProgress,
          isCancelled,
          nowMs: surroundings.nowMs,
          budgetBytes,
        });
        const opened = describeSource(read, choice);
        table = { raw: read.table, dialect: opened.dialect };
        return opened;
      });
    },
    cancel: () => {
      run++;
      return Promise.resolve();
    },
    preview: (start, nRows) => withTable(({ raw }) => takePreview(raw, start, nRows)),
    revise: (schema) => withTable(({ raw, dialect }) => reviseSchema(raw, schema, rulesOf(dialect))),
    profile: (schema) => withTable(({ raw, dialect }) => profileTable(raw, schema, rulesOf(dialect))),
    prepare: (request) =>
      withTable(({ raw, dialect }) => prepareTables(raw, rulesOf(dialect), request, createColumnSharer())),
    beginWriting: (request) =>
      withTable(({ raw }) => {
        writer = beginFile(raw, request, rulesOf(request.dialect));
        const { encoding, notes } = writer;
        return { bytes: writer.begin(), encoding, notes };
      }),
    writeRows: (modelled) => guard(() => demandWriter(writer).rows(modelled)),
    endWriting: () =>
      guard(() => {
        const bytes = demandWriter(writer).end();
        writer = null;
        return bytes;
      }),
  };
}

function demandWriter(writer: FileWriter | null): FileWriter {
  if (writer === null) throw new FailureError({ code: 'internal', message: 'No file was begun.' });
  return writer;
}

const NO_FILE = 'No file is open here; open the file first.';

async function guard<T>(act: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return succeed(await act());
  } catch (thrown) {
    return { ok: false, failure: toFailure(thrown) };
  }
}

function checkChoice(choice: DialectChoice): void {
  if (choice.delimiter === undefined || isDelimiter(choice.delimiter)) return;
  throw new FailureError({
    code: 'option-invalid',
    message: 'A delimiter is one to eight characters without quotes and line ends; choose another.',
  });
}

function rulesOf(dialect: Dialect) {
  return { decimalMark: dialect.decimalMark.value, missingTokens: dialect.missingTokens.value };
}

function describeSource(read: Awaited<ReturnType<typeof readSource>>, choice: DialectChoice): OpenedSource {
  const missingTokens = choose(choice.missingTokens, () => guessMissingTokens(read.table));
  const decimalMark = choose(choice.decimalMark, () => guessDecimalMark(read.table, missingTokens.value));
  const { layout } = read;
  const { text = NO_TEXT } = layout;
  const mark = <T>(guess: Reasoned<T>, isChosen = false): Guess<T> => ({ ...guess, chosen: isChosen });
  const dialect: Dialect = {
    compression: mark(read.compression),
    format: mark(read.format),
    part: mark(read.part, choice.part !== undefined),
    encoding: mark(layout.encoding, choice.encoding !== undefined),
    byteOrderMark: mark(layout.byteOrderMark),
    newline: mark(layout.newline),
    delimiter: mark(layout.delimiter, choice.delimiter !== undefined),
    quote: mark(text.quote, choice.quote !== undefined),
    escape: mark(text.escape, choice.escape !== undefined),
    skippedRows: mark(text.skippedRows, choice.skippedRows !== undefined),
    everyNthRow: choose(choice.everyNthRow, () => ({ value: 1, reason: 'All rows are read.' })),
    header: mark(layout.header, choice.header !== undefined),
    quoting: mark(layout.quoting),
    comment: mark(layout.comment, choice.comment !== undefined),
    decimalMark,
    thousandsMark: choose(choice.thousandsMark, () => ({
      value: '',
      reason: 'No thousands mark is looked for.',
    })),
    missingTokens,
  };
  const dayFirst = decimalMark.value === ',' || layout.delimiter.value === ';';
  return {
    dialect,
    parts: read.parts,
    nRows: read.table.nRows,
    headers: read.table.columns.map((column) => column.name),
    writtenHeaders: listWrittenHeaders(read.table),
    notices: read.notices,
    schema: inferSchema(read.table, { ...rulesOf(dialect), dayFirst }),
  };
}

/** For sources that are no text. */
const NO_TEXT: NonNullable<Awaited<ReturnType<typeof readSource>>['layout']['text']> = {
  quote: { value: '"', reason: 'The source is no delimited text; this is how its table is written as one.' },
  escape: { value: 'double', reason: 'The source is no delimited text.' },
  skippedRows: { value: 0, reason: 'The source is no delimited text.' },
};

function choose<T>(chosen: T | undefined, guess: () => Reasoned<T>): Guess<T> {
  return chosen === undefined
    ? { ...guess(), chosen: false }
    : { value: chosen, reason: 'Chosen by you.', chosen: true };
}

function takePreview(raw: RawTable, start: number, nRows: number): readonly (readonly string[])[] {
  const first = Math.max(0, Math.floor(start));
  const end = Math.min(raw.nRows, first + Math.max(0, Math.floor(nRows)));
  return Array.from({ length: Math.max(0, end - first) }, (_, i) =>
    raw.columns.map((column) => cellAt(column, first + i)),
  );
}
