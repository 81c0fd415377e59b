import { toProbabilities, type Boosted } from './boosted';
import { markLeft, orderByCode, orderByRank, partsRare } from './bin-order';
import { N_FEATURE_CODES } from './features';
import { isMarked, mark, MARK_BYTES } from './marks';
import type { SplitFeature } from './split-target';

export interface BoostSettings {
  readonly nRounds: number;
  readonly depth: number;
  readonly learningRate: number;
  /** Weight of the squared leaf value. */
  readonly lambda: number;
  /** Rows of train on either side of a split. */
  readonly minRows: number;
  /** Rows of a node behind a level that a split sends its own way; levels of fewer go together. */
  readonly minBin: number;
}

/** Cells of a slot's histograms. */
const N_CELLS = 256;

/**
 * Boosts trees level by level.
 *
 * @param classes class of each row of train, 0 … nClasses − 1
 * @param rows rows to learn from
 */
export function fitBoosted(
  features: readonly SplitFeature[],
  classes: Int32Array,
  nClasses: number,
  rows: Int32Array,
  settings: BoostSettings,
): Boosted {
  const { nRounds, depth } = settings;
  const nScores = nClasses === 2 ? 1 : nClasses;
  const nTrees = nRounds * nScores;
  const nSplits = 2 ** depth - 1;
  const model: Boosted = {
    nClasses,
    depth,
    nScores,
    base: findBase(classes, nClasses, rows),
    feature: new Int16Array(nTrees * nSplits).fill(-1),
    marks: new Uint8Array(nTrees * nSplits * MARK_BYTES),
    leaves: new Float64Array(nTrees * 2 ** depth),
  };
  const scores = Float64Array.from({ length: rows.length * nScores }, (_, i) => model.base[i % nScores] ?? 0);
  const grower = new TreeGrower(features, rows, settings);
  const probabilities = new Float64Array(nClasses);
  for (let round = 0; round < nRounds; round++) {
    const gradients = Array.from({ length: nScores }, () => new Float64Array(rows.length));
    const curvatures = Array.from({ length: nScores }, () => new Float64Array(rows.length));
    for (let i = 0; i < rows.length; i++) {
      toProbabilities(scores, i * nScores, nScores, probabilities);
      const y = classes[rows[i] ?? 0] ?? 0;
      for (let s = 0; s < nScores; s++) {
        const c = nScores === 1 ? 1 : s;
        const p = probabilities[c] ?? 0;
        const [gradient, curvature] = [gradients[s], curvatures[s]];
        if (gradient === undefined || curvature === undefined) continue;
        gradient[i] = p - (y === c ? 1 : 0);
        curvature[i] = Math.max(p * (1 - p), 1e-6);
      }
    }
    for (let s = 0; s < nScores; s++) {
      const tree = round * nScores + s;
      const [gradient, curvature] = [gradients[s], curvatures[s]];
      if (gradient === undefined || curvature === undefined) continue;
      const leafOf = grower.grow(model, tree, gradient, curvature);
      for (let i = 0; i < rows.length; i++) {
        const leaf = tree * 2 ** depth + (leafOf[i] ?? 0);
        scores[i * nScores + s] = (scores[i * nScores + s] ?? 0) + (model.leaves[leaf] ?? 0);
      }
    }
  }
  return model;
}

function findBase(classes: Int32Array, nClasses: number, rows: Int32Array): Float64Array {
  const counts = new Float64Array(nClasses).fill(0.5);
  for (const row of rows) {
    const y = classes[row] ?? 0;
    counts[y] = (counts[y] ?? 0) + 1;
  }
  if (nClasses === 2) return Float64Array.of(Math.log((counts[1] ?? 1) / (counts[0] ?? 1)));
  return counts.map((n) => Math.log(n / rows.length));
}

/** Grows one tree level by level over histograms of gradients and curvatures. */
class TreeGrower {
  private readonly slot: Int32Array;
  private readonly sumG: Float64Array;
  private readonly sumH: Float64Array;
  private readonly counts: Int32Array;
  /** Codes of each feature at `rows`, side by side. */
  private readonly codes: readonly Uint8Array[];

  constructor(
    private readonly features: readonly SplitFeature[],
    rows: Int32Array,
    private readonly settings: BoostSettings,
  ) {
    const nSlots = 2 ** (settings.depth - 1);
    this.slot = new Int32Array(rows.length);
    this.sumG = new Float64Array(nSlots * N_CELLS);
    this.sumH = new Float64Array(nSlots * N_CELLS);
    this.counts = new Int32Array(nSlots * N_CELLS);
    this.codes = features.map(({ codes }) => Uint8Array.from(rows, (row) => codes[row] ?? 0));
  }

