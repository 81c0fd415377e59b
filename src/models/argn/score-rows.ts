import { getColumn, type Column, type Table } from '../../data/table';
import type { NetKernel } from '../kernels/net-kernel';
import { sharesInGroup } from '../trees/code-groups';
import { shareOfValue, type ValueCodes } from '../trees/value-codes';
import { classifyCodes, codeColumn, type ColumnClasses } from './column-classes';
import { alignLevels } from '../trees/align-levels';
import { predictTarget, type OpenTarget } from './boosted-target';
import { placeAll, type ArgnState, type OpenArgn } from './draw-rows';
import { Room } from './place-net';

const CHUNK = 16_384;
/** Log-probability that a value counts for which a net has never seen: half a row in all of train. */
const UNSEEN_ROWS = 0.5;
/** The least probability of a class by boosted trees; a class that they do not know is not counted here. */
const LEAST = 1e-9;

/**
 * Log-likelihood of each row: the sum over columns of the log-probability of the row's class given the row's other values,
 * and of its value within the class. A value that cannot be drawn counts as if half a row of train had had it.
 */
export function scoreRows(open: OpenArgn, kernel: NetKernel, table: Table): Float64Array {
  const { state } = open;
  const columns = state.names.map((name) => getColumn(table, name));
  const coded = state.columns.map(({ classes }, i) => codeColumn(classes, columnAt(columns, i)));
  const classed = state.columns.map(({ classes }, i) =>
    classifyCodes(classes.groups, coded[i] ?? new Int32Array()),
  );
  const scores = new Float64Array(table.nRows);
  state.columns.forEach(({ classes }, i) =>
    addValueScores(classes, columnAt(columns, i), coded[i] ?? new Int32Array(), scores),
  );
  addClassScores(open, kernel, classed, scores);
  open.targets.forEach((target, i) => {
    if (target === null) return;
    const aligned = columns.map((column, at) => alignLevels(column, codesAt(state, at)));
    addTargetScores(
      target,
      aligned,
      state.columns[i]?.classes.counts,
      classed[i] ?? new Uint16Array(),
      scores,
    );
  });
  return scores;
}

function columnAt(columns: readonly Column[], index: number): Column {
  const column = columns[index];
  if (column === undefined) throw new RangeError('the table lacks a column of the model');
  return column;
}

/** What is drawn from the margin: the code within its class, and the value within its code. */
function addValueScores(
  { codes, groups, counts }: ColumnClasses,
  column: Column,
  coded: Int32Array,
  scores: Float64Array,
): void {
  const shares = sharesInGroup(groups);
  const nRows = counts.reduce((sum, n) => sum + n, 0);
  const unseen = Math.log(UNSEEN_ROWS / (nRows + 1));
  coded.forEach((code, row) => {
    const value = column.kind === 'number' ? (column.values[row] ?? NaN) : NaN;
    const isSeen = code >= 0 && (counts[groups.groupOf[code] ?? 0] ?? 0) > 0;
    const within = codes.kind === 'number' ? shareOfValue(codes, code, value) : 1;
    const own = isSeen ? Math.log((shares[code] ?? 1) * within) : unseen;
    scores[row] = (scores[row] ?? 0) + own;
  });
}

function addClassScores(
  { state }: OpenArgn,
  kernel: NetKernel,
  classed: readonly Uint16Array[],
  scores: Float64Array,
): void {
  const size = Math.min(CHUNK, scores.length);
  const room = new Room(kernel);
  const placed = placeAll(state, kernel, room, size);
  const out = room.take(4 * size);
  for (let from = 0; from < scores.length; from += size) {
    const n = Math.min(size, scores.length - from);
    placed.forEach(({ column }, i) => {
      const part = (classed[i] ?? new Uint16Array()).subarray(from, from + n);
      new Uint16Array(kernel.buffer()).set(part, column / 2);
    });
    placed.forEach(({ net }, i) => {
      if (net === null) return;
      kernel.score(net, n, out);
      const logs = new Float32Array(kernel.buffer(), out, n);
      const counts = state.columns[i]?.classes.counts;
      const own = classed[i];
      for (let row = 0; row < n; row++)
        if ((counts?.[own?.[from + row] ?? 0] ?? 0) > 0)
          scores[from + row] = (scores[from + row] ?? 0) + (logs[row] ?? 0);
    });
  }
}

function addTargetScores(
  open: OpenTarget,
  columns: readonly Column[],
  counts: Float64Array | undefined,
  classes: Uint16Array,
  scores: Float64Array,
): void {
  const { firstClass, boosted } = open.target;
  const shares = predictTarget(open, columns, scores.length);
  for (let row = 0; row < scores.length; row++) {
    const own = classes[row] ?? 0;
    if ((counts?.[own] ?? 0) === 0) continue;
    const share = shares[row * boosted.nClasses + own - firstClass] ?? 0;
    scores[row] = (scores[row] ?? 0) + Math.log(Math.max(share, LEAST));
  }
}

function codesAt(state: ArgnState, index: number): ValueCodes {
  const model = state.columns[index];
  if (model === undefined) throw new RangeError('the model lacks a column of its own');
  return model.classes.codes;
}
