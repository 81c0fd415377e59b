import { isNumeric, type ColumnSchema, type Schema } from '../../../data/schema';
import { OWN_FILE } from '../../../release/withhold';
import type { ProjectRecord, RunRecord } from '../types';
import { coarsenOverlay, MIN_ROWS } from './coarsen-overlay';

/**
 * Runs whose synthetic records leave with a file that has no source: all where they are for internal testing, as they are where
 * no purpose was named; else those whose signed package was handed out.
 */
export function listLeaving({ runs, governance, release }: LeavingGround): readonly string[] {
  const isTesting = governance.policy === null || governance.policy.purpose === 'testing';
  const isReleased = ({ id }: Pick<RunRecord, 'id'>) =>
    release.packages.some(({ run, releasedAt }) => run === id && releasedAt !== null);
  return runs.filter((run) => isTesting || isReleased(run)).map(({ id }) => id);
}

/** What decides it. */
export type LeavingGround = Pick<ProjectRecord, 'governance' | 'release' | 'runs'>;

/**
 * The record as a file without source holds it: without the levels of columns and the ends of ranges, except those that a
 * person declared; with pictures in which a slot stands for no fewer than {@link MIN_ROWS} rows, and counts of missing values
 * rounded to so many, so that what train lacks of the source cannot be worked out; and without what belongs to
 * records that stay behind.
 * Names of files, which may name somebody, are replaced by the title.
 */
export function withoutSource(record: ProjectRecord): ProjectRecord {
  const leaving = new Set(listLeaving(record));
  const { name, schema, source, wishes, release } = record;
  return {
    ...record,
    source: source && { ...source, name },
    schema: schema && coarsenSchema(schema, record.source?.nRows ?? 0),
    wishes: wishes && { ...wishes, rules: wishes.rules.filter(isShared) },
    runs: record.runs.map((run) => coarsenRun(run, name, leaving.has(run.id))),
    release: { ...release, packages: release.packages.filter(({ run }) => leaving.has(run)) },
  };
}

/** Combinations learnt from train are values of so many rows as their rule says. */
function isShared(rule: NonNullable<ProjectRecord['wishes']>['rules'][number]): boolean {
  return rule.kind !== 'combinations' || rule.k === null || rule.k >= MIN_ROWS;
}

function coarsenRun(run: RunRecord, title: string, isLeaving: boolean): RunRecord {
  const { basis, evidence, overlay, synthetic, nTrain } = run;
  const numeric = new Map(basis.schema.columns.map((column) => [column.name, isNumeric(column)]));
  // Before the records are judged the picture is of some rows of train, and it is not kept of how many.
  const whole = evidence === null ? [] : overlay;
  return {
    ...run,
    basis: {
      ...basis,
      source: { ...basis.source, name: title },
      holdoutFile: basis.holdoutFile === null ? null : OWN_FILE,
      schema: coarsenSchema(basis.schema, basis.source.nRows),
    },
    overlay: whole.flatMap((each) => coarsenOverlay(each, nTrain, numeric.get(each.column) === true)),
    synthetic: isLeaving ? synthetic : null,
  };
}

function coarsenSchema(schema: Schema, nRows: number): Schema {
  return { ...schema, columns: schema.columns.map((column) => coarsenColumn(column, nRows)) };
}

function coarsenColumn(column: ColumnSchema, nRows: number): ColumnSchema {
  const { bounds, constant, nMissing } = column;
  return {
    ...column,
    levels: null,
    bounds: bounds?.declared === true ? bounds : null,
    constant: nRows - nMissing < MIN_ROWS ? null : constant,
    nMissing: MIN_ROWS * Math.round(nMissing / MIN_ROWS),
  };
}
