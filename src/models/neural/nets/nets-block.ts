import * as tf from '@tensorflow/tfjs-core';
import type { NetsBlock } from '../../argn/nets-device';
import { NetPlan } from '../../argn/plan-net';
import type { NetMidway, NetTask } from '../../argn/train-net';
import { NEVER } from '../../kernels/net-kernel';
import { registerBlockPrograms } from './block-programs';
import { countParams, sizeBlock, type BlockSizes } from './block-sizes';
import { takeBlockStep, type BlockBatch, type TableTensors } from './block-step';
import { packNet, tabulate, unpackNet } from './block-tables';

/** Puts nets that have come equally far side by side on the current backend. */
export function openNetsBlock(tasks: readonly NetTask[]): NetsBlock {
  registerBlockPrograms();
  return new TensorNetsBlock(tasks);
}

/** A net's plan and the order in which its epoch sees rows. */
interface Course {
  readonly task: NetTask;
  readonly plan: NetPlan;
  epoch: number;
  order: Uint32Array;
}

/** The rows of a step on the processor. */
interface HostBatch {
  readonly rows: Int32Array;
  readonly rates: Float32Array;
}

class TensorNetsBlock implements NetsBlock {
  readonly nSteps: number;
  private at: number;
  private readonly sizes: BlockSizes;
  private readonly courses: readonly Course[];
  private readonly tables: TableTensors;
  private state: tf.Tensor1D;

  constructor(tasks: readonly NetTask[]) {
    this.sizes = sizeBlock(tasks);
    this.courses = tasks.map((task) => {
      return { task, plan: new NetPlan(task), epoch: -1, order: new Uint32Array() };
    });
    this.nSteps = this.courses.reduce((most, { plan }) => Math.max(most, plan.nSteps), 0);
    this.at = tasks[0]?.from?.step ?? 0;
    const { places, targets, parents, starts, inputRows } = tabulate(tasks, this.sizes);
    this.tables = {
      places: tf.tensor1d(places),
      targets: tf.tensor1d(targets),
      parents: tf.tensor1d(parents, 'int32'),
      starts: tf.tensor1d(starts, 'int32'),
      inputRows: tf.tensor1d(inputRows, 'int32'),
    };
    this.state = tf.tensor1d(this.startState());
  }

  get step(): number {
    return this.at;
  }

  async advance(nSteps: number): Promise<number> {
    const end = Math.min(this.at + nSteps, this.nSteps);
    let losses: Promise<number> = Promise.resolve(0);
    while (this.at < end) losses = this.takeStep(this.at + 1 === end);
    return losses;
  }

  async read(): Promise<NetMidway[]> {
    const state = (await this.state.data()) as Float32Array;
    const nParams = countParams(this.sizes);
    const part = (index: number, net: number, task: NetTask) =>
      unpackNet(state, (index * this.sizes.nNets + net) * nParams, this.sizes, task);
    return this.courses.map(({ task, plan }, net) => ({
      step: Math.min(this.at, plan.nSteps),
      params: part(0, net, task),
      first: part(1, net, task),
      second: part(2, net, task),
    }));
  }

  dispose(): void {
    tf.dispose([this.state, ...Object.values(this.tables)]);
  }

  private startState(): Float32Array {
    const nParams = countParams(this.sizes);
    const size = this.sizes.nNets * nParams;
    const state = new Float32Array(3 * size);
    this.courses.forEach(({ task, plan }, net) => {
      const at = net * nParams;
      packNet(state, at, this.sizes, task, task.from?.params ?? plan.startParams(), NEVER);
      if (task.from === null) return;
      packNet(state, size + at, this.sizes, task, task.from.first, 0);
      packNet(state, 2 * size + at, this.sizes, task, task.from.second, 0);
    });
    return state;
  }

  /** Takes the next step; answers its mean cross-entropy when watched. */
  private takeStep(isWatched: boolean): Promise<number> {
    const host = this.gatherBatch();
    const [state, watched] = tf.tidy((): tf.Tensor[] => {
      const batch: BlockBatch = { rows: tf.tensor1d(host.rows, 'int32'), rates: tf.tensor1d(host.rates) };
      const next = takeBlockStep(this.state, this.tables, batch, this.sizes);
      const own = isWatched ? [tf.gather(next.errors, tf.tensor1d(this.findOwn(host), 'int32'))] : [];
      return [next.state, ...own];
    });
    this.state.dispose();
    this.state = state as tf.Tensor1D;
    this.at++;
    return watched === undefined ? Promise.resolve(0) : this.readLoss(watched, host);
  }

  private gatherBatch(): HostBatch {
    const { nNets, batch, nRows } = this.sizes;
    const rows = new Int32Array(nNets * batch).fill(nRows);
    const rates = new Float32Array(4 * nNets);
    this.courses.forEach((course, net) => {
      const { plan } = course;
      if (this.at >= plan.nSteps) return;
      const { epoch, from, to } = plan.batchAt(this.at);
      if (epoch !== course.epoch) [course.epoch, course.order] = [epoch, plan.orderOf(epoch)];
      rows.set(course.order.subarray(from, to), net * batch);
      const { rate, unbias, decay } = plan.ratesAt(this.at);
      rates.set([rate, unbias, decay, 1 / (to - from)], 4 * net);
    });
    return { rows, rates };
  }

  /** Where each row's own class stands among the errors. */
  private findOwn({ rows }: HostBatch): Int32Array {
    const { batch, classes } = this.sizes;
    return rows.map((row, i) => {
      const target = this.courses[Math.floor(i / batch)]?.task.target;
      return i * classes + (target?.[row] ?? 0);
    });
  }

  /** The error of a row's own class is its chance less 1, times the row's share. */
  private async readLoss(watched: tf.Tensor, { rows, rates }: HostBatch): Promise<number> {
    const errors = await watched.data();
    watched.dispose();
    const { nRows, batch } = this.sizes;
    let [sum, n] = [0, 0];
    errors.forEach((error, i) => {
      if (rows[i] === nRows) return;
      sum -= Math.log(Math.max(1e-7, 1 + error / (rates[4 * Math.floor(i / batch) + 3] ?? 1)));
      n++;
    });
    if (!Number.isFinite(sum)) throw new Error('the device answered with what is no number');
    return n === 0 ? 0 : sum / n;
  }
}
