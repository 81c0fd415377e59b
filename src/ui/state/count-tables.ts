import type { IngestClient } from '../../client/ingest';
import type { Dossier } from '../../release/dossier';
import type { Members } from '../../release/package';
import { formatCount, formatItems } from '../parts/NumberText';

/** A table of a package, counted by reading it, and what does not fit what is said of it. */
export interface CountedTable {
  readonly name: string;
  /** Null where it could not be read. */
  readonly counts: { readonly nRows: number; readonly nColumns: number } | null;
  /** A sentence for each thing that does not fit; holds no cell values. */
  readonly problems: readonly string[];
  /** What it was held against, in a few words; empty where there is nothing to hold it against. */
  readonly against: readonly string[];
}

/** Files that hold records. */
const RECORDS = /^synthetic(?:-override)?\.(?:csv|parquet|ndjson)$/;
const DICTIONARY = 'data-dictionary.csv';
/** Rows of a dictionary that are looked at. */
const MAX_COLUMNS = 10_000;

/** Reads every table of records in a package as the page reads any file, and holds it against dossier and dictionary. */
export async function countTables(
  members: Members,
  dossier: Dossier,
  newReader: () => IngestClient,
): Promise<readonly CountedTable[]> {
  const columns = await readDictionary(members, newReader);
  const nStated = dossier.run.output?.nRows ?? null;
  const counted: CountedTable[] = [];
  for (const [name, bytes] of members) {
    if (!RECORDS.test(name)) continue;
    const table = await countTable(bytes, newReader);
    counted.push(compareTable(name, table, nStated, columns));
  }
  return counted;
}

/** A column in a dictionary: a CSV file has its header as in the source, one with types its name. */
export interface ListedColumn {
  readonly header: string;
  readonly name: string;
}

interface Counted {
  readonly nRows: number;
  readonly headers: readonly string[];
}

async function countTable(
  bytes: Uint8Array<ArrayBuffer>,
  newReader: () => IngestClient,
): Promise<Counted | string> {
  const reader = newReader();
  try {
    const opened = await reader.open(new Blob([bytes]), {}, () => undefined);
    if (!opened.ok) return opened.failure.message;
    return { nRows: opened.value.nRows, headers: opened.value.writtenHeaders };
  } finally {
    reader.end();
  }
}

/** Holds a table against the number of rows that the dossier states and the headers that the dictionary lists. */
export function compareTable(
  name: string,
  table: Counted | string,
  nStated: number | null,
  columns: readonly ListedColumn[] | null,
): CountedTable {
  const against = [
    ...(nStated === null ? [] : ['the dossier']),
    ...(columns === null ? [] : ['the data dictionary']),
  ];
  if (typeof table === 'string')
    return { name, counts: null, problems: [`${name} could not be read as a table: ${table}`], against };
  const { nRows, headers } = table;
  const rows =
    nStated === null || nStated === nRows
      ? []
      : [`${name} has ${formatItems(nRows, 'row')}, and the dossier says ${formatCount(nStated)}.`];
  return {
    name,
    counts: { nRows, nColumns: headers.length },
    problems: [...rows, ...compareColumns(name, headers, columns)],
    against,
  };
}

function compareColumns(
  name: string,
  headers: readonly string[],
  columns: readonly ListedColumn[] | null,
): readonly string[] {
  if (columns === null) return [];
  if (headers.length !== columns.length)
    return [
      `${name} has ${formatItems(headers.length, 'column')}, and the data dictionary lists ${formatCount(columns.length)}.`,
    ];
  const at = headers.findIndex((header, i) => header !== columns[i]?.header && header !== columns[i]?.name);
  if (at < 0) return [];
  return [`Column ${at + 1} of ${name} has another name than in the data dictionary.`];
}

/** Headers of the columns of the synthetic file in its order; null where there is no such dictionary. */
async function readDictionary(
  members: Members,
  newReader: () => IngestClient,
): Promise<readonly ListedColumn[] | null> {
  const bytes = members.get(DICTIONARY);
  if (bytes === undefined) return null;
  const reader = newReader();
  try {
    const opened = await reader.open(new Blob([bytes]), { delimiter: ',', header: true }, () => undefined);
    if (!opened.ok) return null;
    const rows = await reader.preview(0, Math.min(opened.value.nRows, MAX_COLUMNS));
    return rows.ok ? listWritten(opened.value.headers, rows.value) : null;
  } finally {
    reader.end();
  }
}

/** Of the columns in a dictionary those that have a place in the file. */
export function listWritten(
  fields: readonly string[],
  rows: readonly (readonly string[])[],
): readonly ListedColumn[] | null {
  const [place, header, name] = ['position', 'source_header', 'name'].map((field) => fields.indexOf(field));
  if (place === undefined || header === undefined || name === undefined) return null;
  if (Math.min(place, header, name) < 0) return null;
  return rows
    .filter((row) => (row[place] ?? '') !== '')
    .map((row) => ({ header: row[header] ?? '', name: row[name] ?? '' }));
}
