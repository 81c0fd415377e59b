import type { Column, Table } from '../../data/table';
import type { Rng } from '../../math/rng';
import { toValid } from '../encode/rounding';
import { predictClasses } from './boost';
import { codeFeature, type Feature } from './features';
import type { ColumnModel, LevelModel, NumberModel } from './fit-column';
import { drawCode, findLeaf } from './tree';
import { countCodes, drawNumbers } from './value-codes';

/** All columns given those before them. Plain data. */
export interface TreesState {
  readonly names: readonly string[];
  /** Columns in the order in which they are drawn. */
  readonly order: Int32Array;
  /** In the order of the table. */
  readonly columns: readonly ColumnModel[];
  readonly features: readonly Feature[];
  readonly shrinkage: number;
}

/** Draws tried before a value outside of a column's range is brought to its end. */
const MAX_TRIES = 6;

export function drawRows(state: TreesState, nRows: number, rng: Rng): Table {
  const drawn = new Map<number, Column>();
  const features: Uint8Array[] = [];
  for (const index of state.order) {
    const model = state.columns[index];
    const feature = state.features[index];
    if (model === undefined || feature === undefined) continue;
    const stream = rng.fork(`column/${index}`);
    const name = state.names[index] ?? '';
    const column =
      model.kind === 'level'
        ? drawLevels(model, name, features, nRows, state.shrinkage, stream)
        : drawNumberColumn(model, name, { features, drawn, nRows, shrinkage: state.shrinkage, rng: stream });
    drawn.set(index, column);
    features.push(codeFeature(feature, column));
  }
  const columns = state.names.flatMap((_, index) => drawn.get(index) ?? []);
  return { nRows, columns };
}

function drawLevels(
  model: LevelModel,
  name: string,
  features: readonly Uint8Array[],
  nRows: number,
  shrinkage: number,
  rng: Rng,
): Column {
  const { codes: valueCodes, tree, boosted, firstCode } = model;
  const codes = new Int32Array(nRows);
  const scores = new Float64Array(boosted?.nScores ?? 0);
  const shares = new Float64Array(boosted?.nClasses ?? 0);
  for (let row = 0; row < nRows; row++) {
    let code: number;
    if (boosted === null) code = drawCode(tree, findLeaf(tree, features, row), shrinkage, rng);
    else {
      predictClasses(boosted, features, row, scores, shares);
      code = firstCode + pickClass(shares, rng.float());
    }
    codes[row] = code === 0 ? -1 : (valueCodes.kept[code - 1] ?? -1);
  }
  return { kind: 'level', name, codes, levels: valueCodes.levels };
}

function pickClass(shares: Float64Array, u: number): number {
  let sum = 0;
  for (let c = 0; c < shares.length; c++) {
    sum += shares[c] ?? 0;
    if (u < sum) return c;
  }
  return shares.length - 1;
}

interface NumberDraw {
  readonly features: readonly Uint8Array[];
  readonly drawn: ReadonlyMap<number, Column>;
  readonly nRows: number;
  readonly shrinkage: number;
  readonly rng: Rng;
}

/** Draws all rows, then again those whose value the column could not hold. */
function drawNumberColumn(model: NumberModel, name: string, draw: NumberDraw): Column {
  const { nRows, rng } = draw;
  const values = new Float64Array(nRows);
  const leaves = Int32Array.from({ length: nRows }, (_, row) => findLeaf(model.tree, draw.features, row));
  let rows = Int32Array.from(leaves.keys());
  for (let attempt = 0; rows.length > 0; attempt++) {
    const isLast = attempt === MAX_TRIES;
    const wrong = fillNumbers(model, draw, leaves, rows, values, rng.fork(`try/${attempt}`), isLast);
    if (isLast) break;
    rows = wrong;
  }
  return { kind: 'number', name, values };
}

/** Fills the given rows; answers those that are out of range, unless it is the last attempt, which brings them into it. */
function fillNumbers(
  model: NumberModel,
  { drawn, shrinkage }: NumberDraw,
  leaves: Int32Array,
  rows: Int32Array,
  values: Float64Array,
  rng: Rng,
  isLast: boolean,
): Int32Array<ArrayBuffer> {
  const { codes, copies, base, range, tree } = model;
  const nCodes = countCodes(codes);
  const chosen = Int32Array.from(rows, (row) => drawCode(tree, leaves[row] ?? 0, shrinkage, rng));
  const own = chosen.map((code) => (code < nCodes ? code : 0));
  const numbers = new Float64Array(rows.length);
  drawNumbers(codes, own, numbers, rng);
  const valueOf = (index: number, row: number) => {
    const column = drawn.get(index);
    return column?.kind === 'number' ? (column.values[row] ?? NaN) : NaN;
  };
  const wrong: number[] = [];
  rows.forEach((row, i) => {
    const code = chosen[i] ?? 0;
    const isCopy = code >= nCodes;
    const added = base === null ? 0 : valueOf(base, row);
    const value = isCopy ? valueOf(copies[code - nCodes] ?? -1, row) : (numbers[i] ?? NaN) + added;
    const isMissing = code === 0 || (base !== null && Number.isNaN(added));
    const fits = isMissing || (value >= range.min && value <= range.max);
    if (!fits && !isLast) wrong.push(row);
    values[row] = isMissing || Number.isNaN(value) ? NaN : toValid(value, range);
  });
  return Int32Array.from(wrong);
}
