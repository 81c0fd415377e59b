import type { AuditEntry } from './audit-log';
import { textIn } from './policy-history';

/** Training runs that a log tells of: one that was broken off and went on has several entries, and counts once. */
export function countRuns(log: readonly AuditEntry[]): number {
  const runs = log.flatMap(({ act, detail, index }) =>
    act === 'training' ? [textIn(detail, 'run') ?? index] : [],
  );
  return new Set(runs).size;
}
