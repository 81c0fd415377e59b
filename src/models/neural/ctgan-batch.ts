import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../../math/rng';
import { writeMatrix } from '../encode/encode-rows';
import { writeConditions, type ConditionSource } from './conditions';
import type { CtganBatch } from './ctgan-step';
import type { LearnerInput } from './learner';
import { fillDropout, fillGumbels, fillNormals } from './noise';

export interface BatchSizes {
  readonly latentSize: number;
  readonly pac: number;
  readonly criticHidden: readonly [number, number];
  readonly dropout: number;
}

/** Draws the random parts of CTGAN steps into arrays it reuses, and lays them out as tensors. */
export class CtganBatchSource {
  private readonly generatorInput: Float32Array;
  private readonly conditionRows: Float32Array;
  private readonly gumbel: Float32Array;
  private readonly packed: Float32Array;
  private readonly rows: Float32Array;
  private readonly mask: Float32Array;
  private readonly target: Float32Array;
  private readonly dropout: Float32Array[];
  private readonly mix: Float32Array;
  private readonly nPacks: number;

  constructor(
    private readonly input: LearnerInput,
    private readonly source: ConditionSource,
    private readonly sizes: BatchSizes,
  ) {
    const { batchSize, encoding } = input;
    const [first, second] = sizes.criticHidden;
    this.nPacks = batchSize / sizes.pac;
    this.generatorInput = new Float32Array(batchSize * (sizes.latentSize + source.width));
    this.conditionRows = new Float32Array(batchSize * source.width);
    this.gumbel = new Float32Array(batchSize * encoding.width);
    this.rows = new Float32Array(batchSize * encoding.width);
    this.packed = new Float32Array(batchSize * (encoding.width + source.width));
    this.mask = new Float32Array(batchSize * encoding.width);
    this.target = new Float32Array(batchSize * encoding.width);
    this.mix = new Float32Array(this.nPacks);
    this.dropout = [3 * first, 3 * second, first, second].map((n) => new Float32Array(n * this.nPacks));
  }

  /** Fills the arrays for one step; every draw comes from `rng`. */
  draw(rng: Rng): void {
    const { batchSize, encoding } = this.input;
    const { latentSize, dropout } = this.sizes;
    const { columns, width } = this.source;
    const draw = this.source.draw(batchSize, rng);
    const order = rng.permutation(batchSize);
    const picked = this.source.drawRows(draw, order, rng);
    fillLatent(this.generatorInput, batchSize, latentSize, width, rng);
    this.conditionRows.fill(0);
    writeConditions(draw, columns, this.conditionRows, width, 0);
    writeConditions(draw, columns, this.generatorInput, latentSize + width, latentSize);
    fillGumbels(this.gumbel, rng);
    this.clearPositions(this.gumbel);
    writeMatrix(this.input.rows, encoding, picked, this.rows);
    this.packTrainRows();
    writeConditions(draw, columns, this.packed, encoding.width + width, encoding.width, order);
    this.writeTargets(draw);
    for (const mask of this.dropout) fillDropout(mask, dropout, rng);
    rng.fillOpen(this.mix);
  }

  private clearPositions(matrix: Float32Array): void {
    const { width, nAlpha } = this.input.encoding;
    if (nAlpha === 0) return;
    for (let row = 0; row < matrix.length; row += width) matrix.fill(0, row, row + nAlpha);
  }

  private packTrainRows(): void {
    const { batchSize, encoding } = this.input;
    const stride = encoding.width + this.source.width;
    this.packed.fill(0);
    for (let i = 0; i < batchSize; i++) {
      this.packed.set(this.rows.subarray(i * encoding.width, (i + 1) * encoding.width), i * stride);
    }
  }

  private writeTargets(draw: { readonly columns: Int32Array; readonly codes: Int32Array }): void {
    const { batchSize, encoding } = this.input;
    this.mask.fill(0);
    this.target.fill(0);
    for (let i = 0; i < batchSize; i++) {
      const column = this.source.columns[draw.columns[i] ?? -1];
      if (column === undefined) continue;
      const start = i * encoding.width + column.matrixOffset;
      this.mask.fill(1 / batchSize, start, start + column.width);
      this.target[start + (draw.codes[i] ?? 0)] = 1 / batchSize;
    }
  }

  /** The arrays as tensors; call inside a tidy. */
  tensors(): CtganBatch {
    const { batchSize, encoding } = this.input;
    const conditioned = this.source.width > 0;
    const [first, second] = this.sizes.criticHidden;
    const mask = (index: number, nRows: number, width: number) =>
      tf.tensor2d(this.dropout[index] ?? [], [nRows, width]);
    const matrix = (values: Float32Array, width: number) => tf.tensor2d(values, [batchSize, width]);
    return {
      input: matrix(this.generatorInput, this.sizes.latentSize + this.source.width),
      conditions: conditioned ? matrix(this.conditionRows, this.source.width) : null,
      gumbel: matrix(this.gumbel, encoding.width),
      trainPacks: tf.tensor2d(this.packed, [this.nPacks, this.packed.length / this.nPacks]),
      mix: tf.tensor2d(this.mix, [this.nPacks, 1]),
      criticMasks: {
        first: mask(0, 3 * this.nPacks, first),
        second: mask(1, 3 * this.nPacks, second),
      },
      generatorMasks: { first: mask(2, this.nPacks, first), second: mask(3, this.nPacks, second) },
      conditionMask: conditioned ? matrix(this.mask, encoding.width) : null,
      conditionTarget: conditioned ? matrix(this.target, encoding.width) : null,
    };
  }
}

/** Normals in the first `latentSize` columns of a matrix with `nConditions` more, which are cleared. */
function fillLatent(
  out: Float32Array,
  nRows: number,
  latentSize: number,
  nConditions: number,
  rng: Rng,
): void {
  const stride = latentSize + nConditions;
  for (let i = 0; i < nRows; i++) {
    fillNormals(out.subarray(i * stride, i * stride + latentSize), rng);
    out.fill(0, i * stride + latentSize, (i + 1) * stride);
  }
}
