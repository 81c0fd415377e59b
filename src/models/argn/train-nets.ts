import type { RngState } from '../../math/rng';
import { awaitTurn } from '../copula-settings';
import type { NetKernel } from '../kernels/net-kernel';
import type { TrainingRun } from '../synthesizer';
import { learnOnDevice } from './learn-on-device';
import type { NetsDevice } from './nets-device';
import { NetsKeeper, takeUpNets } from './nets-so-far';
import { fitBoostedTarget, type BoostTask, type Learnt } from './boosted-target';
import { Room, type Net } from './place-net';
import { NetsReport, workOf } from './report-nets';
import { SharedNets } from './share-nets';
import { NetTrainer, type NetMidway, type NetTask } from './train-net';

/** Longest time between two looks at messages, by which other threads also get their next net. */
const TURN_MS = 10;

/** What one column is learnt from. */
export type ColumnTask = NetTask | BoostTask;

/** All that the nets of a table are learnt from. */
export interface NetTasks {
  /** In the order of the table. */
  readonly tasks: readonly ColumnTask[];
  readonly nRows: number;
  /** The stream that the run began with. */
  readonly stream: RngState;
}

/** With what nets are learnt: a kernel, and where the page lends one a device beside it. */
export interface NetsMeans {
  readonly kernel: NetKernel;
  readonly device: NetsDevice | null;
}

/**
 * Learns the nets, the costliest first, here and on the other threads of the run, or side by side on a device, and keeps
 * those that are done. Each has its own random stream, so that which thread learns which, and what a checkpoint held, changes
 * nothing. A stop changes nothing: this takes seconds.
 */
export async function trainNets(
  { kernel, device }: NetsMeans,
  { tasks: given, nRows, stream }: NetTasks,
  run: TrainingRun,
): Promise<Learnt[]> {
  const begun = takeUpNets(run, stream, given.length);
  const { nets } = begun;
  const tasks = given.map((task, index) => goOn(task, begun.midway.get(index)));
  const work = tasks.map(workOf);
  const queue = [...tasks.keys()]
    .filter((index) => nets[index] === null)
    .sort((a, b) => (work[b] ?? 0) - (work[a] ?? 0) || a - b);
  const room = new Room(kernel);
  const report = new NetsReport({ tasks, waiting: [...queue], nRows, bytes: () => room.bytes() }, run);
  const keeper = new NetsKeeper(begun, stream, run);
  const keep = (index: number, net: Learnt) => {
    report.finishNet();
    keeper.finish(index, net);
  };
  const others = new SharedNets(run.crew, tasks, queue, (index, net) => {
    report.addWork(work[index] ?? 0);
    keep(index, net);
  });
  const takeTurn = async () => {
    await awaitTurn(run);
    others.handOut();
    report.send(false);
  };
  await awaitTurn(run);
  if (device !== null)
    await learnOnDevice({ kernel, device, tasks, queue, run, report, keeper, keep, takeTurn });
  for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
    // Only then, so that the costliest does not wait for a thread that is still starting.
    others.handOut();
    const task = tasks[index];
    if (task?.kind === 'net') keep(index, await learnHere(kernel, room, task, report, run, takeTurn));
    if (task?.kind === 'boost') {
      const boosted = fitBoostedTarget(task);
      report.addWork(work[index] ?? 0);
      keep(index, boosted);
      await takeTurn();
    }
  }
  while (others.isBusy) {
    await others.waitForOne();
    await takeTurn();
  }
  report.send(true);
  return nets.flatMap((net) => net ?? []);
}

function goOn(task: ColumnTask, from: NetMidway | undefined): ColumnTask {
  return task.kind === 'net' && from !== undefined ? { ...task, from } : task;
}

async function learnHere(
  kernel: NetKernel,
  room: Room,
  task: NetTask,
  report: NetsReport,
  run: TrainingRun,
  takeTurn: () => Promise<void>,
): Promise<Net> {
  const mark = room.mark();
  const trainer = new NetTrainer(kernel, room, task);
  const share = workOf(task) / Math.max(1, trainer.nSteps);
  let turn = run.now();
  while (!trainer.isDone) {
    report.addStep(trainer.step(), share);
    if (run.now() - turn < TURN_MS) continue;
    await takeTurn();
    turn = run.now();
  }
  const net = trainer.read();
  room.reset(mark);
  await takeTurn();
  return net;
}
