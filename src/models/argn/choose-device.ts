import { FailureError } from '../../data/failure';
import type { NetKernel } from '../kernels/net-kernel';
import type { BackendTiming, TrainingRun } from '../synthesizer';
import type { NetsBlock, NetsDevice } from './nets-device';
import { Room } from './place-net';
import { NetPlan } from './plan-net';
import { workOf } from './report-nets';
import { NetTrainer, type NetMidway, type NetTask } from './train-net';

/** Work from which a graphics processor is asked for: a thread of a laptop takes about four seconds for so much. */
export const LEAST_WORK = 5e10;
/** The kernel is not raced where it alone would be done so soon: to start a device and to compile for it takes a second or two. */
export const SOON_MS = 5000;
/** The kernel is tried for so long, or for so many steps. */
const [TRIAL_MS, TRIAL_STEPS] = [150, 500];
/** Steps that a device takes before it is timed, since it compiles at the first, and while it is; of a fast one four times as many. */
const [WARM_STEPS, TIMED_STEPS] = [3, 10];
/** Largest way between where device and kernel have taken a net, as a share of the way that it went. */
const MOST_OFF = 0.05;

/** What is to be learnt and with what, when it is asked where. */
export interface Contest {
  readonly kernel: NetKernel;
  /** Nets that are still to be learnt. */
  readonly tasks: readonly NetTask[];
  readonly run: TrainingRun;
}

/** Nets that a device is to learn, by index, a group after the other; the first group is in its memory. */
export interface DevicePlan {
  readonly groups: readonly (readonly number[])[];
  readonly first: NetsBlock;
}

/**
 * Decides whether a device learns the nets. One that a person asked for is taken untimed. Else, where there is much to learn,
 * a trial says how long the kernel would take on all threads, a few warm steps how long the device, and the faster is taken
 * and said. Null = the kernel. Throws `backend-missing` for a device that was asked for and is not there.
 */
export async function chooseDevice(contest: Contest, device: NetsDevice): Promise<DevicePlan | null> {
  const { tasks, run } = contest;
  if (device.isDemanded) return demand(contest, device);
  if (sum(tasks.map(workOf)) < LEAST_WORK || (await device.refuse()) !== null) return null;
  run.emit({ kind: 'phase', phase: 'backend', note: 'Timing a few steps' });
  const kernelMs = timeKernel(contest);
  if (kernelMs < SOON_MS) return null;
  const timed = await timeDevice(contest, device);
  const decision = compare(contest, kernelMs, timed);
  run.emit({ kind: 'backend', ...decision });
  if ('first' in timed) {
    if (decision.chosen === 'webgpu') return { groups: timed.groups, first: timed.first };
    timed.first.dispose();
  }
  device.discard();
  return null;
}

/** A device that a person asked for: taken untimed, if it does what it should. */
async function demand(contest: Contest, device: NetsDevice): Promise<DevicePlan | null> {
  const { tasks, run } = contest;
  if (tasks.length === 0) return null;
  if (!(await device.open()))
    throw new FailureError({
      code: 'backend-missing',
      message: 'The webgpu backend cannot be started in this browser; choose another one or "auto".',
    });
  const tried = await tryDevice(contest, device, device.group(tasks));
  const isTaken = 'first' in tried;
  const reason = isTaken ? 'it was asked for' : `it was asked for, but ${tried.reason}`;
  const timings = [{ backend: 'webgpu', available: isTaken, msPerStep: null, reason }] as const;
  run.emit({ kind: 'backend', chosen: isTaken ? 'webgpu' : nameKernel(contest), timings });
  if (isTaken) return { groups: tried.groups, first: tried.first };
  device.discard();
  return null;
}

/** Milliseconds that the kernel would take for all nets on all threads, from a trial of the costliest. */
function timeKernel({ kernel, tasks, run }: Contest): number {
  const work = tasks.map(workOf);
  const most = Math.max(...work);
  const costliest = tasks[work.indexOf(most)];
  if (costliest === undefined) return 0;
  const trainer = new NetTrainer(kernel, new Room(kernel), costliest);
  for (let step = 0; step < WARM_STEPS && !trainer.isDone; step++) trainer.step();
  const start = run.now();
  let [nSteps, spent] = [0, 0];
  while (!trainer.isDone && spent < TRIAL_MS && nSteps < TRIAL_STEPS) {
    trainer.step();
    nSteps++;
    spent = run.now() - start;
  }
  if (nSteps === 0 || spent <= 0) return 0;
  const msPerWork = (spent / nSteps) * (trainer.nSteps / most);
  const nThreads = 1 + (run.crew?.size ?? 0);
  return msPerWork * Math.max(most, sum(work) / nThreads);
}

type Tried = DevicePlan & { readonly msPerStep: number };
type Refused = { readonly reason: string };

