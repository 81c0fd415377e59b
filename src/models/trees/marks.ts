/** Bytes of a set of feature codes, a bit a code. */
export const MARK_BYTES = 32;

/** True when the set that begins at byte `at` of `marks` holds the code. */
export function isMarked(marks: Uint8Array, at: number, code: number): boolean {
  return (((marks[at + (code >> 3)] ?? 0) >> (code & 7)) & 1) === 1;
}

/** Adds a code to the set that begins at byte `at`. */
export function mark(marks: Uint8Array, at: number, code: number): void {
  const byte = at + (code >> 3);
  marks[byte] = (marks[byte] ?? 0) | (1 << (code & 7));
}
