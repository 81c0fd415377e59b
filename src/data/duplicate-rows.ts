import type { RawTable } from './raw-column';

/**
 * Rows equal, cell by cell as written, to an earlier row. Rows are compared by a 53-bit hash of their codes: among a
 * million different rows the chance of one false match is about 1 in 20,000.
 */
export function countDuplicateRows(table: RawTable): number {
  const seen = new Set<number>();
  let n = 0;
  for (let row = 0; row < table.nRows; row++) {
    let a = 0x811c9dc5;
    let b = 0x9e3779b9;
    for (const { codes } of table.columns) {
      const code = codes[row] ?? 0;
      a = Math.imul(a ^ code, 0x85ebca6b);
      a ^= a >>> 15;
      b = Math.imul(b ^ (code + 0x7f4a7c15), 0xc2b2ae35);
      b ^= b >>> 13;
    }
    const hash = (a >>> 0) * 2 ** 21 + (b >>> 11);
    if (seen.has(hash)) n++;
    else seen.add(hash);
  }
  return n;
}
