import type { SplitChoice } from './handling';
import type { Schema } from './schema';

/** Rows by what they belong to (a person with several rows), for counting persons where rows would count one often. */
export interface RowGroups {
  /** Column that says which rows belong together. */
  readonly column: string;
  readonly nGroups: number;
  /** Group of each row, 0 … nGroups − 1. */
  readonly groupOf: Uint32Array;
  /** Every row once, those of a group one after the other. */
  readonly order: Uint32Array;
}

/** The groups of rows by their keys, −1 = missing: a row without a key is a group of its own. */
export function gatherGroups(column: string, keys: ArrayLike<number>): RowGroups {
  const groupOf = new Uint32Array(keys.length);
  const known = new Map<number, number>();
  let nGroups = 0;
  for (let row = 0; row < keys.length; row++) {
    const key = keys[row] ?? -1;
    const group = (key < 0 ? undefined : known.get(key)) ?? nGroups++;
    if (key >= 0) known.set(key, group);
    groupOf[row] = group;
  }
  return { column, nGroups, groupOf, order: sortByGroup(groupOf, nGroups) };
}

function sortByGroup(groupOf: Uint32Array, nGroups: number): Uint32Array {
  const next = new Uint32Array(nGroups + 1);
  for (const group of groupOf) next[group + 1] = (next[group + 1] ?? 0) + 1;
  for (let group = 1; group <= nGroups; group++) next[group] = (next[group] ?? 0) + (next[group - 1] ?? 0);
  const order = new Uint32Array(groupOf.length);
  groupOf.forEach((group, row) => {
    const at = next[group] ?? 0;
    order[at] = row;
    next[group] = at + 1;
  });
  return order;
}

/** The column whose values are counted where k is asked for: the group key of the split, if it is an identifier; null = rows. */
export function findCountedKey(schema: Schema, { groupBy }: Pick<SplitChoice, 'groupBy'>): string | null {
  const key = schema.columns.find(({ name }) => name === groupBy);
  return key !== undefined && (key.role === 'identifier' || key.type === 'identifier') ? key.name : null;
}

/** What k counts, in words that follow a number. */
export function nameCounted(key: string | null): string {
  return key === null ? 'rows of train' : `different values of "${key}" in train`;
}
