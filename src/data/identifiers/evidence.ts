import type { ColumnType, Schema } from '../schema';
import type { Tally } from '../tally';

/** One column as the identifier detector sees it. */
export interface ColumnEvidence {
  readonly name: string;
  /** As inferred or chosen. */
  readonly type: ColumnType;
  /** Datetime pattern, null for other types. */
  readonly format: string | null;
  /** Different trimmed texts that are no missing value. */
  readonly texts: readonly string[];
  /** Rows of each text, aligned with `texts`. */
  readonly counts: ArrayLike<number>;
  readonly nPresent: number;
}

/** What the detector needs of every column of a schema; `tallies` are aligned with its columns. */
export function gatherEvidence(schema: Schema, tallies: readonly Tally[]): ColumnEvidence[] {
  return schema.columns.map(({ name, type, format }, i) => {
    const { texts = [], counts = [], nPresent = 0 } = tallies[i] ?? {};
    return { name, type, format, texts, counts, nPresent };
  });
}
