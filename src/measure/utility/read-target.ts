import { takeRows, type Table } from '../../data/table';
import type { Target } from '../../math/learners/features';

/** A table cut in two: what to predict, and what to predict it from. */
export interface Task {
  readonly features: Table;
  readonly target: Target;
  /** Row of the table that each row is. */
  readonly rows: Int32Array;
}

/**
 * The rows of aligned tables in which the target is known, with the target apart. Classes are those that occur in
 * `kept` tables; rows of other classes are left out everywhere.
 */
export function readTasks(tables: readonly Table[], kept: readonly Table[], name: string): readonly Task[] {
  const known = new Set<number>();
  for (const table of kept) {
    const column = table.columns.find((candidate) => candidate.name === name);
    if (column?.kind === 'level') for (const code of column.codes) if (code >= 0) known.add(code);
  }
  const classOf = new Map([...known].sort((a, b) => a - b).map((code, c) => [code, c]));
  return tables.map((table) => readTask(table, name, classOf));
}

function readTask(table: Table, name: string, classOf: ReadonlyMap<number, number>): Task {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new RangeError(`no column named "${name}"`);
  const rows: number[] = [];
  for (let row = 0; row < table.nRows; row++) {
    const isKnown =
      column.kind === 'number' ? !Number.isNaN(column.values[row]) : classOf.has(column.codes[row] ?? -1);
    if (isKnown) rows.push(row);
  }
  const others = { nRows: table.nRows, columns: table.columns.filter((candidate) => candidate !== column) };
  const target: Target =
    column.kind === 'number'
      ? { kind: 'number', values: Float64Array.from(rows, (row) => column.values[row] ?? NaN) }
      : {
          kind: 'class',
          classes: Int32Array.from(rows, (row) => classOf.get(column.codes[row] ?? -1) ?? 0),
          nClasses: classOf.size,
        };
  return { features: takeRows(others, rows), target, rows: Int32Array.from(rows) };
}

/** The first `nRows` rows of a task. */
export function takeTaskRows({ features, target, rows }: Task, nRows: number): Task {
  const kept = rows.subarray(0, nRows);
  return {
    features: takeRows(features, Int32Array.from(kept.keys())),
    target:
      target.kind === 'number'
        ? { kind: 'number', values: target.values.subarray(0, nRows) }
        : { ...target, classes: target.classes.subarray(0, nRows) },
    rows: kept,
  };
}

/** True when the task's target takes more than one value. */
export function varies({ target }: Task): boolean {
  const values = target.kind === 'number' ? target.values : target.classes;
  return values.some((value) => value !== values[0]);
}
