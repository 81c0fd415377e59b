import { Rng } from '../../math/rng';
import { BETA1, BETA2, type AdamRates } from '../kernels/net-kernel';
import { biasOf, layNet } from './place-net';
import type { NetTask } from './train-net';

const WARM_UP = 0.05;

/** What is done in which step of a net's learning: the same wherever it is learnt. */
export class NetPlan {
  readonly nSteps: number;
  readonly stepsPerEpoch: number;
  /** How many rows have a class that is learnt. */
  readonly nKnown: number;
  private readonly rng: Rng;
  private known: Uint32Array | null = null;

  constructor(private readonly task: NetTask) {
    this.rng = Rng.restore(task.stream);
    this.nKnown = task.counts.reduce((sum, n) => sum + n, 0);
    const hasChoice = task.counts.filter((n) => n > 0).length > 1;
    this.stepsPerEpoch = hasChoice ? Math.max(1, Math.round(this.nKnown / task.batchSize)) : 0;
    this.nSteps = this.stepsPerEpoch * task.epochs;
  }

  /** Rows in the order in which an epoch sees them. */
  orderOf(epoch: number): Uint32Array {
    this.known ??= listKnown(this.task);
    return this.rng.fork(`epoch/${epoch}`).shuffle(this.known.slice());
  }

  /** The epoch of a step, and which rows of its order the step sees. */
  batchAt(step: number): { readonly epoch: number; readonly from: number; readonly to: number } {
    const n = this.nKnown;
    const within = step % this.stepsPerEpoch;
    return {
      epoch: Math.floor(step / this.stepsPerEpoch),
      from: Math.floor((within * n) / this.stepsPerEpoch),
      to: Math.floor(((within + 1) * n) / this.stepsPerEpoch),
    };
  }

  /** A linear rise over the first steps, then half a cosine down to 0. */
  ratesAt(step: number): AdamRates {
    const { learningRate, weightDecay } = this.task;
    const t = step + 1;
    const warm = Math.max(1, Math.round(WARM_UP * this.nSteps));
    const share =
      t <= warm ? t / warm : 0.5 * (1 + Math.cos((Math.PI * (t - warm)) / (this.nSteps - warm + 1)));
    return {
      rate: (learningRate * share) / (1 - BETA1 ** t),
      unbias: 1 / (1 - BETA2 ** t),
      decay: weightDecay,
    };
  }

  /**
   * T ~ N(0, 1 / parents), W = 0, b = 0 and c = the log-shares of the classes: a net starts exactly at its column's margin
   * and leaves it only where rows say so. Random W would have to be unlearnt, for which small tables have too few steps.
   */
  startParams(): Float32Array {
    const { hidden, counts, inputs } = this.task;
    const rng = this.rng.fork('start');
    const layout = layNet(hidden, counts.length, inputs);
    const params = new Float32Array(layout.nParams);
    const spread = 1 / Math.sqrt(Math.max(1, inputs.length));
    for (let row = 0; row < layout.nInputRows; row++)
      for (let k = 0; k < hidden; k++) params[row * layout.hidden + k] = spread * rng.normal();
    params.set(biasOf(counts, layout.classes), layout.classBias);
    return params;
  }
}

function listKnown({ target, counts }: NetTask): Uint32Array {
  return Uint32Array.from(target.keys()).filter((row) => (target[row] ?? 0) < counts.length);
}
