import type { Column, Table } from '../../data/table';
import type { Rng } from '../../math/rng';
import type { NetKernel, NetPlaces } from '../kernels/net-kernel';
import { drawNumbers } from '../trees/draw-numbers';
import { pickClass } from '../trees/draw-rows';
import { MISSING } from '../trees/value-codes';
import type { GroupPair } from '../trees/pair-groups';
import type { CodeGroups } from '../trees/code-groups';
import type { ColumnClasses } from './column-classes';
import type { ColumnInput } from './column-input';
import { isBoosted, openTarget, predictTarget, type Learnt, type OpenTarget } from './boosted-target';
import { placeNet, Room } from './place-net';
import { addPulls, findPulls, sortByKey, spreadOver, type Pull } from './spread-draws';

/** All columns given those before them. Plain data. */
export interface ArgnState {
  readonly names: readonly string[];
  /** Columns in the order in which they are drawn. */
  readonly order: Int32Array;
  /** In the order of the table. */
  readonly columns: readonly ColumnModel[];
}

export interface ColumnModel {
  readonly classes: ColumnClasses;
  /** For each class of a number, what orders the values within it; empty for levels. */
  readonly pairs: readonly GroupPair[];
  readonly input: ColumnInput;
  readonly net: Learnt;
}

/** Rows that are drawn together, so that memory does not grow with the rows. */
const CHUNK = 16_384;
/** A fitted model laid out once for all draws. */
export interface OpenArgn {
  readonly state: ArgnState;
  /** Of each column that has one. */
  readonly targets: readonly (OpenTarget | null)[];
  /** Of each net, what its rows are ordered by while they are drawn. */
  readonly pulls: readonly (readonly Pull[])[];
}

export function openArgn(state: ArgnState): OpenArgn {
  return {
    state,
    targets: state.columns.map(({ net }) => (isBoosted(net) ? openTarget(net) : null)),
    pulls: state.columns.map(({ net }) => (isBoosted(net) ? [] : findPulls(net, state.columns))),
  };
}

export function drawRows(open: OpenArgn, kernel: NetKernel, nRows: number, rng: Rng): Table {
  const { state } = open;
  const drawn = state.columns.map(() => new Uint16Array(nRows));
  const streams = state.columns.map((_, index) => rng.fork(`column/${index}`));
  const size = Math.min(CHUNK, nRows);
  const room = new Room(kernel);
  const placed = placeAll(state, kernel, room, size);
  const uniforms = room.take(4 * size);
  for (let from = 0; from < nRows; from += size) {
    const n = Math.min(size, nRows - from);
    const rows = new Int32Array(rng.fork(`rows/${from}`).permutation(n).buffer);
    for (const index of state.order) {
      const [place, stream, column] = [placed[index], streams[index], drawn[index]];
      if (place === undefined || place.net === null || stream === undefined || column === undefined) continue;
      const sorted = sortByKey(addPulls(open.pulls[index] ?? [], drawn, from, n), rows);
      spreadOver(sorted, new Float32Array(kernel.buffer(), uniforms, n), stream);
      kernel.draw(place.net, n, uniforms);
      column.set(new Uint16Array(kernel.buffer(), place.column, n), from);
    }
  }
  return { nRows, columns: writeColumns(open, drawn, rng) };
}

/** A column in a kernel's memory; `net` is null for a boosted target. */
interface PlacedColumn {
  readonly column: number;
  readonly net: NetPlaces | null;
}

/** All nets in a kernel's memory, each with room for its column. */
export function placeAll(
  { columns }: ArgnState,
  kernel: NetKernel,
  room: Room,
  nRows: number,
): readonly PlacedColumn[] {
  const places = columns.map(() => room.take(2 * nRows));
  return columns.map(({ net }, index) => {
    const column = places[index] ?? 0;
    if (isBoosted(net)) return { column, net: null };
    const parents = Array.from(net.parents, (parent) => {
      const input = columns[parent]?.input;
      if (input === undefined) throw new RangeError('a net looks at a column that is not there');
      return { input, column: places[parent] ?? 0 };
    });
    return { column, net: placeNet(kernel, room, net, parents, column, false) };
  });
}

/** Values of all columns, each after those that its values follow. */
function writeColumns(
  { state, targets }: Pick<OpenArgn, 'state' | 'targets'>,
  drawn: readonly Uint16Array[],
  rng: Rng,
): Column[] {
  const written = new Map<number, Column>();
  const numbersOf = (index: number): Float64Array => {
    const column = written.get(index);
    if (column?.kind !== 'number') throw new RangeError('a number can only follow a number drawn before it');
    return column.values;
  };
  for (const index of state.order) {
    const [model, chosen, name] = [state.columns[index], drawn[index], state.names[index]];
    if (model === undefined || chosen === undefined || name === undefined) continue;
    const target = targets[index] ?? null;
    if (target !== null)
      drawTarget(
        target,
        state.columns.map((_, i) => written.get(i)),
        chosen,
        rng.fork(`column/${index}`),
      );
    const stream = rng.fork(`value/${index}`);
    written.set(index, writeColumn(name, model, chosen, numbersOf, stream));
  }
  return state.columns.flatMap((_, index) => written.get(index) ?? []);
}

/** Draws the classes of a target by the values of the columns before it. */
function drawTarget(
  open: OpenTarget,
  columns: readonly (Column | undefined)[],
  chosen: Uint16Array,
  rng: Rng,
): void {
  const { firstClass, boosted } = open.target;
  const shares = predictTarget(open, columns, chosen.length);
  const uniforms = new Float32Array(chosen.length);
  const keys = Float32Array.from(chosen, (_, row) => shares[row * boosted.nClasses] ?? 0);
  const rows = new Int32Array(rng.fork('rows').permutation(chosen.length).buffer);
  spreadOver(sortByKey(keys, rows), uniforms, rng);
  for (let row = 0; row < chosen.length; row++)
    chosen[row] =
      firstClass + pickClass(shares, row * boosted.nClasses, boosted.nClasses, uniforms[row] ?? 0);
}

function writeColumn(
  name: string,
  { classes: { codes, groups }, pairs }: ColumnModel,
  chosen: Uint16Array,
  numbersOf: (index: number) => Float64Array,
  rng: Rng,
): Column {
  if (codes.kind === 'number') {
    const values = drawNumbers({ codes, groups, pairs }, new Int32Array(chosen), numbersOf, rng, true);
    return { kind: 'number', name, values };
  }
  const drawn = new Int32Array(chosen.length);
  for (let row = 0; row < drawn.length; row++) {
    const code = pickCode(groups, chosen[row] ?? MISSING, rng);
    drawn[row] = code === MISSING ? -1 : (codes.kept[code - 1] ?? -1);
  }
  return { kind: 'level', name, codes: drawn, levels: codes.levels };
}

/** A code of a group, by the rows of train that have it. */
function pickCode({ starts, codes, cumulated }: CodeGroups, group: number, rng: Rng): number {
  const [from, to] = [starts[group] ?? 0, starts[group + 1] ?? 0];
  return codes[to - from > 1 ? from + rng.pick(cumulated.subarray(from, to)) : from] ?? MISSING;
}
