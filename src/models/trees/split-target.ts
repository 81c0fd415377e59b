import { orderByCode, orderByRank, partsRare, type BinOrder } from './bin-order';
import { N_FEATURE_CODES } from './features';

/** A feature as split finding sees it: a code a row of train. */
export interface SplitFeature {
  readonly codes: Uint8Array;
  readonly nCodes: number;
  /** True where the codes have no order of their own. */
  readonly isNominal: boolean;
}

/** The best cut of one feature in one node. */
export interface Cut {
  readonly gain: number;
  readonly order: BinOrder;
  /** How many bins of `order` go left. */
  readonly nLeft: number;
}

/** Rows that were looked at. */
export interface CutLimits {
  /** On either side of a cut at least. */
  readonly minLeaf: number;
  /** Behind a code without an order that goes its own way. */
  readonly minBin: number;
}

/** Finds cuts of a node for one target; one of its kind for levels, one for numbers. */
export interface SplitTarget {
  /** Reads the rows [start, end) of `rows`; false when they are all alike. */
  enter(rows: Int32Array, start: number, end: number): boolean;
  /** The best cut of those rows by a feature within the limits; null when there is none. */
  cut(feature: SplitFeature, limits: CutLimits): Cut | null;
}

/** x ln x for whole numbers up to n. */
function tabulateXlnX(n: number): Float64Array {
  return Float64Array.from({ length: n + 1 }, (_, x) => (x === 0 ? 0 : x * Math.log(x)));
}

/** Target of classes: gain is twice the rise in log-likelihood. Bins of a nominal feature are ordered by the commonest class. */
export class ClassTarget implements SplitTarget {
  private readonly xlnx: Float64Array;
  private readonly counts = new Int32Array(N_FEATURE_CODES + 1);
  private readonly places = new Int32Array(N_FEATURE_CODES + 1);
  private readonly bucket: Int32Array;
  private readonly total: Int32Array;
  private readonly left: Int32Array;
  private readonly right: Int32Array;
  private rows = new Int32Array();
  private start = 0;
  private end = 0;
  private commonest = 0;
  private sumTotal = 0;

  /** @param classes class of each row, 0 … nClasses − 1 */
  constructor(
    private readonly classes: Int32Array,
    nClasses: number,
  ) {
    this.xlnx = tabulateXlnX(classes.length);
    this.bucket = new Int32Array(classes.length);
    this.total = new Int32Array(nClasses);
    this.left = new Int32Array(nClasses);
    this.right = new Int32Array(nClasses);
  }

  enter(rows: Int32Array, start: number, end: number): boolean {
    const { total, classes, xlnx } = this;
    this.rows = rows as Int32Array<ArrayBuffer>;
    this.start = start;
    this.end = end;
    total.fill(0);
    for (let i = start; i < end; i++) {
      const y = classes[rows[i] ?? 0] ?? 0;
      total[y] = (total[y] ?? 0) + 1;
    }
    this.sumTotal = 0;
    this.commonest = 0;
    total.forEach((n, y) => {
      this.sumTotal += xlnx[n] ?? 0;
      if (n > (total[this.commonest] ?? 0)) this.commonest = y;
    });
    return total[this.commonest] !== end - start;
  }

  cut(feature: SplitFeature, { minLeaf, minBin }: CutLimits): Cut | null {
    this.fillBuckets(feature);
    const order = this.orderBins(feature, minBin);
    const { bins } = order;
    if (bins.length < 2) return null;
    const { xlnx, left, right, bucket, counts, places } = this;
    const n = this.end - this.start;
    left.fill(0);
    right.set(this.total);
    let [sumLeft, sumRight, nLeft] = [0, this.sumTotal, 0];
    let [best, bestAt] = [-Infinity, 0];
    for (let i = 0; i + 1 < bins.length; i++) {
      const bin = bins[i] ?? 0;
      const to = places[bin] ?? 0;
      for (let at = to - (counts[bin] ?? 0); at < to; at++) {
        const y = bucket[at] ?? 0;
        const r = right[y] ?? 0;
        const l = left[y] ?? 0;
        sumRight += (xlnx[r - 1] ?? 0) - (xlnx[r] ?? 0);
        sumLeft += (xlnx[l + 1] ?? 0) - (xlnx[l] ?? 0);
        right[y] = r - 1;
        left[y] = l + 1;
      }
      nLeft += counts[bin] ?? 0;
      if (n - nLeft < minLeaf) break;
      if (nLeft < minLeaf || partsRare(order, i)) continue;
      const fit = sumLeft - (xlnx[nLeft] ?? 0) + sumRight - (xlnx[n - nLeft] ?? 0);
      if (fit > best) [best, bestAt] = [fit, i + 1];
    }
    if (bestAt === 0) return null;
    return { gain: 2 * (best - this.sumTotal + (xlnx[n] ?? 0)), order, nLeft: bestAt };
  }

