import type { DialectChoice, IngestService, OpenedSource, PrepareRequest } from '../../src/api/ingest';
import { DEFAULT_HANDLING, DEFAULT_SPLIT } from '../../src/data/handling';
import type { Outcome } from '../../src/data/failure';
import { RawColumnBuilder, type RawTable } from '../../src/data/raw-column';
import type { ColumnSchema, Schema } from '../../src/data/schema';
import { createIngestService } from '../../workers/ingest-service';

/** The value of an outcome; throws what failed. */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`${outcome.failure.code}: ${outcome.failure.message} ${outcome.failure.detail ?? ''}`);
}

/** A service with these bytes open. */
export async function openBytes(
  bytes: BlobPart,
  choice: DialectChoice = {},
): Promise<{ service: IngestService; opened: OpenedSource }> {
  const service = createIngestService();
  const opened = unwrap(await service.open(new Blob([bytes]), choice, () => undefined));
  return { service, opened };
}

/** All rows as read. */
export async function readRows(service: IngestService): Promise<readonly (readonly string[])[]> {
  return unwrap(await service.preview(0, Number.MAX_SAFE_INTEGER));
}

/** A raw table of the given columns. */
export function makeRaw(columns: Readonly<Record<string, readonly string[]>>): RawTable {
  const built = Object.entries(columns).map(([name, cells]) => {
    const builder = new RawColumnBuilder();
    for (const cell of cells) builder.push(cell);
    return builder.finish(name);
  });
  return { nRows: built[0]?.codes.length ?? 0, columns: built };
}

/** The schema of a column that must be there. */
export function findColumn(columns: readonly ColumnSchema[], name: string): ColumnSchema {
  const column = columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new Error(`no column ${name}`);
  return column;
}

export const PLAIN_RULES = {
  decimalMark: '.',
  thousandsMark: '',
  missingTokens: [],
  dayFirst: false,
} as const;

/** A CSV cohort of n rows over n / 2 patients. */
export function makeCohort(n: number): string {
  const rows = Array.from({ length: n }, (_, i) => {
    const born = `${1930 + (i % 60)}-0${1 + (i % 9)}-1${i % 10}`;
    const lactate = i % 11 === 0 ? 'NA' : `${(i % 7) + 0.5}0`;
    return `P${1000 + (i >> 1)},${20 + (i % 70)},${i % 3 === 0 ? 'F' : 'M'},${born},${lactate},${i % 5 === 0 ? 1 : 0},note ${i} about the patient who came in`;
  });
  return `patient_id,age,sex,born,lactate,died,note\n${rows.join('\n')}\n`;
}

/** A request with default handling and split. */
export const makeRequest = (schema: Schema, change: Partial<PrepareRequest> = {}): PrepareRequest => ({
  schema,
  handling: DEFAULT_HANDLING,
  split: DEFAULT_SPLIT,
  ...change,
});
