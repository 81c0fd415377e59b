import { MISSING } from './value-codes';

/** Rows of each code, and the mean of their values: NaN for missing and for codes without rows. */
export function describeCodes(
  coded: Int32Array,
  values: Float64Array,
  nCodes: number,
): { readonly counts: Float64Array; readonly means: Float64Array } {
  const sums = new Float64Array(nCodes);
  const counts = new Float64Array(nCodes);
  coded.forEach((code, row) => {
    sums[code] = (sums[code] ?? 0) + (values[row] ?? 0);
    counts[code] = (counts[code] ?? 0) + 1;
  });
  const means = sums.map((sum, code) =>
    code === MISSING || counts[code] === 0 ? NaN : sum / (counts[code] ?? 1),
  );
  return { counts, means };
}
