import { blocksOf, type EncodedRows, type Encoding } from '../encode/encoding';

/** Rows that must stand behind a level or code before its share is corrected. */
export const MIN_CALIBRATED_ROWS = 5;
/** Each round takes the means anew, because correcting one share moves the others of its block. */
const N_ROUNDS = 6;
/** Least part that is reckoned with. */
const MIN_WITHIN = 0.3;
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
 * shares: log share − log mean, over the part of the variance that lies within rows (1 when all rows are alike, where
 * one round is exact; a sharp softmax needs longer steps), again and again. Indicators under the floor keep their bias.
 * Nothing but one-way margins enters. `logits` [n, width].
 */
export function calibrate(logits: Float32Array, encoding: Encoding, shares: Float64Array): Float64Array {
  const shift = new Float64Array(encoding.width);
  for (const { offset, width } of blocksOf(encoding)) {
    for (let round = 0; round < N_ROUNDS; round++) {
      const means = meanSoftmax(logits, encoding.width, offset, width, shift);
      const within = Math.max(shareWithin(means), MIN_WITHIN);
      for (let k = 0; k < width; k++) {
        const wanted = shares[offset + k] ?? NaN;
        if (Number.isNaN(wanted)) continue;
        const step = (Math.log(wanted) - Math.log(Math.max(means.first[k] ?? 0, 1e-9))) / within;
        const moved = (shift[offset + k] ?? 0) + Math.min(Math.max(step, -MAX_SHIFT), MAX_SHIFT);
        shift[offset + k] = Math.min(Math.max(moved, -MAX_SHIFT), MAX_SHIFT);
      }
    }
  }
  return shift;
}

interface Moments {
  /** Mean share of each indicator over rows. */
  readonly first: Float64Array;
  /** Mean square of it. */
  readonly second: Float64Array;
}

/** Part of the variance of a block's indicators that the softmax leaves to the draw. */
function shareWithin({ first, second }: Moments): number {
  const within = 1 - second.reduce((sum, square) => sum + square, 0);
  const all = 1 - first.reduce((sum, mean) => sum + mean * mean, 0);
  return all > 1e-9 ? within / all : 1;
}

/** The softmax of one block over all rows, its logits shifted. */
function meanSoftmax(
  logits: Float32Array,
  stride: number,
  offset: number,
  width: number,
  shift: Float64Array,
): Moments {
  const perRow = stride / logits.length;
  const first = new Float64Array(width);
  const second = new Float64Array(width);
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
      const share = (weights[k] as number) / total;
      first[k] = (first[k] as number) + share * perRow;
      second[k] = (second[k] as number) + share * share * perRow;
    }
  }
  return { first, second };
}
