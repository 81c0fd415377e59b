import { FailureError } from '../../data/failure';
import type { NetKernel } from '../kernels/net-kernel';
import type { BackendTiming, TrainingRun } from '../synthesizer';
import type { Learnt } from './boosted-target';
import { chooseDevice, nameKernel, pick, placeSoundly } from './choose-device';
import type { NetsBlock, NetsDevice } from './nets-device';
import type { NetsKeeper } from './nets-so-far';
import { workOf, type NetsReport } from './report-nets';
import type { NetMidway } from './train-net';
import type { ColumnTask } from './train-nets';

/** Time between two looks at messages while a device learns. */
const TURN_MS = 50;
/** Steps that are asked for together at least: to wait for an answer takes a while whatever their number. */
const LEAST_AT_ONCE = 4;

/** A run whose nets a device may learn. */
export interface DeviceRun {
  readonly kernel: NetKernel;
  readonly device: NetsDevice;
  readonly tasks: ColumnTask[];
  /** Columns that nobody has begun; those that the device learns are taken from it, and put back if it fails. */
  readonly queue: number[];
  readonly run: TrainingRun;
  readonly report: NetsReport;
  readonly keeper: NetsKeeper;
  readonly keep: (index: number, learnt: Learnt) => void;
  readonly takeTurn: () => Promise<void>;
}

/**
 * Lets a device learn the nets that wait, where it is chosen, group by group. When it fails the nets of the group and of those
 * after it go back to the queue, from where they were kept last, and it is said.
 */
export async function learnOnDevice(work: DeviceRun): Promise<void> {
  const { kernel, device, tasks, queue, run } = work;
  const columns = queue.filter((index) => tasks[index]?.kind === 'net');
  const nets = pick(tasks, columns).flatMap((task) => (task.kind === 'net' ? task : []));
  const plan = await chooseDevice({ kernel, tasks: nets, run }, device);
  run.emit({ kind: 'phase', phase: 'train', note: describeStart(plan !== null) });
  if (plan === null) return;
  const taken = new Set(pick(columns, plan.groups.flat()));
  queue.splice(0, queue.length, ...queue.filter((index) => !taken.has(index)));
  let block: NetsBlock | null = plan.first;
  try {
    for (const group of plan.groups) {
      block ??= await placeSoundly(kernel, pick(nets, group), device);
      await new BlockLesson(work, pick(columns, group), block).learn(taken);
      block.dispose();
      block = null;
    }
  } catch (thrown) {
    if (thrown instanceof FailureError) throw thrown;
    queue.push(...taken);
    queue.sort((a, b) => costOf(tasks[b]) - costOf(tasks[a]) || a - b);
    sayFailure(work, columns.length - taken.size, columns.length);
  } finally {
    block?.dispose();
    device.discard();
  }
}

function describeStart(isOnDevice: boolean): string {
  return isOnDevice ? 'Teaching the nets on the graphics processor' : 'Teaching a net for each column';
}

function costOf(task: ColumnTask | undefined): number {
  return task === undefined ? 0 : workOf(task);
}

function sayFailure({ kernel, run }: DeviceRun, nDone: number, nColumns: number): void {
  const chosen = nameKernel({ kernel });
  const failed = `it failed when it had learnt ${nDone} of ${nColumns} columns`;
  const timings: readonly BackendTiming[] = [
    { backend: 'webgpu', available: false, msPerStep: null, reason: failed },
    {
      backend: chosen,
      available: true,
      msPerStep: null,
      reason: 'it went on when the graphics processor failed',
    },
  ];
  run.emit({ kind: 'backend', chosen, timings });
  const note = `The graphics processor failed. The nets that it had not finished are taught on ${chosen}`;
  run.emit({ kind: 'phase', phase: 'train', note });
}

/** The learning of one group. */
class BlockLesson {
  private nAtOnce = LEAST_AT_ONCE;

  constructor(
    private readonly work: DeviceRun,
    private readonly columns: readonly number[],
    private readonly block: NetsBlock,
  ) {}

  /** @param open columns that the device has not finished; those of the group are taken from it */
  async learn(open: Set<number>): Promise<void> {
    const { block, work } = this;
    while (block.step < block.nSteps) {
      await this.advance();
      if (block.step < block.nSteps && work.keeper.isDue()) await this.saveMidway();
      await work.takeTurn();
    }
    const nets = await this.read();
    this.columns.forEach((column, i) => {
      const [task, net] = [work.tasks[column], nets[i]];
      if (task?.kind !== 'net' || net === undefined) return;
      const { hidden, counts, parents } = task;
      open.delete(column);
      work.keep(column, { hidden, nClasses: counts.length, parents, params: net.params });
    });
  }

  private async advance(): Promise<void> {
    const { block, work } = this;
    const [start, at] = [work.run.now(), block.step];
    const loss = await block.advance(this.nAtOnce);
    if (work.device.isLost()) throw new Error('the device was lost');
    const spent = Math.max(1, work.run.now() - start);
    const cost = this.columns.reduce((sum, column) => sum + costOf(work.tasks[column]), 0);
    work.report.addStep(loss, (cost * (block.step - at)) / block.nSteps);
    const fitting = Math.floor((this.nAtOnce * TURN_MS) / spent);
    this.nAtOnce = Math.max(LEAST_AT_ONCE, Math.min(2 * this.nAtOnce, fitting));
  }

  private async read(): Promise<NetMidway[]> {
    const nets = await this.block.read();
    const isWhole = nets.every(({ params }) => params.every((value) => Number.isFinite(value)));
    if (this.work.device.isLost() || !isWhole) throw new Error('the device was lost');
    return nets;
  }

  /** Keeps the nets as they are: the page, or the kernel if the device fails, goes on from there. */
  private async saveMidway(): Promise<void> {
    const nets = await this.read();
    this.columns.forEach((column, i) => {
      const task = this.work.tasks[column];
      if (task?.kind === 'net') this.work.tasks[column] = { ...task, from: nets[i] ?? null };
    });
    const begun = this.columns.flatMap((column, i): [number, NetMidway][] => {
      const net = nets[i];
      return net === undefined ? [] : [[column, net]];
    });
    this.work.keeper.saveMidway(new Map(begun));
  }
}
