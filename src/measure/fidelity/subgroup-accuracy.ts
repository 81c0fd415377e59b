import type { LevelColumn, Table } from '../../data/table';
import type { EvaluationContext } from '../evaluation-context';
import { GroupedCounts, jackknifeInterval, meanReplicates, SHARE, type Replicates } from '../group-jackknife';
import type { MeasurePart } from '../measure';
import { type FidelitySpec } from './hold-against-train';
import { namePart, nameUncounted } from './name-worst';
import { show } from '../tell';
import { codeMargin, fitMarginRule, type MarginRule } from './margin-codes';
import { expectDistance, measureAccuracy } from './margin-shares';

/** Rows that a group needs in both tables. */
const MIN_GROUP = 50;
/** Columns whose levels are looked at where none is chosen. */
const N_COLUMNS = 3;

/**
 * How well single columns agree with train's among the people of one level: the 1-way marginal accuracy within each group,
 * in codes learnt from all of train; the mean over groups. Groups of fewer than 50 rows in either table have no figure, and
 * each part says what chance alone leaves.
 */
export const SUBGROUPS: FidelitySpec = {
  titles: [
    {
      id: 'subgroup-accuracy',
      direction: 'higher-is-better',
      sentence: (estimate) =>
        `Within groups of people, single columns agree with train to ${show(estimate.value)} on average; chance alone` +
        ` would leave a perfect table of this size at about ${show(estimate.expected ?? 1)}${nameLacking(estimate.parts ?? [])}.`,
    },
  ],
  sizes: 'equal',
  minRows: MIN_GROUP,
  prepare: (train, context) => {
    const rules = train.columns.map((column) => fitMarginRule(column));
    const sizes = rules.map(({ nCodes }) => nCodes);
    const groupings = chooseGroupings(train, context);
    const own = codeColumns(train, rules);
    return (other) => [compareGroups(own, codeColumns(other, rules), sizes, groupings)];
  },
};

/** What is named counts as it is ranked: by how far a group lies below what chance alone leaves of it. */
const lackOf = ({ value, expected }: MeasurePart) =>
  value === null || expected === undefined ? -Infinity : expected - value;

function nameLacking(parts: readonly MeasurePart[]): string {
  const worst = parts
    .filter((part) => lackOf(part) >= 0.0005)
    .slice(0, 3)
    .map((part) => `${namePart(part)} by ${show(lackOf(part))} (${show(part.value ?? NaN)})`);
  const named = worst.length === 0 ? '' : `; furthest below what chance alone leaves: ${worst.join(', ')}`;
  return `${named}${nameUncounted(parts)}`;
}

/** The chosen columns, or those of levels with the most rows in groups that are large enough, most groups first. */
export function chooseGroupings(
  train: Table,
  { options }: Pick<EvaluationContext, 'options'>,
): readonly number[] {
  const candidates = train.columns.flatMap((column, at) => {
    if (column.kind !== 'level') return [];
    if (options.subgroups !== undefined)
      return options.subgroups.includes(column.name) ? [{ at, nGroups: 1, nRows: 0 }] : [];
    const large = listGroups(column).filter(({ rows }) => rows.length >= MIN_GROUP);
    return large.length < 2
      ? []
      : [{ at, nGroups: large.length, nRows: large.reduce((sum, { rows }) => sum + rows.length, 0) }];
  });
  return candidates
    .sort((a, b) => b.nRows - a.nRows || b.nGroups - a.nGroups || a.at - b.at)
    .slice(0, options.subgroups?.length ?? N_COLUMNS)
    .map(({ at }) => at);
}

interface Group {
  readonly name: string;
  readonly rows: Int32Array;
}

function listGroups({ name, codes, levels }: LevelColumn): readonly Group[] {
  const rows = Int32Array.from(codes.keys());
  return levels.map((level, code) => ({
    name: `${name} = ${level}`,
    rows: rows.filter((row) => codes[row] === code),
  }));
}

interface Coded {
  readonly table: Table;
  readonly codes: readonly Uint8Array[];
}

function codeColumns(table: Table, rules: readonly MarginRule[]): Coded {
  const codes = table.columns.flatMap((column, at) => {
    const rule = rules[at];
    return rule === undefined ? [] : [codeMargin(rule, column)];
  });
  return { table, codes };
}

interface JudgedGroup {
  readonly part: MeasurePart;
  /** Null where the group is too small in the other table. */
  readonly found: { readonly accuracy: Replicates; readonly expected: number } | null;
}

function compareGroups(own: Coded, other: Coded, sizes: readonly number[], groupings: readonly number[]) {
  const judged = groupings.flatMap((at) => judgeGrouping(own, other, sizes, at));
  const found = judged.flatMap((group) => group.found ?? []);
  const mean = meanReplicates(found.map(({ accuracy }) => accuracy));
  if (mean === null)
    return { reason: `no column of categories has a level with ${MIN_GROUP} rows in both tables` };
  return {
    value: mean[0] ?? NaN,
    interval: jackknifeInterval(mean, SHARE),
    n: found.length,
    parts: judged
      .map(({ part }) => part)
      .sort((a, b) => (lackOf(a) === lackOf(b) ? 0 : lackOf(b) - lackOf(a))),
    isRanked: true,
    expected: found.reduce((sum, { expected }) => sum + expected, 0) / found.length,
  };
}

function judgeGrouping(own: Coded, other: Coded, sizes: readonly number[], at: number): JudgedGroup[] {
  const [column, made] = [own.table.columns[at], other.table.columns[at]];
  if (column?.kind !== 'level' || made?.kind !== 'level') return [];
  const theirs = listGroups(made);
  return listGroups(column).flatMap(({ name, rows }, code): JudgedGroup[] => {
    const otherRows = theirs[code]?.rows ?? new Int32Array();
    if (rows.length < MIN_GROUP) return [];
    const part = { columns: [column.name], group: name };
    if (otherRows.length < MIN_GROUP) {
      const note = `${rows.length} rows of train, fewer than ${MIN_GROUP} of the other table: too few to compare`;
      return [{ part: { ...part, value: null, note }, found: null }];
    }
    const found = compareColumns(
      { codes: own.codes, rows },
      { codes: other.codes, rows: otherRows },
      sizes,
      at,
    );
    if (found === null) return [];
    const note = `${rows.length} rows of train; chance alone leaves about ${show(found.expected)}`;
    const { accuracy, expected } = found;
    return [{ part: { ...part, value: accuracy[0] ?? null, note, expected }, found }];
  });
}

interface GroupRows {
  readonly codes: readonly Uint8Array[];
  readonly rows: Int32Array;
}

/** Mean accuracy of the other columns within a group, and what chance alone leaves; null where there is no other column. */
function compareColumns(own: GroupRows, other: GroupRows, sizes: readonly number[], grouping: number) {
  const all: Replicates[] = [];
  let expected = 0;
  sizes.forEach((size, at) => {
    const [codes, otherCodes] = [own.codes[at], other.codes[at]];
    if (at === grouping || codes === undefined || otherCodes === undefined) return;
    const share = new Float64Array(size);
    for (const row of own.rows) {
      const code = codes[row] ?? 0;
      share[code] = (share[code] ?? 0) + 1 / own.rows.length;
    }
    const grouped = new GroupedCounts(size);
    for (const row of other.rows) grouped.add(row, otherCodes[row] ?? 0);
    all.push(grouped.replicate((counts) => measureAccuracy(share, counts)));
    expected += 1 - expectDistance(share, own.rows.length, other.rows.length) / 2;
  });
  const accuracy = meanReplicates(all);
  return accuracy === null ? null : { accuracy, expected: expected / all.length };
}
