import type { Skipped } from '../../../measure/measure';

/** Measures that were skipped for one reason, which ends without a full stop. */
export interface SkippedGroup {
  readonly reason: string;
  readonly ids: readonly string[];
}

/** Skipped measures by their reason, in the order in which the reasons first come. */
export function groupSkipped(skipped: readonly Skipped[]): readonly SkippedGroup[] {
  const groups = new Map<string, string[]>();
  for (const { id, reason } of skipped) {
    const key = reason.replace(/\.$/, '');
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  return [...groups].map(([reason, ids]) => ({ reason, ids }));
}
