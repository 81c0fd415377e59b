import type { Column, Table } from '../../data/table';
import { correctCramersV, correlateSums, measureCorrelationRatio } from '../../math/association';
import { meanOfPresent, measureSpread } from '../../math/statistics';
import {
  DISTANCE,
  GroupedCounts,
  jackknifeInterval,
  meanReplicates,
  N_GROUPS,
  type Replicates,
} from '../group-jackknife';
import type { MeasurePart } from '../measure';
import { type Estimate, type FidelitySpec, type Reason } from './hold-against-train';
import { isZero, nameWorst } from './name-worst';
import { show } from '../tell';
import { codeMargin, fitMarginRule, type MarginRule } from './margin-codes';
import { sumPairs } from './pair-sums';

/** Levels of a column that are told apart; the others are one. */
const MAX_LEVELS = 30;

/** Each column of train as relations need it: numbers by train's mean and spread, levels by train's most frequent. */
type Axis =
  | { readonly kind: 'number'; readonly mean: number; readonly scale: number }
  | { readonly kind: 'level'; readonly rule: MarginRule };

type Coded =
  | { readonly kind: 'number'; readonly values: Float64Array }
  | { readonly kind: 'level'; readonly codes: Uint8Array; readonly nCodes: number };

export type RelationKind = 'Pearson’s r' | 'Cramér’s V' | 'correlation ratio';

/**
 * The matrix of relations of all pairs of columns — Pearson's r of two numbers, bias-corrected Cramér's V of two columns of
 * levels, the correlation ratio of one and the other — beside train's: the mean absolute difference. Rows where either value
 * is missing are left out of a pair. Each part holds both figures, so that the two matrices can be drawn.
 */
export const ASSOCIATION_DIFFERENCE: FidelitySpec = {
  titles: [
    {
      id: 'association-difference',
      direction: 'lower-is-better',
      sentence: (estimate) =>
        `The strength of the relation of two columns differs from train's by ${show(estimate.value)} on average` +
        `${nameWorst(estimate.parts ?? [], isZero)}.`,
    },
  ],
  sizes: 'equal',
  minRows: 20,
  prepare: (train) => {
    const axes = train.columns.map(fitAxis);
    const own = relate(codeColumns(axes, train));
    return (other) => [compareRelations(own, relate(codeColumns(axes, other)), train.columns)];
  },
};

function fitAxis(column: Column): Axis {
  if (column.kind === 'level') return { kind: 'level', rule: fitMarginRule(column, MAX_LEVELS) };
  const spread = measureSpread(column.values);
  return { kind: 'number', mean: meanOfPresent(column.values) ?? 0, scale: spread > 0 ? 1 / spread : 1 };
}

function codeColumns(axes: readonly Axis[], { columns }: Table): readonly Coded[] {
  return axes.flatMap((axis, at): Coded[] => {
    const column = columns[at];
    if (axis.kind === 'number' && column?.kind === 'number')
      return [{ kind: 'number', values: column.values.map((value) => (value - axis.mean) * axis.scale) }];
    if (axis.kind === 'level' && column?.kind === 'level')
      return [{ kind: 'level', codes: codeMargin(axis.rule, column), nCodes: axis.rule.nCodes }];
    return [];
  });
}

interface Relation {
  readonly at: readonly [number, number];
  readonly kind: RelationKind;
  readonly strength: Replicates;
}

function relate(columns: readonly Coded[]): readonly Relation[] {
  return columns.flatMap((first, i) =>
    columns.slice(i + 1).map((second, j): Relation => ({ at: [i, i + 1 + j], ...relatePair(first, second) })),
  );
}

function relatePair(first: Coded, second: Coded): Omit<Relation, 'at'> {
  if (first.kind === 'number' && second.kind === 'number')
    return { kind: 'Pearson’s r', strength: sumPairs(first.values, second.values).replicate(correlateSums) };
  if (first.kind === 'level' && second.kind === 'level')
    return { kind: 'Cramér’s V', strength: relateLevels(first, second) };
  if (first.kind === 'number' && second.kind === 'level')
    return { kind: 'correlation ratio', strength: relateMixed(first.values, second) };
  if (first.kind === 'level' && second.kind === 'number')
    return { kind: 'correlation ratio', strength: relateMixed(second.values, first) };
  throw new RangeError('a pair of columns is of no known kind');
}

type CodedLevels = Extract<Coded, { kind: 'level' }>;

/** Code 0, missing, has no row or column of its own. */
function relateLevels(first: CodedLevels, second: CodedLevels): Replicates {
  const width = second.nCodes - 1;
  const counts = new GroupedCounts((first.nCodes - 1) * width);
  for (let row = 0; row < first.codes.length; row++) {
    const [a, b] = [first.codes[row] ?? 0, second.codes[row] ?? 0];
    if (a > 0 && b > 0) counts.add(row, (a - 1) * width + b - 1);
  }
  return counts.replicate((cells) => correctCramersV(cells, width));
}

function relateMixed(values: Float64Array, { codes, nCodes }: CodedLevels): Replicates {
  const sums = new GroupedCounts(3 * nCodes);
  for (let row = 0; row < values.length; row++) {
    const [value, code] = [values[row] ?? NaN, codes[row] ?? 0];
    if (code === 0 || Number.isNaN(value)) continue;
    sums.add(row, 3 * code);
    sums.add(row, 3 * code + 1, value);
    sums.add(row, 3 * code + 2, value * value);
  }
  return sums.replicate(measureCorrelationRatio);
}

function compareRelations(
  own: readonly Relation[],
  others: readonly Relation[],
  columns: readonly Column[],
): Estimate | Reason {
  const all: Replicates[] = [];
  const parts = own.map(({ at, kind, strength }, i): MeasurePart => {
    const train = strength[0] ?? NaN;
    const found = others[i]?.strength;
    const isLost = Number.isNaN(found?.[0] ?? NaN);
    const names = at.map((column) => columns[column]?.name ?? '');
    if (Number.isNaN(train))
      return { columns: names, value: null, note: `${kind}: a column does not vary in train` };
    // A column that became constant has lost its relations: left out, the loss would make the mean better.
    const replicates = isLost || found === undefined ? new Float64Array(N_GROUPS + 1) : found;
    const other = replicates[0] ?? 0;
    all.push(replicates.map((value) => Math.abs(value - train)));
    const note = isLost
      ? `${kind}: a column does not vary in the other table, so that no relation is left`
      : kind;
    return { columns: names, value: Math.abs(other - train), note, sides: { train, other } };
  });
  const mean = meanReplicates(all);
  if (mean === null) return { reason: 'there are no two columns that vary in train' };
  return { value: mean[0] ?? NaN, interval: jackknifeInterval(mean, DISTANCE), n: all.length, parts };
}
