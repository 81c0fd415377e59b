import type { OutputFormat } from '../../api/ingest';

/** The name with the ending of a format, in place of one that another format or delimited text would have. */
export function changeEnding(fileName: string, format: OutputFormat): string {
  const stem = fileName.replace(/\.(?:csv|tsv|txt|ndjson|jsonl|json|parquet)$/i, '');
  return stem.trim() === '' ? fileName : `${stem}.${format}`;
}
