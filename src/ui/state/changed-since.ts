import type { ProjectRecord, RunBasis } from '../../platform/projects/types';

export type ChangedChoice = 'source table' | 'schema' | 'handling' | 'holdout';

/** The choices now in force, as far as a run depends on them. */
export interface ChoicesInForce {
  readonly record: Pick<ProjectRecord, 'source' | 'schema' | 'handling' | 'split'>;
  /** Name of the file the holdout was read from; null also when it is not open. */
  readonly holdoutFile: string | null;
}

/** Which choices differ, by value, from those a run was trained under. */
export function listChangedChoices(
  basis: RunBasis,
  { record, holdoutFile }: ChoicesInForce,
): readonly ChangedChoice[] {
  const otherHoldout = holdoutFile !== null && holdoutFile !== basis.holdoutFile;
  const changed: readonly (readonly [ChangedChoice, boolean])[] = [
    ['source table', record.source?.id !== basis.source.id],
    ['schema', !isSame(record.schema, basis.schema)],
    ['handling', !isSame(record.handling, basis.handling)],
    ['holdout', otherHoldout || !isSame(record.split, basis.split)],
  ];
  return changed.flatMap(([choice, differs]) => (differs ? [choice] : []));
}

/** Equality of plain values, whatever the order of their keys. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
