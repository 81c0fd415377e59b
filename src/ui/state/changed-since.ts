import { isSameValue } from '../../data/same-value';
import type { ProjectRecord, RunBasis } from '../../platform/projects/types';

export type ChangedChoice = 'source table' | 'reading of the table' | 'schema' | 'handling' | 'holdout';

/** The choices now in force, as far as a run depends on them. */
export interface ChoicesInForce {
  readonly record: Pick<ProjectRecord, 'source' | 'dialect' | 'schema' | 'handling' | 'split'>;
  /** Name of the file the holdout was read from; null also when it is not open. */
  readonly holdoutFile: string | null;
}

/** Which choices differ, by value, from those a run was trained under. */
export function listChangedChoices(
  basis: RunBasis,
  { record, holdoutFile }: ChoicesInForce,
): readonly ChangedChoice[] {
  const otherHoldout = holdoutFile !== null && holdoutFile !== basis.holdoutFile;
  const isOtherTable = record.source?.id !== basis.source.id;
  const readAnew = !isOtherTable && !isSameValue(record.dialect, basis.dialect ?? record.dialect);
  const changed: readonly (readonly [ChangedChoice, boolean])[] = [
    ['source table', isOtherTable],
    ['reading of the table', readAnew],
    ['schema', !isSameValue(record.schema, basis.schema)],
    ['handling', !isSameValue(record.handling, basis.handling)],
    ['holdout', otherHoldout || !isSameValue(record.split, basis.split)],
  ];
  return changed.flatMap(([choice, differs]) => (differs ? [choice] : []));
}
