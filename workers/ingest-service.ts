import type {
  Dialect,
  Guess,
  IngestService,
  OpenedSource,
  Prepared,
  PrepareRequest,
} from '../src/api/ingest';
import type { Reasoned } from '../src/data/dialect';
import { reviseSchema } from '../src/data/revise';
import { FailureError, refuse, succeed, toFailure, type Outcome } from '../src/data/failure';
import { guessMissingTokens } from '../src/data/guess-missing';
import { guessNotation } from '../src/data/guess-notation';
import type { GeneralisedCount } from '../src/data/identifiers/generalise/generalisation';
import { generaliseTable } from '../src/data/identifiers/generalise/generalise-table';
import { logGeneralised } from '../src/data/identifiers/generalise/log-generalised';
import { inferSchema } from '../src/data/infer-schema';
import { isDelimiter } from '../src/data/text-format';
import { prepareTables } from '../src/data/prepare';
import { readModelled } from '../src/data/read-modelled';
import { profileTable } from '../src/data/profile';
import type { Schema } from '../src/data/schema';
import { cellAt, listWrittenHeaders, type RawTable } from '../src/data/raw-column';
import { measureSourceRisk } from '../src/data/source-risk/source-risk';
import { tallyKeys } from '../src/data/shared-keys';
import { createColumnSharer } from '../src/data/shared-column';
import type { ReadingRules } from '../src/data/tally';
import { findRaw } from '../src/data/to-table';
import type { DialectChoice } from '../src/api/ingest';
import { readSource } from './read/read-source';
import { beginFile } from './write/begin-file';
import type { FileWriter } from './write/types';

interface OpenTable {
  /** Coarsened as chosen. */
  readonly raw: RawTable;
  readonly dialect: Dialect;
  readonly generalised: readonly GeneralisedCount[];
  /** Before any edit. */
  readonly inferred: Schema;
}

type OnCells<T> = (raw: RawTable, rules: ReadingRules, open: OpenTable) => T;

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
  const withCells = <T>(act: OnCells<T>): Promise<Outcome<T>> =>
    withTable((open) => act(open.raw, rulesOf(open.dialect), open));

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
        const { raw, opened } = describeSource(read, choice);
        const { dialect, generalised, schema: inferred } = opened;
        table = { raw, dialect, generalised, inferred };
        return opened;
      });
    },
    cancel: () => Promise.resolve(void run++),
    preview: (start, nRows) => withTable(({ raw }) => takePreview(raw, start, nRows)),
    revise: (schema) => withCells((raw, rules) => reviseSchema(raw, schema, rules)),
    profile: (schema, choices = null) =>
      withCells((raw, rules, { inferred }) => profileTable(raw, schema, rules, choices, inferred)),
    measureRisk: (request) => withCells((raw, rules) => measureSourceRisk(raw, rules, request)),
    prepare: (request) => withTable((open) => prepare(open, request)),
    readModelled: (schema) =>
      withCells((raw, rules) => readModelled(raw, rules, schema, createColumnSharer())),
    tallyKeys: (column) => withCells((raw, rules) => tallyKeys(findRaw(raw, column), rules)),
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

function prepare({ raw, dialect, generalised }: OpenTable, request: PrepareRequest): Prepared {
  const prepared = prepareTables(raw, rulesOf(dialect), request, createColumnSharer());
  return { ...prepared, handlingLog: [...generalised.map(logGeneralised), ...prepared.handlingLog] };
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
  const { delimiter, decimalMark, thousandsMark, everyNthRow = 1, skippedRows = 0 } = choice;
  if (
    !Number.isSafeInteger(everyNthRow) ||
    everyNthRow < 1 ||
    !Number.isSafeInteger(skippedRows) ||
    skippedRows < 0
  )
    refuse(
      'option-invalid',
      'Numbers of rows are whole numbers, from 1 for every n-th and from 0 for those left out.',
    );
  if (delimiter !== undefined && !isDelimiter(delimiter))
    refuse(
      'option-invalid',
      'A delimiter is one to eight characters without quotes and line ends; choose another.',
    );
  if (decimalMark !== undefined && decimalMark === thousandsMark)
    refuse(
      'option-invalid',
      'The same mark cannot stand before decimals and between thousands; change one of the two.',
    );
}

function rulesOf(dialect: Dialect) {
  const { decimalMark, thousandsMark, missingTokens } = dialect;
  return {
    decimalMark: decimalMark.value,
    thousandsMark: thousandsMark.value,
    missingTokens: missingTokens.value,
  };
}

function describeSource(
  read: Awaited<ReturnType<typeof readSource>>,
  choice: DialectChoice,
): { readonly raw: RawTable; readonly opened: OpenedSource } {
  const missingTokens = choose(choice.missingTokens, () => guessMissingTokens(read.table));
  const notation = guessNotation(read.table, missingTokens.value, choice);
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
    decimalMark: mark(notation.decimalMark, choice.decimalMark !== undefined),
    thousandsMark: mark(notation.thousandsMark, choice.thousandsMark !== undefined),
    missingTokens,
  };
  const dayFirst = notation.decimalMark.value === ',' || layout.delimiter.value === ';';
  const { table: raw, counts } = generaliseTable(read.table, choice.generalise ?? [], rulesOf(dialect));
  const opened: OpenedSource = {
    dialect,
    parts: read.parts,
    nRows: raw.nRows,
    headers: raw.columns.map((column) => column.name),
    writtenHeaders: listWrittenHeaders(raw),
    notices: [...describeSample(dialect.everyNthRow), ...read.notices],
    schema: inferSchema(raw, { ...rulesOf(dialect), dayFirst }),
    generalised: counts,
  };
  return { raw, opened };
}

function describeSample({ value: n }: Guess<number>): OpenedSource['notices'] {
  if (n === 1) return [];
  const message = `Of the file's rows one in ${n} is read, beginning with the first; the others take no part in anything.`;
  return [{ kind: 'sample', message, count: n }];
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
