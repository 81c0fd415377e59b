/**
 * A 53-bit hash of the codes of each row: rows of equal codes have equal hashes, and among a million different rows the
 * chance of one false match is about 1 in 20,000.
 *
 * @param columns one code a row each
 */
export function hashRows(nRows: number, columns: readonly ArrayLike<number>[]): Float64Array {
  const a = new Int32Array(nRows).fill(0x811c9dc5 | 0);
  const b = new Int32Array(nRows).fill(0x9e3779b9 | 0);
  for (const codes of columns) mixCodes(codes, a, b);
  return Float64Array.from(a, (high, row) => joinHalves(high, b[row] ?? 0));
}

/** A 53-bit hash of a text. */
export function hashText(text: string): number {
  let [a, b] = [0x811c9dc5 | 0, 0x9e3779b9 | 0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = mixFirst(a, code);
    b = mixSecond(b, code);
  }
  return joinHalves(a, b);
}

/** Takes one column's codes into the two halves of each row's hash. */
function mixCodes(codes: ArrayLike<number>, a: Int32Array, b: Int32Array): void {
  for (let row = 0; row < a.length; row++) {
    const code = codes[row] ?? 0;
    a[row] = mixFirst(a[row] ?? 0, code);
    b[row] = mixSecond(b[row] ?? 0, code);
  }
}

function mixFirst(half: number, code: number): number {
  const mixed = Math.imul(half ^ code, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

function mixSecond(half: number, code: number): number {
  const mixed = Math.imul(half ^ (code + 0x7f4a7c15), 0xc2b2ae35);
  return mixed ^ (mixed >>> 13);
}

function joinHalves(a: number, b: number): number {
  return (a >>> 0) * 2 ** 21 + (b >>> 11);
}
