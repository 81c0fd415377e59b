import { layNet } from '../../argn/place-net';
import { NetPlan } from '../../argn/plan-net';
import type { NetTask } from '../../argn/train-net';

/** Nets side by side in tensors, each padded to the largest. A net's parameters stand as T, W, b, c, as in place-net.ts. */
export interface BlockSizes {
  readonly nNets: number;
  /** Rows a step of each net. */
  readonly batch: number;
  /** Columns that a net looks at. */
  readonly parents: number;
  /** Rows of T. */
  readonly inputRows: number;
  readonly hidden: number;
  readonly classes: number;
  /** Rows of the table. */
  readonly nRows: number;
}

/** Bytes that every graphics processor offers in one piece. */
const MOST_BYTES = 128 * 2 ** 20;

/** Parameters of one net. */
export function countParams({ inputRows, hidden, classes }: BlockSizes): number {
  return (inputRows + 1) * hidden + (hidden + 1) * classes;
}

/** The smallest sizes that hold all of the tasks; none is 0. */
export function sizeBlock(tasks: readonly NetTask[]): BlockSizes {
  return tasks.map(sizeNet).reduce(join);
}

function sizeNet(task: NetTask): BlockSizes {
  const { nInputRows, hidden, classes } = layNet(task.hidden, task.counts.length, task.inputs);
  const { nKnown, stepsPerEpoch } = new NetPlan(task);
  return {
    nNets: 1,
    batch: stepsPerEpoch === 0 ? 1 : Math.ceil(nKnown / stepsPerEpoch),
    parents: Math.max(1, task.parents.length),
    inputRows: Math.max(1, nInputRows),
    hidden,
    classes,
    nRows: task.target.length,
  };
}

function join(a: BlockSizes, b: BlockSizes): BlockSizes {
  return {
    nNets: a.nNets + b.nNets,
    batch: Math.max(a.batch, b.batch),
    parents: Math.max(a.parents, b.parents),
    inputRows: Math.max(a.inputRows, b.inputRows),
    hidden: Math.max(a.hidden, b.hidden),
    classes: Math.max(a.classes, b.classes),
    nRows: Math.max(a.nRows, b.nRows),
  };
}

/** True where each tensor of a block is one that every graphics processor can hold. */
function fitsDevice(sizes: BlockSizes, nColumns: number): boolean {
  const { nNets, batch, parents, hidden, classes, nRows } = sizes;
  const most = Math.max(
    3 * nNets * countParams(sizes),
    nNets * batch * Math.max(parents + 1, hidden, classes),
    (Math.max(nNets, nColumns) + 1) * (nRows + 1),
  );
  return 4 * most <= MOST_BYTES;
}

/** A group of nets that more may join. */
interface OpenGroup {
  readonly indices: readonly number[];
  readonly sizes: BlockSizes;
  readonly columns: ReadonlySet<number>;
  /** Steps that its nets have taken. */
  readonly step: number;
}

/**
 * Groups of tasks, by index, that are learnt side by side, the largest first: each net with those next to it in size, as many
 * as fit. Those in one group have come equally far. A task that fits no group is in none.
 */
export function groupTasks(tasks: readonly NetTask[]): (readonly number[])[] {
  const alone = tasks
    .map((task, index): OpenGroup => {
      const columns = new Set(task.parents);
      return { indices: [index], sizes: sizeNet(task), columns, step: task.from?.step ?? 0 };
    })
    .filter(fits)
    .sort((a, b) => b.step - a.step || countParams(b.sizes) - countParams(a.sizes));
  const groups: OpenGroup[] = [];
  for (const own of alone) {
    const last = groups.at(-1);
    const joined = last === undefined ? null : joinGroups(last, own);
    if (joined !== null && joined.step === own.step && fits(joined)) groups[groups.length - 1] = joined;
    else groups.push(own);
  }
  const weigh = ({ sizes }: OpenGroup) => sizes.nNets * countParams(sizes);
  return groups.sort((a, b) => weigh(b) - weigh(a)).map(({ indices }) => indices);
}

function joinGroups(a: OpenGroup, b: OpenGroup): OpenGroup {
  return {
    indices: [...a.indices, ...b.indices],
    sizes: join(a.sizes, b.sizes),
    columns: new Set([...a.columns, ...b.columns]),
    step: a.step,
  };
}

function fits({ sizes, columns }: OpenGroup): boolean {
  return fitsDevice(sizes, columns.size);
}
