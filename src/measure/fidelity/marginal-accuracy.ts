import type { Table } from '../../data/table';
import type { CodedTable } from '../../math/marginals';
import { GroupedCounts, jackknifeInterval, meanReplicates, SHARE, type Replicates } from '../group-jackknife';
import type { MeasurePart } from '../measure';
import { type Estimate, type FidelitySpec, type FidelityTitle, type Reason } from './hold-against-train';
import { isOne, nameWorst } from './name-worst';
import { show } from '../tell';
import { chooseSets } from './column-sets';
import { expectDistance, measureAccuracy } from './margin-shares';
import { codeMargin, fitMarginRule, type MarginRule } from './margin-codes';

/** Most sets of one, two and three columns that are compared; of more, a random choice. */
const MAX_SETS = [Infinity, 5000, 1000];
const MIN_ROWS = 20;
const WAYS = ['single columns', 'pairs of columns', 'triples of columns'] as const;

/**
 * How well the tables of one, two and three columns agree with train's: 1 − total variation distance of the shares of all
 * combinations of codes, missing being one; the mean over sets of columns. Source: mostlyai-qa's accuracy. Beside it stands
 * what sampling noise alone leaves: {@link expectDistance}.
 */
export const MARGINAL_ACCURACY: FidelitySpec = {
  titles: WAYS.map((name, i) => titleOf(i + 1, name)),
  sizes: 'equal',
  minRows: MIN_ROWS,
  prepare: (train, { kinds }, rng) => {
    const names = kinds.map(({ name }) => name);
    const rules = train.columns.map((column) => fitMarginRule(column));
    const own = codeTable(rules, train);
    const tasks = WAYS.map((_, i) => {
      const sets = chooseSets(names.length, i + 1, MAX_SETS[i] ?? 0, rng.fork(`${i + 1}-way`));
      return { sets, shares: sets.map((set) => countShares(own, set)) };
    });
    return (other) => {
      const coded = codeTable(rules, other);
      return tasks.map(({ sets, shares }, i) =>
        sets.length === 0
          ? { reason: `there are fewer than ${i + 1} columns` }
          : compareMargins({ sets, shares, nTrain: train.nRows }, coded, names),
      );
    };
  },
};

function titleOf(nWay: number, name: string): FidelityTitle {
  return {
    id: `marginal-accuracy-${nWay}-way`,
    direction: 'higher-is-better',
    sentence: (estimate) =>
      `Shares in ${name} agree with train to ${show(estimate.value)} on average; chance alone would leave a perfect` +
      ` table of this size at about ${show(estimate.expected ?? 1)}${nameWorst(estimate.parts ?? [], isOne)}.`,
  };
}

function codeTable(rules: readonly MarginRule[], table: Table): CodedTable {
  return {
    nRows: table.nRows,
    codes: rules.map((rule, i) => {
      const column = table.columns[i];
      return column === undefined ? new Uint8Array() : codeMargin(rule, column);
    }),
    sizes: rules.map(({ nCodes }) => nCodes),
  };
}

interface Margins {
  readonly sets: readonly (readonly number[])[];
  /** Train's share of each cell, for each set. */
  readonly shares: readonly Float64Array[];
  readonly nTrain: number;
}

/** Accuracy of each set of columns and their mean, with the accuracy that chance would leave. */
export function compareMargins(
  { sets, shares, nTrain }: Margins,
  other: CodedTable,
  names: readonly string[],
): Estimate | Reason {
  const all: Replicates[] = [];
  const parts: MeasurePart[] = [];
  let expected = 0;
  sets.forEach((set, i) => {
    const share = shares[i] ?? new Float64Array();
    const replicates = compareSet(share, other, set);
    all.push(replicates);
    expected += (1 - expectDistance(share, nTrain, other.nRows) / 2) / sets.length;
    parts.push({
      columns: set.map((column) => names[column] ?? ''),
      value: replicates[0] ?? null,
      note: null,
    });
  });
  const mean = meanReplicates(all);
  if (mean === null) return { reason: 'no columns can be compared' };
  return {
    value: mean[0] ?? NaN,
    interval: jackknifeInterval(mean, SHARE),
    n: sets.length,
    parts,
    expected,
  };
}

function compareSet(share: Float64Array, other: CodedTable, set: readonly number[]): Replicates {
  const grouped = new GroupedCounts(share.length);
  placeCells(other, set).forEach((cell, row) => grouped.add(row, cell));
  return grouped.replicate((cells) => measureAccuracy(share, cells));
}

function countShares(table: CodedTable, set: readonly number[]): Float64Array {
  const nCells = set.reduce((product, column) => product * (table.sizes[column] ?? 1), 1);
  const counts = new Float64Array(nCells);
  for (const cell of placeCells(table, set)) counts[cell] = (counts[cell] ?? 0) + 1;
  return counts.map((count) => count / table.nRows);
}

/** Cell of each row in the table of a set of columns. */
function placeCells({ nRows, codes, sizes }: CodedTable, set: readonly number[]): Uint32Array {
  const cells = new Uint32Array(nRows);
  for (const column of set) {
    const own = codes[column] ?? [];
    const size = sizes[column] ?? 1;
    for (let row = 0; row < nRows; row++) cells[row] = (cells[row] ?? 0) * size + (own[row] ?? 0);
  }
  return cells;
}
