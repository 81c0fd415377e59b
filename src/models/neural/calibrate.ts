import { blocksOf, type EncodedRows, type Encoding } from '../encode/encoding';

/** Rows that must stand behind a level or code before its share is corrected. */
export const MIN_CALIBRATED_ROWS = 5;
/** Each round takes the means anew, because correcting one share moves the others of its block. */
const N_ROUNDS = 14;
/**
 * Steps are longer than the ratio of shares says, since a sharp softmax hardly moves; below 2 they always converge (the
 * slope of a share by its own logit, over the share, lies between 0 and 1). The last two rounds take the ratio itself.
 */
const STRETCH = 1.6;
/** Largest correction of a logit altogether: a share may be off by a factor of about twenty. */
const MAX_SHIFT = 3;

/** Share of each indicator in train, [width]; NaN where fewer rows than the floor stand behind it, 0 for positions. */
export function measureShares(rows: EncodedRows, encoding: Encoding): Float64Array {
  const shares = new Float64Array(encoding.width);
  blocksOf(encoding).forEach((block, b) => {
    for (const code of rows.codes[b] ?? [])
      shares[block.offset + code] = (shares[block.offset + code] ?? 0) + 1;
    for (let j = block.offset; j < block.offset + block.width; j++) {
      const count = shares[j] ?? 0;
      shares[j] = count < MIN_CALIBRATED_ROWS ? NaN : count / rows.nRows;
    }
  });
  return shares;
}

/**
 * What to add to the last bias, [width], so that the mean softmax of each block over many drawn rows agrees with train's
 * shares: log share − log mean, again and again. Indicators under the floor keep their bias. Nothing but one-way margins
 * enters. `logits` [n, width].
 */
export function calibrate(logits: Float32Array, encoding: Encoding, shares: Float64Array): Float64Array {
  const shift = new Float64Array(encoding.width);
  for (const { offset, width } of blocksOf(encoding)) {
    for (let round = 0; round < N_ROUNDS; round++) {
      const means = meanSoftmax(logits, encoding.width, offset, width, shift);
      const stretch = round < N_ROUNDS - 2 ? STRETCH : 1;
      for (let k = 0; k < width; k++) {
        const wanted = shares[offset + k] ?? NaN;
        if (Number.isNaN(wanted)) continue;
        const step = stretch * (Math.log(wanted) - Math.log(Math.max(means[k] ?? 0, 1e-9)));
        const moved = (shift[offset + k] ?? 0) + Math.min(Math.max(step, -MAX_SHIFT), MAX_SHIFT);
        shift[offset + k] = Math.min(Math.max(moved, -MAX_SHIFT), MAX_SHIFT);
      }
    }
  }
  return shift;
}

/** Mean softmax of one block over all rows, its logits shifted. */
function meanSoftmax(
  logits: Float32Array,
  stride: number,
  offset: number,
  width: number,
  shift: Float64Array,
): Float64Array {
  const perRow = stride / logits.length;
  const means = new Float64Array(width);
  const weights = new Float64Array(width);
  for (let row = offset; row < logits.length; row += stride) {
    let top = -Infinity;
    for (let k = 0; k < width; k++) {
      const value = (logits[row + k] as number) + (shift[offset + k] as number);
      weights[k] = value;
      if (value > top) top = value;
    }
    let total = 0;
    for (let k = 0; k < width; k++) total += weights[k] = Math.exp((weights[k] as number) - top);
    for (let k = 0; k < width; k++) {
      means[k] = (means[k] as number) + ((weights[k] as number) / total) * perRow;
    }
  }
  return means;
}
