import type { RngState } from '../../math/rng';
import type { NetKernel, NetPlaces } from '../kernels/net-kernel';
import type { ColumnInput } from './column-input';
import { placeNet, Room, type Net } from './place-net';
import { NetPlan } from './plan-net';

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
  /** Where learning goes on; null = from its start. */
  readonly from: NetMidway | null;
}

/** A net in the middle of learning, its numbers in the layout of {@link Net.params}. */
export interface NetMidway {
  /** Steps taken. */
  readonly step: number;
  readonly params: Float32Array;
  /** Adam's moments. */
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** Learns one net step by step in a kernel's memory. */
export class NetTrainer {
  private readonly plan: NetPlan;
  private readonly places: NetPlaces;
  private readonly rowsAt: number;
  private epoch = -1;
  private at: number;

  constructor(
    private readonly kernel: NetKernel,
    room: Room,
    private readonly task: NetTask,
  ) {
    this.plan = new NetPlan(task);
    this.at = task.from?.step ?? 0;
    const target = placeColumn(kernel, room, task.target);
    const parents = task.inputs.map((input, p) => ({
      input,
      column: placeColumn(kernel, room, task.columns[p] ?? EMPTY),
    }));
    const nClasses = task.counts.length;
    const params = task.from?.params ?? this.plan.startParams();
    this.places = placeNet(kernel, room, { hidden: task.hidden, nClasses, params }, parents, target, true);
    this.rowsAt = room.take(4 * this.plan.nKnown);
    if (task.from !== null) this.placeMoments(task.from);
  }

  get nSteps(): number {
    return this.plan.nSteps;
  }

  get nStepsTaken(): number {
    return this.at;
  }

  get isDone(): boolean {
    return this.at >= this.plan.nSteps;
  }

  /** Takes the next step; answers its mean cross-entropy in nats. */
  step(): number {
    const { epoch, from, to } = this.plan.batchAt(this.at);
    if (epoch !== this.epoch) this.placeOrder(epoch);
    const rates = this.plan.ratesAt(this.at);
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

  private placeOrder(epoch: number): void {
    this.epoch = epoch;
    new Uint32Array(this.kernel.buffer()).set(this.plan.orderOf(epoch), this.rowsAt / 4);
  }

  private placeMoments({ first, second }: NetMidway): void {
    const memory = new Float32Array(this.kernel.buffer());
    memory.set(first, this.places.first / 4);
    memory.set(second, this.places.second / 4);
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