/** Takes a few steps of the first group, and looks whether they are those of the kernel. */
async function tryDevice(
  contest: Contest,
  device: NetsDevice,
  groups: DevicePlan['groups'],
): Promise<Tried | Refused> {
  const { tasks, run } = contest;
  const nets = pick(tasks, groups[0] ?? []);
  if (nets[0] === undefined) return { reason: 'the nets of this table do not fit its memory' };
  let first: NetsBlock | null = null;
  try {
    first = await placeSoundly(contest.kernel, nets, device);
    let msPerStep = await timeSteps(first, TIMED_STEPS, run);
    if (msPerStep * TIMED_STEPS < TRIAL_MS) msPerStep = await timeSteps(first, 4 * TIMED_STEPS, run);
    return { groups, first, msPerStep };
  } catch (thrown) {
    first?.dispose();
    return { reason: thrown instanceof UnsoundDevice ? thrown.message : 'a trial step failed on it' };
  }
}

class UnsoundDevice extends Error {
  constructor() {
    super('it does not compute what the processor computes');
  }
}

/** Puts nets into a device's memory and takes the first steps. Throws when they are not those of the kernel, or fail. */
export async function placeSoundly(
  kernel: NetKernel,
  tasks: readonly NetTask[],
  device: NetsDevice,
): Promise<NetsBlock> {
  const block = device.place(tasks);
  try {
    await block.advance(WARM_STEPS);
    const nets = await block.read();
    // The first and the last stand at the ends of all that the device holds.
    const ends = [0, tasks.length - 1];
    if (!ends.every((end) => isSound(kernel, tasks[end], nets[end]))) throw new UnsoundDevice();
    return block;
  } catch (thrown) {
    block.dispose();
    throw thrown;
  }
}

/** Milliseconds a step; to wait for the last takes a while of its own, which counts the less, the more are taken. */
async function timeSteps(block: NetsBlock, nSteps: number, run: TrainingRun): Promise<number> {
  const [at, start] = [block.step, run.now()];
  await block.advance(nSteps);
  return (run.now() - start) / Math.max(1, block.step - at);
}

/** Whether a net has gone where the kernel takes it in as many steps, but for rounding. */
function isSound(kernel: NetKernel, task: NetTask | undefined, net: NetMidway | undefined): boolean {
  if (task === undefined || net === undefined) return false;
  const trainer = new NetTrainer(kernel, new Room(kernel), task);
  const start = trainer.read().params;
  while (trainer.nStepsTaken < net.step) trainer.step();
  const expected = trainer.read().params;
  return distance(expected, net.params) <= MOST_OFF * distance(expected, start);
}

function distance(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(a.reduce((squares, x, i) => squares + (x - (b[i] ?? NaN)) ** 2, 0));
}

/** Milliseconds that a device would take for all nets, or why it cannot. No group takes longer a step than the first. */
async function timeDevice(
  contest: Contest,
  device: NetsDevice,
): Promise<(DevicePlan & { readonly ms: number }) | Refused> {
  const { tasks } = contest;
  if (!(await device.open())) return { reason: 'it could not be started' };
  const groups = device.group(tasks);
  const isAll = groups.flat().length === tasks.length;
  const tried = await tryDevice(contest, device, isAll ? groups : []);
  if ('reason' in tried) return tried;
  const nSteps = sum(groups.map((group) => countSteps(pick(tasks, group))));
  return { groups, first: tried.first, ms: tried.msPerStep * nSteps };
}

function compare(
  contest: Contest,
  kernelMs: number,
  timed: { readonly ms: number } | Refused,
): { readonly chosen: BackendTiming['backend']; readonly timings: readonly BackendTiming[] } {
  const own = nameKernel(contest);
  const nSteps = Math.max(1, countSteps(contest.tasks));
  if ('reason' in timed) {
    const missing = { backend: 'webgpu', available: false, msPerStep: null, reason: timed.reason } as const;
    const reason = 'it is the fastest one there';
    const taken = { backend: own, available: true, msPerStep: kernelMs / nSteps, reason } as const;
    return { chosen: own, timings: [missing, taken] };
  }
  const isFaster = timed.ms < kernelMs;
  const say = (isTaken: boolean) => (isTaken ? 'it was the faster of the two' : 'it was slower');
  return {
    chosen: isFaster ? 'webgpu' : own,
    timings: [
      { backend: 'webgpu', available: true, msPerStep: timed.ms / nSteps, reason: say(isFaster) },
      { backend: own, available: true, msPerStep: kernelMs / nSteps, reason: say(!isFaster) },
    ],
  };
}

/** The kernel as a person knows it. */
export function nameKernel({ kernel }: Pick<Contest, 'kernel'>): 'wasm' | 'cpu' {
  return kernel.name === 'simd' ? 'wasm' : 'cpu';
}

/** Steps of the longest of the nets that are left. */
function countSteps(tasks: readonly NetTask[]): number {
  return tasks.reduce((most, task) => Math.max(most, new NetPlan(task).nSteps - (task.from?.step ?? 0)), 0);
}

export function pick<T>(list: readonly T[], indices: readonly number[]): T[] {
  return indices.flatMap((index) => list[index] ?? []);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}
