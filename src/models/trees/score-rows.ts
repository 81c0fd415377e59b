import type { Column, LevelColumn, Table } from '../../data/table';
import { getColumn } from '../../data/table';
import { alignLevels } from './align-levels';
import { openBoosted, predictClasses } from './boosted';
import { sharesInGroup } from './code-groups';
import { CodeShares } from './code-shares';
import type { TreesState } from './draw-rows';
import { writeFeature, type CodedRows } from './features';
import type { LevelModel, NumberModel } from './fit-column';
import { codeNumber } from './fit-codes';
import { findLeaves, type TreeDraw } from './tree';
import { countCodes, MISSING, shareOfValue } from './value-codes';

/** Rows of train that a value counts for which the model cannot draw. */
const UNSEEN_ROWS = 0.5;

/**
 * Log-likelihood of each row: the sum over columns of the log-probability with which the model draws the row's code from
 * the leaf that the row's other values lead to, and the row's value from that code. A value that cannot be drawn counts as
 * if half a row of train had had it, so that no row is minus infinity. That draws out of a column's range are made again
 * is left out.
 */
export function scoreRows(state: TreesState, table: Table): Float64Array {
  const { nRows } = table;
  const columns = state.columns.map((model, index) =>
    alignLevels(getColumn(table, state.names[index] ?? ''), model.codes),
  );
  const rows: CodedRows = {
    nRows,
    width: state.order.length,
    codes: new Uint8Array(nRows * state.order.length),
  };
  const scores = new Float64Array(nRows);
  state.order.forEach((index, step) => {
    const [column, model, feature] = [columns[index], state.columns[index], state.features[index]];
    if (column === undefined || model === undefined || feature === undefined) return;
    if (model.kind === 'level' && column.kind === 'level') scoreLevels(model, column, rows, scores);
    if (model.kind === 'number' && column.kind === 'number')
      scoreNumbers(model, column.values, columns, rows, scores);
    writeFeature(feature, column, rows, step);
  });
  return scores;
}

function scoreLevels(model: LevelModel, { codes }: LevelColumn, rows: CodedRows, scores: Float64Array): void {
  const { kept, levels } = model.codes;
  const codeOf = new Int32Array(levels.length).fill(-1);
  kept.forEach((level, i) => (codeOf[level] = i + 1));
  const probability =
    model.boosted === null ? fromTree(model, countCodes(model.codes), rows) : fromBoosted(model, rows);
  const unseen = UNSEEN_ROWS / (model.tree.codes.length + 1);
  codes.forEach((level, row) => {
    const code = level === -1 ? MISSING : (codeOf[level] ?? -1);
    const share = code < 0 ? 0 : probability(row, code);
    scores[row] = (scores[row] ?? 0) + Math.log(Math.max(share, unseen));
  });
}

type Probability = (row: number, code: number) => number;

function fromTree(draw: TreeDraw, nCodes: number, rows: CodedRows): Probability {
  const leaves = findLeaves(draw.tree, rows);
  const shares = new CodeShares(draw, nCodes);
  return (row, code) => shares.shareOf(leaves[row] ?? 0, code);
}

function fromBoosted({ boosted, firstCode }: LevelModel, rows: CodedRows): Probability {
  if (boosted === null) throw new TypeError('the column is not boosted');
  const shares = predictClasses(openBoosted(boosted), rows);
  const { nClasses } = boosted;
  return (row, code) => (code < firstCode ? 0 : (shares[row * nClasses + code - firstCode] ?? 0));
}

function scoreNumbers(
  model: NumberModel,
  values: Float64Array,
  columns: readonly (Column | undefined)[],
  rows: CodedRows,
  scores: Float64Array,
): void {
  const { codes, groups, base, copies } = model;
  const { groupOf, nGroups } = groups;
  const inGroup = sharesInGroup(groups);
  const numbersOf = (index: number) => {
    const column = columns[index];
    return column?.kind === 'number' ? column.values : new Float64Array();
  };
  const added = base === null ? null : numbersOf(base);
  const sources = copies.map(numbersOf);
  const probability = fromTree(model, nGroups + copies.length, rows);
  const unseen = UNSEEN_ROWS / (model.tree.codes.length + 1);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? NaN;
    const own = added === null ? value : value - (added[row] ?? NaN);
    const code = codeNumber(codes, own);
    const group = Math.max(probability(row, groupOf[code] ?? MISSING), unseen);
    let share = group * (inGroup[code] ?? 1) * shareOfValue(codes, code, own);
    sources.forEach((source, copy) => {
      if (value === source[row]) share += probability(row, nGroups + copy);
    });
    scores[row] = (scores[row] ?? 0) + Math.log(share);
  }
}
