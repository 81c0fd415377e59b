import { isQuasiIdentifierName, isSensitiveName, rateTargetName } from './column-names';
import { isModelled, type ColumnSchema, type Role } from './schema';

interface RoleGuess {
  readonly role: Role;
  readonly reason: string;
}

/**
 * Columns with a role and the reason for it added: identifiers by type, at most one target by name (or the last column
 * when it has two values), then what is sensitive or could single a person out, by name.
 */
export function assignRoles(columns: readonly ColumnSchema[]): ColumnSchema[] {
  const target = findTarget(columns);
  return columns.map((column) => {
    const found = column === target.column ? target.guess : guessRole(column);
    return { ...column, role: found.role, reason: `${column.reason}${found.reason}` };
  });
}

function guessRole(column: ColumnSchema): RoleGuess {
  if (column.type === 'identifier') return { role: 'identifier', reason: '' };
  if (!isModelled(column)) return { role: 'none', reason: '' };
  if (isSensitiveName(column.name)) {
    return { role: 'sensitive', reason: ' Sensitive by its name.' };
  }
  if (isQuasiIdentifierName(column.name)) {
    return { role: 'quasi-identifier', reason: ' By its name it could help to single a person out.' };
  }
  return { role: 'none', reason: '' };
}

function findTarget(columns: readonly ColumnSchema[]): { column: ColumnSchema | null; guess: RoleGuess } {
  let best: ColumnSchema | null = null;
  let bestWeight = 0;
  for (const column of columns) {
    const nLevels = column.levels?.length ?? Infinity;
    const weight = isModelled(column) && nLevels <= 10 ? rateTargetName(column.name) : 0;
    const total = weight === 2 && nLevels !== 2 ? 0 : weight + (weight > 0 && nLevels === 2 ? 0.5 : 0);
    if (total > bestWeight) [best, bestWeight] = [column, total];
  }
  if (best !== null) {
    return { column: best, guess: { role: 'target', reason: ' Suggested as the target by its name.' } };
  }
  const last = columns[columns.length - 1];
  if (last !== undefined && columns.length > 2 && isModelled(last) && last.levels?.length === 2) {
    const reason = ' Suggested as the target: the last column, with two values.';
    return { column: last, guess: { role: 'target', reason } };
  }
  return { column: null, guess: { role: 'none', reason: '' } };
}
