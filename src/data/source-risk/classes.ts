import type { RowGroups } from '../row-groups';

/** One code a row, 0 … nCodes − 1; a missing cell is a value like any other. */
export interface CodedCells {
  readonly codes: Uint32Array;
  readonly nCodes: number;
}

/** Rows that are alike. */
export interface Classes {
  /** Class of each row, 0 … nClasses − 1, in order of first appearance. */
  readonly classOf: Uint32Array;
  readonly nClasses: number;
}

/** Entries of the table by which pairs are looked up; above it they are hashed. */
const MAX_TABLE = 4_000_000;

/** All rows in one class. */
export function oneClass(nRows: number): Classes {
  return { classOf: new Uint32Array(nRows), nClasses: Math.min(1, nRows) };
}

/** Classes split by one more column: exactly, since a pair of class and code is a whole number below 2^53. */
export function refineClasses({ classOf, nClasses }: Classes, { codes, nCodes }: CodedCells): Classes {
  return nClasses * nCodes <= MAX_TABLE
    ? refineByTable(classOf, codes, nClasses, nCodes)
    : refineByHash(classOf, codes, nCodes);
}

function refineByTable(classOf: Uint32Array, codes: Uint32Array, nClasses: number, nCodes: number): Classes {
  const table = new Int32Array(nClasses * nCodes).fill(-1);
  const refined = new Uint32Array(classOf.length);
  let n = 0;
  for (let row = 0; row < classOf.length; row++) {
    const key = (classOf[row] ?? 0) * nCodes + (codes[row] ?? 0);
    let at = table[key] ?? 0;
    if (at < 0) table[key] = at = n++;
    refined[row] = at;
  }
  return { classOf: refined, nClasses: n };
}

/** Open addressing over typed arrays: a Map of so many large keys takes ten times as long. */
function refineByHash(classOf: Uint32Array, codes: Uint32Array, nCodes: number): Classes {
  const nSlots = 2 ** Math.ceil(Math.log2(2 * classOf.length + 2));
  const keys = new Float64Array(nSlots).fill(-1);
  const values = new Uint32Array(nSlots);
  const refined = new Uint32Array(classOf.length);
  let n = 0;
  for (let row = 0; row < classOf.length; row++) {
    const [at, code] = [classOf[row] ?? 0, codes[row] ?? 0];
    const key = at * nCodes + code;
    let slot = hash(at, code) & (nSlots - 1);
    while (keys[slot] !== -1 && keys[slot] !== key) slot = (slot + 1) & (nSlots - 1);
    if (keys[slot] === -1) {
      keys[slot] = key;
      values[slot] = n++;
    }
    refined[row] = values[slot] ?? 0;
  }
  return { classOf: refined, nClasses: n };
}

function hash(a: number, b: number): number {
  const mixed = Math.imul(a ^ Math.imul(b, 0x9e3779b1), 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/** Persons in each class: those with any row in it, each once; rows where nothing says who is who. */
export function countPersons({ classOf, nClasses }: Classes, persons: RowGroups | null): Uint32Array {
  const sizes = new Uint32Array(nClasses);
  if (persons === null) {
    for (const at of classOf) sizes[at] = (sizes[at] ?? 0) + 1;
    return sizes;
  }
  const last = new Int32Array(nClasses).fill(-1);
  for (const row of persons.order) {
    const at = classOf[row] ?? 0;
    const person = persons.groupOf[row] ?? 0;
    if (last[at] === person) continue;
    last[at] = person;
    sizes[at] = (sizes[at] ?? 0) + 1;
  }
  return sizes;
}

/** Rows in classes of fewer than k persons, and the persons who have such a row. */
export function countBelow(
  { classOf }: Classes,
  sizes: Uint32Array,
  k: number,
  persons: RowGroups | null,
): { readonly nRows: number; readonly nPersons: number } {
  const seen = persons === null ? null : new Uint8Array(persons.nGroups);
  let nRows = 0;
  let nPersons = 0;
  for (let row = 0; row < classOf.length; row++) {
    if ((sizes[classOf[row] ?? 0] ?? 0) >= k) continue;
    nRows++;
    if (seen === null || persons === null) continue;
    const person = persons.groupOf[row] ?? 0;
    if (seen[person] === 0) nPersons++;
    seen[person] = 1;
  }
  return { nRows, nPersons: seen === null ? nRows : nPersons };
}

/** The smallest of some sizes; 0 where there is none. */
export function smallest(sizes: Uint32Array): number {
  return sizes.length === 0 ? 0 : sizes.reduce((least, size) => Math.min(least, size), Infinity);
}
