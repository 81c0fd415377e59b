import { N_FEATURE_CODES } from './features';
import { mark, MARK_BYTES } from './marks';

/** Codes of a feature that rows of a node have, in the order in which cuts between them are tried. */
export interface BinOrder {
  readonly bins: readonly number[];
  /** Codes of few rows lie side by side from here on, and no cut comes between them; −1 = there are none. */
  readonly rareAt: number;
  readonly nRare: number;
}

/** What orders a code: its `part` over its `whole` and `held`, as a share of hits or a mean. */
export interface BinRank {
  readonly part: (bin: number) => number;
  readonly whole: (bin: number) => number;
  /** Added to the whole. */
  readonly held: number;
}

/** Ranks of codes while they are sorted, kept between calls: there are millions. */
const ranks = new Float64Array(N_FEATURE_CODES);

/** Codes of some row, ascending. */
export function orderByCode(counts: Int32Array, from: number, nCodes: number): BinOrder {
  const bins: number[] = [];
  for (let bin = 0; bin < nCodes; bin++) if ((counts[from + bin] ?? 0) > 0) bins.push(bin);
  return { bins, rareAt: -1, nRare: 0 };
}

/**
 * Codes ordered by rank (Fisher 1958: the best cut in two is then between neighbours), those of fewer than `least` rows
 * by the rank that they have together. A code of a row or two would be sent where its own rows fit, and so tell them
 * again; codes of few rows can only go all one way.
 */
export function orderByRank(
  { bins }: BinOrder,
  rowsOf: (bin: number) => number,
  { part, whole, held }: BinRank,
  least: number,
): BinOrder {
  const apart: number[] = [];
  const rare: number[] = [];
  let [parts, wholes] = [0, held];
  for (const bin of bins) {
    if (rowsOf(bin) >= least) {
      ranks[bin] = part(bin) / (whole(bin) + held);
      apart.push(bin);
    } else {
      parts += part(bin);
      wholes += whole(bin);
      rare.push(bin);
    }
  }
  apart.sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0) || a - b);
  if (rare.length === 0) return { bins: apart, rareAt: -1, nRare: 0 };
  const after = apart.findIndex((bin) => (ranks[bin] ?? 0) > parts / wholes);
  const rareAt = after < 0 ? apart.length : after;
  return {
    bins: [...apart.slice(0, rareAt), ...rare, ...apart.slice(rareAt)],
    rareAt,
    nRare: rare.length,
  };
}

/** True where a cut after the bin at `place` would part codes of few rows. */
export function partsRare({ rareAt, nRare }: BinOrder, place: number): boolean {
  return nRare > 0 && place >= rareAt && place < rareAt + nRare - 1;
}

/** The set of codes that go left when the first `nLeft` bins do. Codes that no row of the node has go with those of few. */
export function markLeft({ bins, rareAt, nRare }: BinOrder, nLeft: number): Uint8Array {
  const areOthersLeft = nRare > 0 && rareAt < nLeft;
  const isLeft = new Uint8Array(MARK_BYTES);
  if (!areOthersLeft) {
    for (const bin of bins.slice(0, nLeft)) mark(isLeft, 0, bin);
    return isLeft;
  }
  const right = new Set(bins.slice(nLeft));
  for (let code = 0; code < MARK_BYTES * 8; code++) if (!right.has(code)) mark(isLeft, 0, code);
  return isLeft;
}
