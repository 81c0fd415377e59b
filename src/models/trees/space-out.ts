/** At most `nMost` of the rows [start, end) of a list, evenly spaced and in their order. */
export function spaceOut(
  rows: ArrayLike<number>,
  nMost: number,
  start = 0,
  end = rows.length,
): Int32Array<ArrayBuffer> {
  const n = end - start;
  const nTaken = Math.min(n, nMost);
  return Int32Array.from({ length: nTaken }, (_, i) => rows[start + Math.floor((i * n) / nTaken)] ?? 0);
}
