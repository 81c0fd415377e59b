import { layNet } from '../../argn/place-net';
import type { NetTask } from '../../argn/train-net';
import type { ColumnInput } from '../../argn/column-input';
import { countParams, type BlockSizes } from './block-sizes';

/** Place of what adds no row of T: farther than 1 from all rows. */
const NOWHERE = -2;
/** Row of T that is none: farther than 1 from all places. */
const NO_ROW = -9;

/** What a block looks up while it learns; it does not change. */
export interface BlockTables {
  /**
   * For each column that a net looks at and each row, between which rows of the column's part of T it lies: a whole number
   * adds that row, one between two adds both by how near they are. The last column and the last row add none. [columns + 1, nRows + 1]
   */
  readonly places: Float32Array;
  /** Class of each row for each net; −1 in the last row. [nNets, nRows + 1] */
  readonly targets: Float32Array;
  /** Which of the columns each net looks at. [nNets, parents] */
  readonly parents: Int32Array;
  /** Where the part of each of those starts in T. [nNets, parents] */
  readonly starts: Int32Array;
  /** For each row of T, of which parent it is and which of its rows. [nNets, inputRows, 2] */
  readonly inputRows: Int32Array;
}

export function tabulate(tasks: readonly NetTask[], sizes: BlockSizes): BlockTables {
  const { nNets, parents: nParents, inputRows: nInputRows, nRows } = sizes;
  const columns = listColumns(tasks);
  const tables = {
    places: new Float32Array((columns.size + 1) * (nRows + 1)).fill(NOWHERE),
    targets: new Float32Array(nNets * (nRows + 1)).fill(-1),
    parents: new Int32Array(nNets * nParents).fill(columns.size),
    starts: new Int32Array(nNets * nParents),
    inputRows: new Int32Array(2 * nNets * nInputRows),
  };
  for (const { at, input, classes } of columns.values()) {
    const places = placesOf(input);
    for (let row = 0; row < classes.length; row++)
      tables.places[at * (nRows + 1) + row] = places[classes[row] ?? 0] ?? NOWHERE;
  }
  tasks.forEach((task, net) => {
    tables.targets.set(task.target, net * (nRows + 1));
    let start = 0;
    for (let row = 0; row < nInputRows; row++) tables.inputRows[2 * (net * nInputRows + row) + 1] = NO_ROW;
    task.inputs.forEach(({ nRows: nOwn }, p) => {
      tables.parents[net * nParents + p] = columns.get(task.parents[p] ?? -1)?.at ?? columns.size;
      tables.starts[net * nParents + p] = start;
      for (let row = 0; row < nOwn; row++)
        tables.inputRows.set([p, row], 2 * (net * nInputRows + start + row));
      start += nOwn;
    });
  });
  return tables;
}

interface SeenColumn {
  readonly at: number;
  readonly input: ColumnInput;
  readonly classes: Uint16Array;
}

function listColumns(tasks: readonly NetTask[]): Map<number, SeenColumn> {
  const columns = new Map<number, SeenColumn>();
  for (const task of tasks)
    task.parents.forEach((parent, p) => {
      const [input, classes] = [task.inputs[p], task.columns[p]];
      if (input !== undefined && classes !== undefined && !columns.has(parent))
        columns.set(parent, { at: columns.size, input, classes });
    });
  return columns;
}

function placesOf({ low, lowWeight, highWeight }: ColumnInput): Float32Array {
  return Float32Array.from(low, (row, c) => {
    const [near, far] = [lowWeight[c] ?? 0, highWeight[c] ?? 0];
    return near + far === 0 ? NOWHERE : row + far;
  });
}

/**
 * Copies numbers of one net, laid out as {@link layNet} does, into its place among those of a block.
 *
 * @param rest what stands at classes that the net does not have
 */
export function packNet(
  block: Float32Array,
  at: number,
  sizes: BlockSizes,
  task: NetTask,
  own: Float32Array,
  rest: number,
): void {
  const bias = at + countParams(sizes) - sizes.classes;
  block.fill(rest, bias, bias + sizes.classes);
  eachRun(sizes, task, (to, from, n) => block.set(own.subarray(from, from + n), at + to));
}

/** The reverse of {@link packNet}. */
export function unpackNet(block: Float32Array, at: number, sizes: BlockSizes, task: NetTask): Float32Array {
  const own = new Float32Array(layNet(task.hidden, task.counts.length, task.inputs).nParams);
  eachRun(sizes, task, (from, to, n) => own.set(block.subarray(at + from, at + from + n), to));
  return own;
}

/** Visits the runs of numbers that lie together in both layouts. */
function eachRun(
  { inputRows, hidden, classes }: BlockSizes,
  task: NetTask,
  visit: (inBlock: number, inNet: number, n: number) => void,
): void {
  const own = layNet(task.hidden, task.counts.length, task.inputs);
  for (let row = 0; row < own.nInputRows; row++) visit(row * hidden, row * own.hidden, own.hidden);
  const weights = inputRows * hidden;
  for (let k = 0; k < own.hidden; k++)
    visit(weights + k * classes, own.weights + k * own.classes, own.classes);
  const bias = weights + hidden * classes;
  visit(bias, own.hiddenBias, own.hidden);
  visit(bias + hidden, own.classBias, own.classes);
}
