import { NEVER, pad, scratchBytes, type NetKernel, type NetPlaces } from '../kernels/net-kernel';
import type { ColumnInput } from './column-input';

/** One net as plain data: the columns it looks at and its parameters, T, W, b and c one after another. */
export interface Net {
  readonly hidden: number;
  /** Classes without padding. */
  readonly nClasses: number;
  /** Columns of the table that it looks at. */
  readonly parents: Int32Array;
  readonly params: Float32Array;
}

/** Sizes of a net's parts, in numbers. */
export interface NetLayout {
  readonly hidden: number;
  readonly classes: number;
  readonly nInputRows: number;
  /** Where W, b and c start. */
  readonly weights: number;
  readonly hiddenBias: number;
  readonly classBias: number;
  readonly nParams: number;
}

export function layNet(hidden: number, nClasses: number, inputs: readonly ColumnInput[]): NetLayout {
  const units = pad(hidden);
  const classes = pad(nClasses);
  const nInputRows = inputs.reduce((sum, { nRows }) => sum + nRows, 0);
  const weights = nInputRows * units;
  const hiddenBias = weights + units * classes;
  const classBias = hiddenBias + units;
  return {
    hidden: units,
    classes,
    nInputRows,
    weights,
    hiddenBias,
    classBias,
    nParams: classBias + classes,
  };
}

/** Log-shares of classes, so that a net starts at its column's margin; classes without rows are never drawn. */
export function biasOf(counts: Float64Array, classes: number): Float32Array {
  const total = counts.reduce((sum, n) => sum + n, 0);
  const bias = new Float32Array(classes).fill(NEVER);
  counts.forEach((n, c) => {
    if (n > 0) bias[c] = Math.log((n + 1) / (total + counts.length));
  });
  if (total === 0) bias[0] = 0;
  return bias;
}

/** Hands out offsets of a kernel's memory, one after another. */
export class Room {
  private end = 1024;

  constructor(private readonly kernel: NetKernel) {}

  /** Offset of that many free bytes, which are not cleared. */
  take(nBytes: number): number {
    const start = this.end;
    this.end = (start + nBytes + 15) & ~15;
    this.kernel.grow(this.end);
    return start;
  }

  /** Where the next bytes would come from; {@link reset} to it frees all taken since. */
  mark(): number {
    return this.end;
  }

  reset(mark: number): void {
    this.end = mark;
  }

  bytes(): number {
    return this.end;
  }
}

/** A column of classes in a kernel's memory. */
export interface PlacedParent {
  readonly input: ColumnInput;
  readonly column: number;
}

/** Puts a net into a kernel's memory, to draw and score or, `forTraining`, to learn. */
export function placeNet(
  kernel: NetKernel,
  room: Room,
  { hidden, nClasses, params }: Pick<Net, 'hidden' | 'nClasses' | 'params'>,
  parents: readonly PlacedParent[],
  target: number,
  forTraining: boolean,
): NetPlaces {
  const layout = layNet(
    hidden,
    nClasses,
    parents.map(({ input }) => input),
  );
  const bytes = 4 * layout.nParams;
  const at = { params: room.take(bytes), grads: 0, first: 0, second: 0 };
  if (forTraining) [at.grads, at.first, at.second] = [room.take(bytes), room.take(bytes), room.take(bytes)];
  const scratch = room.take(scratchBytes(layout.hidden, layout.classes));
  const list = writeParents(kernel, room, parents, layout.hidden);
  const memory = new Float32Array(kernel.buffer());
  memory.set(params, at.params / 4);
  if (forTraining) memory.fill(0, at.grads / 4, at.second / 4 + layout.nParams);
  return {
    hidden: layout.hidden,
    nKnown: nClasses,
    classes: layout.classes,
    nParents: parents.length,
    parents: list,
    target,
    nParams: layout.nParams,
    nDecayed: layout.hiddenBias,
    nInputRows: layout.nInputRows,
    ...at,
    scratch,
  };
}

function writeParents(
  kernel: NetKernel,
  room: Room,
  parents: readonly PlacedParent[],
  hidden: number,
): number {
  const list = room.take(8 * parents.length);
  let firstRow = 0;
  parents.forEach(({ input, column }, p) => {
    const { low, high, lowWeight, highWeight } = input;
    const table = room.take(16 * low.length);
    const words = new Int32Array(kernel.buffer());
    const floats = new Float32Array(kernel.buffer());
    low.forEach((row, c) => {
      const entry = table / 4 + 4 * c;
      words[entry] = (firstRow + row) * hidden;
      words[entry + 1] = (firstRow + (high[c] ?? 0)) * hidden;
      floats[entry + 2] = lowWeight[c] ?? 0;
      floats[entry + 3] = highWeight[c] ?? 0;
    });
    words[list / 4 + 2 * p] = column;
    words[list / 4 + 2 * p + 1] = table;
    firstRow += input.nRows;
  });
  return list;
}
