import { MISSING } from './value-codes';

/** Numbers of one column as a tree learns them. */
export interface NumberTarget {
  /** Row of `channels` for each row of train. */
  readonly channelOf: Int32Array;
  readonly channels: Float64Array;
  readonly nChannels: number;
}

/** Share above which one of the two commonest codes gets a channel of its own. */
const MIN_SPIKE_SHARE = 0.1;

/**
 * Embeds codes so that squared distance between means sees location, spread and shape at once: cosines of the mid-rank u
 * (a truncated energy distance), a flag for missing, for copies and for the two commonest codes, and the standardised
 * value, which sees tails.
 *
 * @param coded code of each row
 * @param means a number for each code, NaN for missing
 * @param copied which of the copies a row is, 0 = none
 */
export function embedNumbers(
  coded: Int32Array,
  means: Float64Array,
  copied: Uint8Array,
  nCopies: number,
): NumberTarget {
  const nCodes = means.length;
  const counts = new Float64Array(nCodes);
  for (const code of coded) counts[code] = (counts[code] ?? 0) + 1;
  const ranks = rankCodes(counts, means);
  const scores = standardise(counts, means);
  const spikes = findSpikes(counts, coded.length);
  const nChannels = 5 + spikes.length + (nCopies > 0 ? 1 : 0);
  const channels = new Float64Array(nCodes * (nCopies + 1) * nChannels);
  for (let copy = 0; copy <= nCopies; copy++) {
    for (let code = 0; code < nCodes; code++) {
      const u = ranks[code] ?? 0;
      const isPresent = code !== MISSING;
      const cosines = isPresent
        ? [-Math.cos(Math.PI * u), Math.cos(2 * Math.PI * u) / 2, Math.cos(3 * Math.PI * u) / 3]
        : [0, 0, 0];
      const flags = spikes.map((spike) => (spike === code ? 0.7 : 0));
      const values = [...cosines, isPresent ? 0 : 1, 0.5 * (scores[code] ?? 0), ...flags];
      if (nCopies > 0) values.push(copy > 0 ? 0.7 : 0);
      channels.set(values, (copy * nCodes + code) * nChannels);
    }
  }
  const channelOf = Int32Array.from(coded, (code, row) => code + nCodes * (copied[row] ?? 0));
  return { channelOf, channels, nChannels };
}

/** Mid-rank of each code among present rows, 0–1. */
function rankCodes(counts: Float64Array, means: Float64Array): Float64Array {
  const order = listPresent(means).sort((a, b) => (means[a] ?? 0) - (means[b] ?? 0));
  const total = order.reduce((sum, code) => sum + (counts[code] ?? 0), 0);
  const ranks = new Float64Array(means.length);
  let below = 0;
  for (const code of order) {
    const n = counts[code] ?? 0;
    ranks[code] = (below + n / 2) / Math.max(1, total);
    below += n;
  }
  return ranks;
}

/** Standard scores, held within six. */
function standardise(counts: Float64Array, means: Float64Array): Float64Array {
  const present = listPresent(means);
  const total = present.reduce((sum, code) => sum + (counts[code] ?? 0), 0);
  if (total === 0) return new Float64Array(means.length);
  const mean = present.reduce((sum, code) => sum + (counts[code] ?? 0) * (means[code] ?? 0), 0) / total;
  const variance =
    present.reduce((sum, code) => sum + (counts[code] ?? 0) * ((means[code] ?? 0) - mean) ** 2, 0) / total;
  const sd = Math.sqrt(variance);
  return means.map((value) =>
    Number.isNaN(value) || !(sd > 0) ? 0 : Math.min(6, Math.max(-6, (value - mean) / sd)),
  );
}

function listPresent(means: Float64Array): number[] {
  return [...means.keys()].filter((code) => !Number.isNaN(means[code] ?? NaN));
}

function findSpikes(counts: Float64Array, nRows: number): readonly number[] {
  return [...counts.keys()]
    .filter((code) => code !== MISSING && (counts[code] ?? 0) > MIN_SPIKE_SHARE * nRows)
    .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b)
    .slice(0, 2);
}
