import type { Dialect, OutputFormat } from '../../../api/ingest';
import { delimiters, encodings } from '../data/guess-words';

/** A format as it is offered: what it is called and what it is for. */
export interface FormatNote {
  readonly id: OutputFormat;
  readonly name: string;
  readonly what: string;
}

/** What records can be written as; `dialect` null = the source is not open. */
export function listFormats(dialect: Dialect | null): readonly FormatNote[] {
  return [
    { id: 'csv', name: 'CSV as in the source', what: describeCsv(dialect) },
    {
      id: 'ndjson',
      name: 'NDJSON',
      what: 'For programs that read a record at a time: one JSON object a line, with numbers, true, false and null.',
    },
    {
      id: 'parquet',
      name: 'Parquet',
      what: 'For pandas, R, DuckDB or Spark: small and fast, with the types of numbers and dates in the file.',
    },
  ];
}

/** The name of a format in a sentence. */
export function nameFormat(format: OutputFormat): string {
  return { csv: 'CSV', ndjson: 'NDJSON', parquet: 'Parquet' }[format];
}

function describeCsv(dialect: Dialect | null): string {
  const what = 'For whatever reads the source now, spreadsheets included';
  if (dialect === null) return `${what}: headers, marks and spelling are the source’s own.`;
  const words = <T>(options: readonly { value: T; words: string }[], value: T) =>
    options.find((option) => option.value === value)?.words ?? 'an unusual character';
  const delimiter = words(delimiters, dialect.delimiter.value).replace(/ .$/, '').toLowerCase();
  return `${what}: ${words(encodings, dialect.encoding.value)}, cells cut by ${delimiter}, headers and spelling as in the source.`;
}
