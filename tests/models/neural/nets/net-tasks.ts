import { Rng } from '../../../../src/math/rng';
import { layInput } from '../../../../src/models/argn/column-input';
import { placeNet, Room } from '../../../../src/models/argn/place-net';
import { NetTrainer, placeColumn, type NetTask } from '../../../../src/models/argn/train-net';
import { openPlainKernel } from '../../../../src/models/kernels/plain-kernel';

/** How the nets of a small table are laid out. */
export interface TaskShape {
  readonly nRows: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly weightDecay?: number;
}

/** Numbers that enter by knots, levels of few and of many classes, one of a single class; some of their rows are not learnt. */
const COLUMNS = [
  { nClasses: 9, knots: 4, shareUnknown: 0 },
  { nClasses: 3, knots: null, shareUnknown: 0.1 },
  { nClasses: 2, knots: 3, shareUnknown: 0 },
  { nClasses: 1, knots: null, shareUnknown: 0 },
  { nClasses: 14, knots: 5, shareUnknown: 0 },
  { nClasses: 6, knots: null, shareUnknown: 0.3 },
];

/** The nets of a made table, each over the columns before its own; those lean on their sum. */
export function makeNetTasks({ nRows, epochs, batchSize, weightDecay = 1e-3 }: TaskShape): NetTask[] {
  const rng = Rng.fromSeed('net tasks');
  const drift = new Float64Array(nRows);
  const columns = COLUMNS.map(({ nClasses, knots, shareUnknown }) => {
    const classes = Uint16Array.from(drift, (sum) => {
      if (rng.float() < shareUnknown) return nClasses;
      const place = Math.floor((0.5 + 0.3 * sum + 0.25 * rng.normal()) * nClasses);
      return Math.min(nClasses - 1, Math.max(0, place));
    });
    classes.forEach((c, row) => (drift[row] = 0.5 * (drift[row] ?? 0) + c / nClasses - 0.5));
    const counts = new Float64Array(nClasses);
    for (const c of classes) if (c < nClasses) counts[c] = (counts[c] ?? 0) + 1;
    return { classes, counts, input: layInput(nClasses, knots) };
  });
  return columns.map(({ classes, counts }, index) => ({
    kind: 'net',
    hidden: 6,
    counts,
    target: classes,
    parents: Int32Array.from({ length: index }, (_, p) => p),
    inputs: columns.slice(0, index).map(({ input }) => input),
    columns: columns.slice(0, index).map((column) => column.classes),
    batchSize,
    epochs,
    learningRate: 0.015,
    weightDecay,
    stream: rng.fork(`net/${index}`).save(),
    from: null,
  }));
}

/** Parameters after so many steps of the plain kernel, and the cross-entropy of the last; null where none was taken. */
export function learnPlainly(task: NetTask, nSteps: number) {
  const kernel = openPlainKernel();
  const trainer = new NetTrainer(kernel, new Room(kernel), task);
  let loss: number | null = null;
  for (let step = 0; step < nSteps && !trainer.isDone; step++) loss = trainer.step();
  return { params: trainer.read().params, loss };
}

/** Largest difference, relative to the larger of one and the value. */
export function farthest(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) throw new Error('nets of different sizes');
  return a.reduce((most, x, i) => Math.max(most, Math.abs(x - (b[i] ?? NaN)) / Math.max(1, Math.abs(x))), 0);
}

/** Mean cross-entropy of a net over the rows whose class it knows, in nats. */
export function scoreNet(task: NetTask, params: Float32Array): number {
  const kernel = openPlainKernel();
  const room = new Room(kernel);
  const nRows = task.target.length;
  const target = placeColumn(kernel, room, task.target);
  const parents = task.inputs.map((input, p) => ({
    input,
    column: placeColumn(kernel, room, task.columns[p] ?? new Uint16Array()),
  }));
  const net = { hidden: task.hidden, nClasses: task.counts.length, params };
  const places = placeNet(kernel, room, net, parents, target, false);
  const out = room.take(4 * nRows);
  kernel.score(places, nRows, out);
  const scores = new Float32Array(kernel.buffer(), out, nRows);
  const nKnown = task.target.filter((c) => c < task.counts.length).length;
  return -scores.reduce((sum, score) => sum + score, 0) / nKnown;
}
