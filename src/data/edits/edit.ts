import type { DialectChoice } from '../dialect-choice';
import type { IdentifierAnswer } from '../identifiers/answers';
import type { Generalisation } from '../identifiers/generalise/generalisation';
import type { Handling, SplitChoice } from '../handling';
import type { ColumnType, Role } from '../schema';

/** One change a person made to a column of the inferred schema. */
export type SchemaEdit = { readonly column: string } & (
  | { readonly set: 'type'; readonly value: ColumnType }
  | { readonly set: 'role'; readonly value: Role }
  | { readonly set: 'included'; readonly value: boolean }
  | { readonly set: 'format'; readonly value: string }
  | { readonly set: 'decimals'; readonly value: number }
  /** Null = read the range off the data again. */
  | { readonly set: 'bounds'; readonly value: { readonly min: number; readonly max: number } | null }
);

/**
 * One change a person made between the file and the first training step; plain JSON, persisted and handed out
 * (docs/edits.md): changes need a migration. Each says what holds afterwards and not what held before, so that a list of
 * them can be replayed on any file.
 */
export type Edit =
  | ({ readonly of: 'schema' } & SchemaEdit)
  /** How the file is read; null = every guess is made afresh. */
  | { readonly of: 'dialect'; readonly value: Omit<DialectChoice, 'generalise'> | null }
  /** All columns that are coarsened when the file is read; an empty list = none. */
  | { readonly of: 'generalise'; readonly value: readonly Generalisation[] }
  /** All columns that a person looked at and said to hold no identifier of that kind; an empty list = none. */
  | { readonly of: 'no-identifiers'; readonly value: readonly IdentifierAnswer[] }
  | { readonly of: 'handling'; readonly value: Partial<Handling> }
  | { readonly of: 'split'; readonly value: Partial<SplitChoice> };
