import type { DialectChoice, OpenedSource } from '../../api/ingest';
import type { IngestClient } from '../../client/ingest';
import { fail, succeed, type Outcome } from '../../data/failure';
import { isModelled, isNumeric, type ColumnSchema, type Schema } from '../../data/schema';
import { listKeys, tellSharedKeys } from '../../data/shared-keys';
import type { Table } from '../../data/table';
import { formatItems } from '../parts/NumberText';

/** Tables of several files under one schema, as they stand: nothing pooled, nothing capped. */
export interface ComparedFiles {
  /** Columns that can be compared: modelled, and present in every file. */
  readonly schema: Schema;
  readonly train: Table;
  readonly holdout: Table | null;
  readonly synthetic: Table;
  /** Columns that are not compared and why, a sentence each; holds no cell values. */
  readonly notes: readonly string[];
  /** Why the holdout is no control, where train has the same patients, a sentence each. */
  readonly cautions: readonly string[];
}

/**
 * Reads tables made by whatever program: columns are matched by name, in any order, and read as train's are, so that a
 * file may quote, round and leave out otherwise. The schema is that of a schema.json, or train's as inferred.
 */
export class ComparedReader {
  constructor(private readonly newReader: () => IngestClient) {}

  /** Names of the columns of a file that a model could be taught to predict. */
  async listColumns(file: File): Promise<Outcome<readonly string[]>> {
    const reader = this.newReader();
    try {
      const opened = await openFile({ label: 'train', file, reader }, []);
      if (!opened.ok) return opened;
      return succeed(opened.value.schema.columns.filter(isModelled).map(({ name }) => name));
    } finally {
      reader.end();
    }
  }

  async read(
    files: { readonly train: File; readonly holdout: File | null; readonly synthetic: File },
    wanted: Schema | null,
  ): Promise<Outcome<ComparedFiles>> {
    const given = (['train', 'synthetic', 'holdout'] as const).flatMap((label) => {
      const file = files[label];
      return file === null ? [] : [{ label, file, reader: this.newReader() }];
    });
    try {
      return await readAll(given, wanted);
    } finally {
      for (const { reader } of given) reader.end();
    }
  }
}

/** A file with the worker that reads it. */
interface Given {
  readonly label: 'train' | 'synthetic' | 'holdout';
  readonly file: File;
  readonly reader: IngestClient;
}

type Opened = Given & { readonly source: OpenedSource };

async function readAll(given: readonly Given[], wanted: Schema | null): Promise<Outcome<ComparedFiles>> {
  const opened = await openAll(given);
  if (!opened.ok) return opened;
  const [train] = opened.value;
  const model = wanted ?? train?.source.schema;
  if (model === undefined) throw new TypeError('train comes first');
  const { names, notes } = chooseColumns(
    model,
    opened.value.map(({ source }) => source),
  );
  if (names.size === 0) return fail('schema-invalid', NOTHING_SHARED);
  const tables: Partial<Record<Given['label'], ReadTable>> = {};
  for (const each of opened.value) {
    const read = await readTable(each, matchSchema(each, model, names));
    if (!read.ok) return read;
    tables[each.label] = read.value;
  }
  const cautions = await findSharedKeys(model, opened.value);
  if (!cautions.ok) return cautions;
  const { train: own, synthetic, holdout } = tables;
  if (own === undefined || synthetic === undefined) throw new TypeError('two tables were read');
  return succeed({
    schema: own.schema,
    train: own.table,
    holdout: holdout?.table ?? null,
    synthetic: synthetic.table,
    notes,
    cautions: cautions.value,
  });
}

/** Opens the files, train first; what means missing in train does so in the others. */
async function openAll(given: readonly Given[]): Promise<Outcome<readonly Opened[]>> {
  const opened: Opened[] = [];
  for (const each of given) {
    const [train] = opened;
    const source = await openFile(each, train === undefined ? [] : missingOf(train.source));
    if (!source.ok) return source;
    opened.push({ ...each, source: source.value });
  }
  return succeed(opened);
}

const NOTHING_SHARED =
  'The files share no column that can be compared. Give files of one table: columns are matched by the names in the header.';

/** Cells that pandas reads as missing unless told otherwise, and with it SDMetrics and most generators. */
const MISSING_ELSEWHERE: ReadonlySet<string> = new Set(
  '#N/A|#N/A N/A|#NA|-1.#IND|-1.#QNAN|-NaN|-nan|1.#IND|1.#QNAN|<NA>|N/A|NA|NULL|NaN|None|n/a|nan|null'.split(
    '|',
  ),
);

/**
 * Opens a file as the programs read it that make and judge such files: a mark such as "?" is a value of its own, unless a
 * column holds numbers or dates beside it, or it means missing in train.
 */
