import type { Rng } from '../../math/rng';

/** Rows of each step: every epoch a fresh order named after its number, cut into whole batches. */
export class BatchOrder {
  readonly nStepsPerEpoch: number;
  private epoch = -1;
  private order: Uint32Array = new Uint32Array(0);

  constructor(
    private readonly nRows: number,
    private readonly batchSize: number,
    private readonly rng: Rng,
  ) {
    this.nStepsPerEpoch = Math.max(Math.floor(nRows / batchSize), 1);
  }

  /** Row indices of step `index` (0-based), always `batchSize` of them. */
  rowsOf(index: number): Uint32Array {
    const epoch = Math.floor(index / this.nStepsPerEpoch);
    if (epoch !== this.epoch) {
      this.order = this.rng.fork(`epoch/${epoch}`).permutation(this.nRows);
      this.epoch = epoch;
    }
    const start = (index % this.nStepsPerEpoch) * this.batchSize;
    return this.order.subarray(start, start + this.batchSize);
  }
}
