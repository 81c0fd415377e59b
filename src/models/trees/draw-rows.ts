import type { Column, Table } from '../../data/table';
import type { Rng } from '../../math/rng';
import { toValid } from '../encode/rounding';
import { openBoosted, predictClasses, type OpenBoosted } from './boosted';
import { drawNumbers } from './draw-numbers';
import { writeFeature, type CodedRows, type Feature } from './features';
import type { ColumnModel, LevelModel, NumberModel } from './fit-column';
import { drawCodes, findLeaves } from './tree';
import { MISSING } from './value-codes';

/** All columns given those before them. Plain data. */
export interface TreesState {
  readonly names: readonly string[];
  /** Columns in the order in which they are drawn. */
  readonly order: Int32Array;
  /** In the order of the table. */
  readonly columns: readonly ColumnModel[];
  readonly features: readonly Feature[];
}

/** Draws tried before a value outside of a column's range is brought to its end. */
const MAX_TRIES = 6;

/** A fitted model laid out once for all draws. */
export interface OpenTrees {
  readonly state: TreesState;
  /** Of each column that has one. */
  readonly boosted: readonly (OpenBoosted | null)[];
}

export function openTrees(state: TreesState): OpenTrees {
  const boosted = state.columns.map((model) =>
    model.kind === 'level' && model.boosted !== null ? openBoosted(model.boosted) : null,
  );
  return { state, boosted };
}

/** Draws rows from the model, column by column. */
export function drawRows({ state, boosted }: OpenTrees, nRows: number, rng: Rng): Table {
  const { order, names } = state;
  const drawn = new Map<number, Column>();
  const rows: CodedRows = { nRows, width: order.length, codes: new Uint8Array(nRows * order.length) };
  order.forEach((index, step) => {
    const model = state.columns[index];
    const feature = state.features[index];
    if (model === undefined || feature === undefined) return;
    const draw = { name: names[index] ?? '', rows, rng: rng.fork(`column/${index}`) };
    const column =
      model.kind === 'level'
        ? drawLevels(model, boosted[index] ?? null, draw)
        : drawNumberColumn(model, { ...draw, drawn });
    drawn.set(index, column);
    writeFeature(feature, column, rows, step);
  });
  return { nRows, columns: names.flatMap((_, index) => drawn.get(index) ?? []) };
}

interface Draw {
  readonly name: string;
  /** Columns drawn before, as features. */
  readonly rows: CodedRows;
  readonly rng: Rng;
}

function drawLevels(model: LevelModel, boosted: OpenBoosted | null, draw: Draw): Column {
  const { codes: valueCodes, firstCode } = model;
  const drawn =
    boosted === null
      ? drawCodes(model, findLeaves(model.tree, draw.rows), draw.rng)
      : drawBoosted(boosted, firstCode, draw);
  const codes = drawn.map((code) => (code === MISSING ? -1 : (valueCodes.kept[code - 1] ?? -1)));
  return { kind: 'level', name: draw.name, codes, levels: valueCodes.levels };
}

function drawBoosted(boosted: OpenBoosted, firstCode: number, { rows, rng }: Draw): Int32Array {
  const { nClasses } = boosted.model;
  const shares = predictClasses(boosted, rows);
  const drawn = new Int32Array(rows.nRows);
  for (let row = 0; row < rows.nRows; row++)
    drawn[row] = firstCode + pickClass(shares, row * nClasses, nClasses, rng.float());
  return drawn;
}

export function pickClass(shares: Float64Array, from: number, nClasses: number, u: number): number {
  let sum = 0;
  for (let c = 0; c < nClasses; c++) {
    sum += shares[from + c] ?? 0;
    if (u < sum) return c;
  }
  return nClasses - 1;
}

interface NumberDraw extends Draw {
  readonly drawn: ReadonlyMap<number, Column>;
}

function drawNumberColumn(model: NumberModel, draw: NumberDraw): Column {
  const { name, rng, drawn } = draw;
  const leaves = findLeaves(model.tree, draw.rows);
  const values = new Float64Array(draw.rows.nRows);
  const filling: NumberFilling = {
    model,
    drawn,
    values,
    chooseGroups: (rows, stream) =>
      drawCodes(
        model,
        rows.map((row) => leaves[row] ?? 0),
        stream,
      ),
    drawNumbers: (...args) => drawNumbers(model, ...args),
  };
  const all = new Int32Array(leaves.length);
  for (let row = 0; row < all.length; row++) all[row] = row;
  fillNumbers(filling, all, rng);
  return { kind: 'number', name, values };
}

/** A number column while it is drawn. */
export interface NumberFilling {
  readonly model: NumberModel;
  readonly drawn: ReadonlyMap<number, Column>;
  /** Filled row by row. */
  readonly values: Float64Array;
  /** A group for each of the given rows. */
  readonly chooseGroups: (rows: Int32Array, rng: Rng) => Int32Array;
  /** A number for each drawn group, as {@link drawNumbers} does. */
  readonly drawNumbers: (
    chosen: Int32Array,
    orderOf: (index: number) => Float64Array,
    rng: Rng,
  ) => Float64Array;
}

/** Draws the given rows, then again those whose value the column could not hold. */
export function fillNumbers(filling: NumberFilling, rows: Int32Array, rng: Rng): void {
  let open = rows;
  for (let attempt = 0; open.length > 0; attempt++) {
    const isLast = attempt === MAX_TRIES;
    const wrong = fillOnce(filling, open, rng.fork(`try/${attempt}`), isLast);
    if (isLast) break;
    open = wrong;
  }
}

/** Fills the given rows; answers those that are out of range, unless it is the last attempt, which brings them into it. */
function fillOnce(
  { model, drawn, values, chooseGroups, drawNumbers: numbersFor }: NumberFilling,
  rows: Int32Array,
  rng: Rng,
  isLast: boolean,
): Int32Array<ArrayBuffer> {
  const { copies, base, range } = model;
  const { nGroups } = model.groups;
  const chosen = chooseGroups(rows, rng);
  const taken = new Map<number, Float64Array>();
  const orderOf = (index: number) => {
    const values = taken.get(index) ?? takeValues(numbersOf(drawn, index), rows);
    taken.set(index, values);
    return values;
  };
  const numbers = numbersFor(chosen, orderOf, rng);
  const sources = copies.map((index) => numbersOf(drawn, index));
  const added = base === null ? null : numbersOf(drawn, base);
  const wrong: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    const group = chosen[i] ?? MISSING;
    const offset = added === null ? 0 : (added[row] ?? NaN);
    const value = group >= nGroups ? (sources[group - nGroups]?.[row] ?? NaN) : (numbers[i] ?? NaN) + offset;
    const isMissing = group === MISSING || Number.isNaN(offset);
    const fits = isMissing || (value >= range.min && value <= range.max);
    if (!fits && !isLast) wrong.push(row);
    values[row] = isMissing || Number.isNaN(value) ? NaN : toValid(value, range);
  }
  return Int32Array.from(wrong);
}

/** Values of a number column that has been drawn. */
export function numbersOf(drawn: ReadonlyMap<number, Column>, index: number): Float64Array {
  const column = drawn.get(index);
  if (column?.kind !== 'number') throw new RangeError('a number can only follow a number drawn before it');
  return column.values;
}

function takeValues(values: Float64Array, rows: Int32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i] ?? 0] ?? NaN;
  return taken;
}