async function openFile(
  { reader, label, file }: Given,
  missing: readonly string[],
): Promise<Outcome<OpenedSource>> {
  const open = async (choice: DialectChoice) => name(label, await reader.open(file, choice, () => undefined));
  const guessed = await open({});
  if (!guessed.ok) return guessed;
  const own = missingOf(guessed.value);
  const elsewhere = own.filter((token) => MISSING_ELSEWHERE.has(token));
  const wanted = [...new Set([...elsewhere, ...missing])];
  if (isSameSet(own, wanted)) return guessed;
  const read = await open({ missingTokens: wanted });
  if (!read.ok || label !== 'train' || keepsTypes(guessed.value.schema, read.value.schema)) return read;
  return open({ missingTokens: own });
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((token) => b.includes(token));
}

/** True where no column of numbers or dates became another. */
function keepsTypes(before: Schema, after: Schema): boolean {
  return before.columns.every((column, i) => !isNumeric(column) || after.columns[i]?.type === column.type);
}

function missingOf({ dialect }: OpenedSource): readonly string[] {
  return dialect.missingTokens.value;
}

/** Which of the three files a failure speaks of. */
function name<T>(label: Given['label'], outcome: Outcome<T>): Outcome<T> {
  if (outcome.ok) return outcome;
  const { failure } = outcome;
  const message = failure.message.replace(/^The /, 'the ');
  return { ok: false, failure: { ...failure, message: `The ${label} file: ${message}` } };
}

function chooseColumns(
  schema: Schema,
  sources: readonly OpenedSource[],
): { readonly names: ReadonlySet<string>; readonly notes: readonly string[] } {
  const modelled = schema.columns.filter(isModelled).map((column) => column.name);
  const isShared = (column: string) => sources.every(({ headers }) => headers.includes(column));
  const names = new Set(modelled.filter(isShared));
  const absent = modelled.filter((column) => !names.has(column));
  const unlike = schema.columns.filter((column) => !isModelled(column)).map((column) => column.name);
  const list = (columns: readonly string[]) => columns.map((column) => `"${column}"`).join(', ');
  return {
    names,
    notes: [
      ...(absent.length === 0
        ? []
        : [`${formatItems(absent.length, 'column')} not in every file, so not compared: ${list(absent)}.`]),
      ...(unlike.length === 0
        ? []
        : [
            `${formatItems(unlike.length, 'column')} left out or holding identifiers, free text or one value, so not compared: ${list(unlike)}.`,
          ]),
    ],
  };
}

/** Looks for patients whose rows are in train and in the holdout, by the keys that both files have. */
async function findSharedKeys(
  schema: Schema,
  opened: readonly Opened[],
): Promise<Outcome<readonly string[]>> {
  const [train, holdout] = (['train', 'holdout'] as const).map((label) =>
    opened.find((each) => each.label === label),
  );
  if (train === undefined || holdout === undefined) return succeed([]);
  const cautions: string[] = [];
  for (const column of listKeys(schema, [train.source.headers, holdout.source.headers])) {
    const own = await train.reader.tallyKeys(column);
    if (!own.ok) return own;
    const held = await holdout.reader.tallyKeys(column);
    if (!held.ok) return held;
    const told = tellSharedKeys(own.value, held.value);
    if (told !== null) cautions.push(told);
  }
  return succeed(cautions);
}

/** The schema under which a file is read: shared columns as in train, all others left out. */
function matchSchema(
  { label, source: { schema } }: Opened,
  model: Schema,
  names: ReadonlySet<string>,
): Schema {
  const columns = schema.columns.map((own): ColumnSchema => {
    const wanted = model.columns.find(({ name: other }) => names.has(own.name) && other === own.name);
    if (wanted === undefined) return { ...own, included: false, role: 'none' };
    return label === 'train' ? wanted : { ...loosen(wanted, own), included: true };
  });
  return { ...schema, columns };
}

/** Whole numbers may have come back with decimals, dates in another pattern, and a yes or no as a third word. */
function loosen(wanted: ColumnSchema, own: ColumnSchema): ColumnSchema {
  const base = { ...wanted, bounds: null, levels: null };
  if (wanted.type === 'integer') return { ...base, type: 'continuous', decimals: null };
  if (wanted.type === 'boolean') return { ...base, type: 'categorical' };
  if (wanted.type === 'datetime' && own.type === 'datetime') return { ...base, format: own.format };
  return base;
}

interface ReadTable {
  readonly schema: Schema;
  readonly table: Table;
}

async function readTable({ reader, label }: Opened, schema: Schema): Promise<Outcome<ReadTable>> {
  const revised = await reader.revise(schema);
  if (!revised.ok) return name(label, revised);
  const read = await reader.readModelled(revised.value);
  if (!read.ok) return name(label, read);
  const columns = revised.value.columns.filter(isModelled);
  return succeed({ schema: { ...revised.value, columns }, table: read.value });
}