  /** Writes tree number `tree` of the model; answers the leaf of each row. */
  grow(model: Boosted, tree: number, gradient: Float64Array, curvature: Float64Array): Int32Array {
    const { depth, learningRate, lambda } = this.settings;
    const { slot } = this;
    const nSplits = 2 ** depth - 1;
    slot.fill(0);
    for (let level = 0; level < depth; level++) {
      const nSlots = 2 ** level;
      const first = tree * nSplits + nSlots - 1;
      const best = this.findSplits(nSlots, gradient, curvature);
      best.forEach(({ feature, isLeft }, i) => {
        model.feature[first + i] = feature;
        model.marks.set(isLeft, (first + i) * MARK_BYTES);
      });
      for (let i = 0; i < slot.length; i++) {
        const at = slot[i] ?? 0;
        const split = best[at];
        const feature = split?.feature ?? -1;
        const goesLeft =
          split === undefined || feature < 0 || isMarked(split.isLeft, 0, this.codes[feature]?.[i] ?? 0);
        slot[i] = 2 * at + (goesLeft ? 0 : 1);
      }
    }
    const nLeaves = 2 ** depth;
    const [g, h] = [new Float64Array(nLeaves), new Float64Array(nLeaves)];
    for (let i = 0; i < slot.length; i++) {
      const leaf = slot[i] ?? 0;
      g[leaf] = (g[leaf] ?? 0) + (gradient[i] ?? 0);
      h[leaf] = (h[leaf] ?? 0) + (curvature[i] ?? 0);
    }
    for (let leaf = 0; leaf < nLeaves; leaf++)
      model.leaves[tree * nLeaves + leaf] = (-learningRate * (g[leaf] ?? 0)) / ((h[leaf] ?? 0) + lambda);
    return slot;
  }

  private findSplits(nSlots: number, gradient: Float64Array, curvature: Float64Array): Split[] {
    const best: Split[] = Array.from({ length: nSlots }, () => NO_SPLIT);
    this.features.forEach((feature, f) => {
      this.fillHistograms(f, nSlots, gradient, curvature);
      for (let at = 0; at < nSlots; at++) {
        const split = this.cut(f, feature, at);
        if (split !== null && split.gain > (best[at]?.gain ?? 0)) best[at] = split;
      }
    });
    return best;
  }

  private fillHistograms(f: number, nSlots: number, gradient: Float64Array, curvature: Float64Array): void {
    const { sumG, sumH, counts, slot } = this;
    const codes = this.codes[f] ?? new Uint8Array();
    sumG.fill(0, 0, nSlots * N_CELLS);
    sumH.fill(0, 0, nSlots * N_CELLS);
    counts.fill(0, 0, nSlots * N_CELLS);
    for (let i = 0; i < slot.length; i++) {
      const cell = (slot[i] ?? 0) * N_CELLS + (codes[i] ?? 0);
      sumG[cell] = (sumG[cell] ?? 0) + (gradient[i] ?? 0);
      sumH[cell] = (sumH[cell] ?? 0) + (curvature[i] ?? 0);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }

  private cut(f: number, { nCodes, isNominal }: SplitFeature, at: number): Split | null {
    const { lambda, minRows, minBin } = this.settings;
    const { sumG, sumH, counts } = this;
    const from = at * N_CELLS;
    const rowsOf = (bin: number) => counts[from + bin] ?? 0;
    const byCode = orderByCode(counts, from, Math.min(nCodes, N_FEATURE_CODES));
    let [totalG, totalH, total] = [0, 0, 0];
    for (const bin of byCode.bins) {
      totalG += sumG[from + bin] ?? 0;
      totalH += sumH[from + bin] ?? 0;
      total += rowsOf(bin);
    }
    if (byCode.bins.length < 2) return null;
    const rank = {
      part: (bin: number) => sumG[from + bin] ?? 0,
      whole: (bin: number) => sumH[from + bin] ?? 0,
      held: lambda,
    };
    const order = isNominal ? orderByRank(byCode, rowsOf, rank, minBin) : byCode;
    const { bins } = order;
    const whole = (totalG * totalG) / (totalH + lambda);
    let [g, h, n, gain, nLeft] = [0, 0, 0, 1e-6, 0];
    for (let i = 0; i + 1 < bins.length; i++) {
      const cell = from + (bins[i] ?? 0);
      g += sumG[cell] ?? 0;
      h += sumH[cell] ?? 0;
      n += counts[cell] ?? 0;
      if (n < minRows || total - n < minRows || partsRare(order, i)) continue;
      const rest = totalG - g;
      const rise = (g * g) / (h + lambda) + (rest * rest) / (totalH - h + lambda) - whole;
      if (rise > gain) [gain, nLeft] = [rise, i + 1];
    }
    if (nLeft === 0) return null;
    if (isNominal) return { feature: f, gain, isLeft: markLeft(order, nLeft) };
    const isLeft = new Uint8Array(MARK_BYTES);
    for (let code = 0; code <= (bins[nLeft - 1] ?? 0); code++) mark(isLeft, 0, code);
    return { feature: f, gain, isLeft };
  }
}

interface Split {
  readonly feature: number;
  readonly gain: number;
  readonly isLeft: Uint8Array;
}

const NO_SPLIT: Split = { feature: -1, gain: 0, isLeft: new Uint8Array(MARK_BYTES) };