  /** Classes of the node's rows sorted by bin; `places` then holds each bin's end. */
  private fillBuckets({ codes, nCodes }: SplitFeature): void {
    const { counts, places, bucket, classes, rows } = this;
    counts.fill(0, 0, nCodes);
    for (let i = this.start; i < this.end; i++) {
      const bin = codes[rows[i] ?? 0] ?? 0;
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    let at = 0;
    for (let bin = 0; bin < nCodes; bin++) {
      places[bin] = at;
      at += counts[bin] ?? 0;
    }
    for (let i = this.start; i < this.end; i++) {
      const row = rows[i] ?? 0;
      const bin = codes[row] ?? 0;
      const place = places[bin] ?? 0;
      bucket[place] = classes[row] ?? 0;
      places[bin] = place + 1;
    }
  }

  /** By code, or by the share of the commonest class. */
  private orderBins({ nCodes, isNominal }: SplitFeature, minBin: number): BinOrder {
    const order = orderByCode(this.counts, 0, nCodes);
    if (!isNominal) return order;
    const rowsOf = (bin: number) => this.counts[bin] ?? 0;
    return orderByRank(order, rowsOf, { part: (bin) => this.countHits(bin), whole: rowsOf, held: 0 }, minBin);
  }

  /** Rows of the commonest class in a bin. */
  private countHits(bin: number): number {
    const to = this.places[bin] ?? 0;
    let hits = 0;
    for (let at = to - (this.counts[bin] ?? 0); at < to; at++) if (this.bucket[at] === this.commonest) hits++;
    return hits;
  }
}

/**
 * Target of numbers, embedded in a few channels: gain is the fall in squared distance to the mean, in units of the node's
 * variance. Bins of a nominal feature are ordered by the mean of the first channel.
 */
export class ChannelTarget implements SplitTarget {
  private readonly counts = new Int32Array(N_FEATURE_CODES + 1);
  private readonly sums: Float64Array;
  private readonly total: Float64Array;
  private readonly left: Float64Array;
  private rows = new Int32Array();
  private start = 0;
  private end = 0;
  private variance = 0;

  /** @param channels `nChannels` numbers for each code; @param codes code of each row */
  constructor(
    private readonly codes: Int32Array,
    private readonly channels: Float64Array,
    private readonly nChannels: number,
  ) {
    this.sums = new Float64Array((N_FEATURE_CODES + 1) * nChannels);
    this.total = new Float64Array(nChannels);
    this.left = new Float64Array(nChannels);
  }

  enter(rows: Int32Array, start: number, end: number): boolean {
    const { codes, channels, nChannels, total } = this;
    this.rows = rows as Int32Array<ArrayBuffer>;
    this.start = start;
    this.end = end;
    total.fill(0);
    let squares = 0;
    for (let i = start; i < end; i++) {
      const at = (codes[rows[i] ?? 0] ?? 0) * nChannels;
      for (let c = 0; c < nChannels; c++) {
        const x = channels[at + c] ?? 0;
        total[c] = (total[c] ?? 0) + x;
        squares += x * x;
      }
    }
    const n = end - start;
    this.variance = squares / n - squaredLength(total) / (n * n);
    return this.variance > 1e-9;
  }

  cut(feature: SplitFeature, { minLeaf, minBin }: CutLimits): Cut | null {
    this.sumBins(feature);
    const { sums, total, left, nChannels } = this;
    const order = this.orderBins(feature, minBin);
    const { bins } = order;
    const n = this.end - this.start;
    left.fill(0);
    let nLeft = 0;
    let [best, bestAt] = [-Infinity, 0];
    for (let i = 0; i + 1 < bins.length; i++) {
      const bin = bins[i] ?? 0;
      nLeft += this.counts[bin] ?? 0;
      let [lengthLeft, lengthRight] = [0, 0];
      for (let c = 0; c < nChannels; c++) {
        const l = (left[c] ?? 0) + (sums[bin * nChannels + c] ?? 0);
        const r = (total[c] ?? 0) - l;
        left[c] = l;
        lengthLeft += l * l;
        lengthRight += r * r;
      }
      if (n - nLeft < minLeaf) break;
      if (nLeft < minLeaf || partsRare(order, i)) continue;
      const fit = lengthLeft / nLeft + lengthRight / (n - nLeft);
      if (fit > best) [best, bestAt] = [fit, i + 1];
    }
    if (bestAt === 0) return null;
    return { gain: (best - squaredLength(total) / n) / this.variance, order, nLeft: bestAt };
  }

  /** By code, or by the mean of the first channel. */
  private orderBins({ nCodes, isNominal }: SplitFeature, minBin: number): BinOrder {
    const { sums, counts, nChannels } = this;
    const order = orderByCode(counts, 0, nCodes);
    if (!isNominal) return order;
    const rowsOf = (bin: number) => counts[bin] ?? 0;
    return orderByRank(
      order,
      rowsOf,
      { part: (bin) => sums[bin * nChannels] ?? 0, whole: rowsOf, held: 0 },
      minBin,
    );
  }

  private sumBins({ codes: bins, nCodes }: SplitFeature): void {
    const { sums, counts, codes, channels, nChannels, rows } = this;
    sums.fill(0, 0, nCodes * nChannels);
    counts.fill(0, 0, nCodes);
    for (let i = this.start; i < this.end; i++) {
      const row = rows[i] ?? 0;
      const bin = bins[row] ?? 0;
      const from = (codes[row] ?? 0) * nChannels;
      const to = bin * nChannels;
      counts[bin] = (counts[bin] ?? 0) + 1;
      for (let c = 0; c < nChannels; c++) sums[to + c] = (sums[to + c] ?? 0) + (channels[from + c] ?? 0);
    }
  }
}

function squaredLength(vector: Float64Array): number {
  let sum = 0;
  for (const x of vector) sum += x * x;
  return sum;
}
