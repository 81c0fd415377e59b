import { inferSchema } from '../../../src/data/infer-schema';
import { gatherEvidence } from '../../../src/data/identifiers/evidence';
import { findIdentifiers } from '../../../src/data/identifiers/find-identifiers';
import type { IdentifierFinding } from '../../../src/data/identifiers/finding';
import { tallyColumn } from '../../../src/data/tally';
import { makeRaw, PLAIN_RULES } from '../open-text';

/** Findings of a table of these columns, its types inferred. */
export function findIn(columns: Readonly<Record<string, readonly string[]>>): readonly IdentifierFinding[] {
  const raw = makeRaw(columns);
  const schema = inferSchema(raw, PLAIN_RULES);
  return findIdentifiers(
    gatherEvidence(
      schema,
      raw.columns.map((column) => tallyColumn(column, PLAIN_RULES)),
    ),
  );
}

/** The finding of one column beside a column of numbers; undefined when there is none. */
export function findOne(name: string, cells: readonly string[]): IdentifierFinding | undefined {
  return findIn({ [name]: cells, rank: cells.map((_, i) => String(i % 5)) }).find(
    ({ column }) => column === name,
  );
}

/** `n` cells made from their number. */
export const cells = (n: number, make: (i: number) => string): string[] =>
  Array.from({ length: n }, (_, i) => make(i));
