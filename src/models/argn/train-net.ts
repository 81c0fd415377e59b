import { Rng, type RngState } from '../../math/rng';
import { BETA1, BETA2, type NetKernel, type NetPlaces } from '../kernels/net-kernel';
import type { ColumnInput } from './column-input';
import { biasOf, layNet, placeNet, Room, type Net } from './place-net';

/** All that the net of one column is learnt from, so that it can be learnt on any thread. Plain data. */
export interface NetTask {
  readonly kind: 'net';
  readonly hidden: number;
  /** Rows of train of each class of the column. */
  readonly counts: Float64Array;
  /** Class of each row; as many as there are classes = not learnt. */
  readonly target: Uint16Array;
  /** Columns that the net looks at: which they are, how they go in, and their classes. */
  readonly parents: Int32Array;
  readonly inputs: readonly ColumnInput[];
  readonly columns: readonly Uint16Array[];
  readonly batchSize: number;
  readonly epochs: number;
  /** Adam's largest rate. */
  readonly learningRate: number;
  readonly weightDecay: number;
  /** The column's own stream. */
  readonly stream: RngState;
}

const WARM_UP = 0.05;

/** Learns one net step by step in a kernel's memory. */
export class NetTrainer {
  readonly nSteps: number;
  private readonly rows: Uint32Array;
  private readonly places: NetPlaces;
  private readonly rowsAt: number;
  private readonly stepsPerEpoch: number;
  private readonly rng: Rng;
  private at = 0;

  constructor(
    private readonly kernel: NetKernel,
    room: Room,
    private readonly task: NetTask,
  ) {
    this.rng = Rng.restore(task.stream);
    this.rows = listKnown(task);
    const hasChoice = task.counts.filter((n) => n > 0).length > 1;
    this.stepsPerEpoch = hasChoice ? Math.max(1, Math.round(this.rows.length / task.batchSize)) : 0;
    this.nSteps = this.stepsPerEpoch * task.epochs;
    const target = placeColumn(kernel, room, task.target);
    const parents = task.inputs.map((input, p) => ({
      input,
      column: placeColumn(kernel, room, task.columns[p] ?? EMPTY),
    }));
    const nClasses = task.counts.length;
    const net = { hidden: task.hidden, nClasses, params: startParams(task, this.rng.fork('start')) };
    this.places = placeNet(kernel, room, net, parents, target, true);
    this.rowsAt = room.take(4 * this.rows.length);
  }

  get isDone(): boolean {
    return this.at >= this.nSteps;
  }

  /** Takes the next step; answers its mean cross-entropy in nats. */
  step(): number {
    const n = this.rows.length;
    const within = this.at % this.stepsPerEpoch;
    if (within === 0) this.shuffle(this.at / this.stepsPerEpoch);
    const from = Math.floor((within * n) / this.stepsPerEpoch);
    const to = Math.floor(((within + 1) * n) / this.stepsPerEpoch);
    const rates = ratesAt(this.at, this.nSteps, this.task);
    this.at++;
    return this.kernel.step(this.places, this.rowsAt + 4 * from, to - from, rates) / (to - from);
  }

  /** The net as it is now. */
  read(): Net {
    const { params, nParams } = this.places;
    return {
      hidden: this.task.hidden,
      nClasses: this.task.counts.length,
      parents: this.task.parents,
      params: new Float32Array(this.kernel.buffer()).slice(params / 4, params / 4 + nParams),
    };
  }

  private shuffle(epoch: number): void {
    const order = this.rng.fork(`epoch/${epoch}`).shuffle(this.rows.slice());
    new Uint32Array(this.kernel.buffer()).set(order, this.rowsAt / 4);
  }
}

const EMPTY = new Uint16Array();

/** Learns a net in one go. */
export function trainNet(kernel: NetKernel, task: NetTask): Net {
  const trainer = new NetTrainer(kernel, new Room(kernel), task);
  while (!trainer.isDone) trainer.step();
  return trainer.read();
}

/** Puts a column of classes into a kernel's memory; answers where. */
export function placeColumn(kernel: NetKernel, room: Room, classes: Uint16Array): number {
  const at = room.take(2 * classes.length);
  new Uint16Array(kernel.buffer()).set(classes, at / 2);
  return at;
}

function listKnown({ target, counts }: NetTask): Uint32Array {
  return Uint32Array.from(target.keys()).filter((row) => (target[row] ?? 0) < counts.length);
}

/**
 * T ~ N(0, 1 / parents), W = 0, b = 0 and c = the log-shares of the classes: a net starts exactly at its column's margin and
 * leaves it only where rows say so. Random W would have to be unlearnt, for which small tables have too few steps.
 */
function startParams({ hidden, counts, inputs }: NetTask, rng: Rng): Float32Array {
  const layout = layNet(hidden, counts.length, inputs);
  const params = new Float32Array(layout.nParams);
  const spread = 1 / Math.sqrt(Math.max(1, inputs.length));
  for (let row = 0; row < layout.nInputRows; row++)
    for (let k = 0; k < hidden; k++) params[row * layout.hidden + k] = spread * rng.normal();
  params.set(biasOf(counts, layout.classes), layout.classBias);
  return params;
}

/** A linear rise over the first steps, then half a cosine down to 0. */
function ratesAt(step: number, nSteps: number, { learningRate, weightDecay }: NetTask) {
  const t = step + 1;
  const warm = Math.max(1, Math.round(WARM_UP * nSteps));
  const share = t <= warm ? t / warm : 0.5 * (1 + Math.cos((Math.PI * (t - warm)) / (nSteps - warm + 1)));
  return {
    rate: (learningRate * share) / (1 - BETA1 ** t),
    unbias: 1 / (1 - BETA2 ** t),
    decay: weightDecay,
  };
}
