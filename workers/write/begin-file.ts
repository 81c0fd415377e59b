import type { WriteRequest } from '../../src/api/ingest';
import { makeOutputColumns } from '../../src/data/output-columns';
import type { RawTable } from '../../src/data/raw-column';
import type { ReadingRules } from '../../src/data/tally';
import type { FileWriter } from './types';
import { writeDelimited } from './write-delimited';
import { writeNdjson } from './write-ndjson';
import { writeParquet } from './write-parquet';

/** The writer of a file of synthetic rows in the format that is asked for. Throws FailureError `schema-invalid`. */
export function beginFile(raw: RawTable, request: WriteRequest, rules: ReadingRules): FileWriter {
  const columns = makeOutputColumns(raw, request, rules);
  switch (request.format) {
    case 'csv':
      return writeDelimited(columns, request, rules);
    case 'ndjson':
      return writeNdjson(columns);
    case 'parquet':
      return writeParquet(columns, request.marks);
  }
}
