import type { Rng } from '../../math/rng';
import { MISSING, valueOfCode, type NumberCodes } from '../trees/value-codes';

/**
 * A value of each code, in place. Within a bin values follow a power law with the bin's mean. In the outermost bins, where
 * the range is decided, draws are spread evenly over their quantiles instead of falling where they may.
 */
export function drawCoded(codes: NumberCodes, drawn: Int32Array, out: Float64Array, rng: Rng): void {
  const nAtoms = codes.atoms.length;
  const last = codes.low.length - 1;
  const spread = new Map<number, number[]>();
  for (let row = 0; row < drawn.length; row++) {
    const code = drawn[row] ?? MISSING;
    const bin = code - 1 - nAtoms;
    if (code === MISSING || bin < 0) out[row] = valueOfCode(codes, code, 0);
    else if (bin === 0 || bin === last) {
      const rows = spread.get(code);
      if (rows === undefined) spread.set(code, [row]);
      else rows.push(row);
    } else out[row] = valueOfCode(codes, code, rng.open());
  }
  for (const [code, rows] of spread) {
    const order = rng.permutation(rows.length);
    rows.forEach((row, i) => {
      out[row] = valueOfCode(codes, code, ((order[i] ?? 0) + rng.open()) / rows.length);
    });
  }
}
