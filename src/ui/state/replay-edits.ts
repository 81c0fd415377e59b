import { applySchemaEdit } from '../../data/edits/apply-schema';
import type { Edit } from '../../data/edits/edit';
import { foldHandling, foldSplit } from '../../data/edits/fold';
import { succeed, type Failure, type Outcome } from '../../data/failure';
import type { Handling, SplitChoice } from '../../data/handling';
import type { Schema } from '../../data/schema';

/** What checks a schema against the open file. */
export interface SchemaReader {
  revise(schema: Schema): Promise<Outcome<Schema>>;
}

/** A file as read under the edits of its dialect, before any other. */
export interface Reading {
  readonly headers: readonly string[];
  /** As inferred. */
  readonly schema: Schema;
  readonly suggestedGroup: string | null;
}

export interface Replayed {
  readonly schema: Schema;
  readonly handling: Handling;
  readonly split: SplitChoice;
  /** Edits of the schema that the file does not admit → why; the others hold without them. */
  readonly refused: ReadonlyMap<Edit, Failure>;
}

type ColumnEdit = Extract<Edit, { of: 'schema' }>;

/**
 * What edits make of a reading: a function of the two and of nothing before, so that replaying equals having edited.
 * Edits of columns that the reading lacks change nothing. Fails only when the reader itself does, or else when `isWhole`
 * and not all edits are admitted together.
 */
export async function replayEdits(
  reader: SchemaReader,
  reading: Reading,
  edits: readonly Edit[],
  isWhole = false,
): Promise<Outcome<Replayed>> {
  const known = listSchemaEdits(edits).filter((edit) => reading.headers.includes(edit.column));
  const admission = new Admission(reader, reading.schema, isWhole);
  const broken = await admission.admit(known);
  if (broken !== null) return { ok: false, failure: broken };
  const { schema, refused } = admission;
  return succeed({ schema, refused, handling: foldHandling(edits), split: foldSplit(edits, reading) });
}

export function listSchemaEdits(edits: readonly Edit[]): readonly ColumnEdit[] {
  return edits.filter((edit): edit is ColumnEdit => edit.of === 'schema');
}

/** The largest part of a list that the file admits, found by halves: one question when all of it is. */
class Admission {
  schema: Schema;
  readonly refused = new Map<Edit, Failure>();
  private admitted: readonly ColumnEdit[] = [];

  constructor(
    private readonly reader: SchemaReader,
    private readonly inferred: Schema,
    private readonly isWhole: boolean,
  ) {
    this.schema = inferred;
  }

  /** Answers a failure that is none of the edits'. */
  async admit(edits: readonly ColumnEdit[]): Promise<Failure | null> {
    if (edits.length === 0) return null;
    const tried = [...this.admitted, ...edits];
    const revised = await this.reader.revise(tried.reduce(applySchemaEdit, this.inferred));
    if (revised.ok) {
      this.admitted = tried;
      this.schema = revised.value;
      return null;
    }
    if (this.isWhole || revised.failure.code !== 'schema-invalid') return revised.failure;
    const [only] = edits;
    if (edits.length === 1 && only !== undefined) this.refused.set(only, revised.failure);
    if (edits.length === 1) return null;
    const half = edits.length >> 1;
    return (await this.admit(edits.slice(0, half))) ?? this.admit(edits.slice(half));
  }
}
