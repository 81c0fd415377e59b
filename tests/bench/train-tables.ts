import type { Schema } from '../../src/data/schema';
import { splitRows } from '../../src/data/split';
import { takeRows, type Column, type Table } from '../../src/data/table';
import { findRange } from '../../src/math/statistics';
import { alignTables, stackTables } from '../../src/measure/align-tables';
import { kindsOf, type ColumnKind } from '../../src/measure/fidelity/column-kinds';
import { loadPeerTable } from './peer-tables';

export type SplitName = 'peers' | 'fresh';
export type TailName = 'cap' | 'declared';

/** Train and holdout of one run, and what is asked of them. */
export interface TrainTables {
  readonly train: Table;
  readonly holdout: Table;
  /** Has the target's role, and declared ranges where these are wished for. */
  readonly schema: Schema;
  readonly kinds: readonly ColumnKind[];
  readonly target: string;
  /** Columns of a prediction task: without those that give the target away. */
  readonly taskKinds: readonly ColumnKind[];
}

/** Targets of the peers' prediction tasks, and the columns that are known only after them. */
const TASKS: Readonly<Record<string, { readonly target: string; readonly leaks: readonly string[] }>> = {
  adult: { target: 'income', leaks: [] },
  support2: {
    target: 'hospdead',
    leaks: ['death', 'd.time', 'sfdm2', 'slos', 'totcst', 'charges', 'totmcst', 'dnr', 'dnrday'],
  },
};
export const TABLE_NAMES = Object.keys(TASKS);

/** A peers' table on their own split, or all its rows split afresh by the seed; of train the first rows, at most so many. */
export function loadTrainTables(
  name: string,
  split: SplitName,
  tail: TailName,
  seed: number,
  nMost = Infinity,
): TrainTables {
  const task = TASKS[name];
  if (task === undefined) throw new Error(`no table "${name}"; there are ${TABLE_NAMES.join(', ')}`);
  const { table, schema } = loadPeerTable(name);
  const kinds = kindsOf(schema);
  const peersHoldout = loadPeerTable(name, 'holdout').table;
  const [whole, holdout] =
    split === 'peers' ? [table, peersHoldout] : splitAfresh(table, peersHoldout, kinds, seed);
  const train =
    whole.nRows <= nMost
      ? whole
      : takeRows(
          whole,
          Array.from({ length: nMost }, (_, row) => row),
        );
  return {
    train,
    holdout,
    kinds,
    schema: describeTrain(schema, train, task.target, tail),
    target: task.target,
    taskKinds: kinds.filter((kind) => !task.leaks.includes(kind.name)),
  };
}

function splitAfresh(
  first: Table,
  second: Table,
  kinds: readonly ColumnKind[],
  seed: number,
): readonly [Table, Table] {
  const [a, b] = alignTables(kinds, ['train', first], ['holdout', second]);
  const all = stackTables(a, b);
  const choice = { fraction: b.nRows / all.nRows, seed, stratifyBy: null, groupBy: null };
  const { train, holdout } = splitRows(all.nRows, choice, { stratum: null, group: null });
  return [takeRows(all, train), takeRows(all, holdout)];
}

function describeTrain({ version, columns }: Schema, train: Table, target: string, tail: TailName): Schema {
  return {
    version,
    columns: columns.map((entry, i) => ({
      ...entry,
      role: entry.name === target ? 'target' : 'none',
      ...readBounds(train.columns[i], tail),
    })),
  };
}

function readBounds(column: Column | undefined, tail: TailName) {
  if (column?.kind !== 'number') return { levels: column?.levels ?? null };
  const range = findRange(column.values);
  return { bounds: range === null ? null : { ...range, declared: tail === 'declared' } };
}
