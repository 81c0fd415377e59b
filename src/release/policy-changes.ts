import type { AuditEntry } from './audit-log';
import { policyShape } from './governance-shapes';
import { isSameValue } from '../data/same-value';
import { isRecord } from './plain-json';
import type { Criterion, Policy } from './policy';
import { readPolicyHistory, textIn } from './policy-history';

/** A criterion as it was and as it is; null where it was not there, or is no more. */
export interface ChangedCriterion {
  readonly id: string;
  readonly before: Criterion | null;
  readonly after: Criterion | null;
}

/** A change of the criteria after they were locked, as the log tells it. */
export interface PolicyChange {
  /** Place in the log, counted from 1. */
  readonly entry: number;
  readonly at: string;
  /** SHA-256 of the canonical JSON of the policy before, and of the one put in force; null where the log lacks it. */
  readonly before: string | null;
  readonly after: string | null;
  /** Null where none was written. */
  readonly reason: string | null;
  readonly isAfterResults: boolean;
  /** Each criterion that is another now; null where the log does not hold both policies. */
  readonly criteria: readonly ChangedCriterion[] | null;
  /** What else is another: `purpose`, `name` or `furtherRoles`. */
  readonly others: readonly string[];
}

/** Every change of the criteria after their lock, in order. */
export function readPolicyChanges(log: readonly AuditEntry[]): readonly PolicyChange[] {
  const { events } = readPolicyHistory(log);
  return events.flatMap(({ entry, at, act, hash, isAfterResults }, i) => {
    if (act !== 'policy-changed') return [];
    const last = events[i - 1];
    const detail = log[entry - 1]?.detail;
    const [before, after] = [policyIn(log, last?.entry), policyIn(log, entry)];
    const isKnown = before !== null && after !== null;
    return {
      entry,
      at,
      before: textIn(detail, 'before') ?? last?.hash ?? null,
      after: hash,
      reason: textIn(detail, 'reason'),
      isAfterResults,
      criteria: isKnown ? compareCriteria(before.criteria, after.criteria) : null,
      others: isKnown ? OTHERS.filter((key) => !isSameValue(before[key], after[key])) : [],
    };
  });
}

const OTHERS = ['purpose', 'name', 'furtherRoles'] as const;

function policyIn(log: readonly AuditEntry[], entry: number | undefined): Policy | null {
  const detail = entry === undefined ? null : log[entry - 1]?.detail;
  const policy: unknown = isRecord(detail) ? detail['policy'] : null;
  return policyShape(policy, '').length === 0 ? (policy as Policy) : null;
}

function compareCriteria(
  before: readonly Criterion[],
  after: readonly Criterion[],
): readonly ChangedCriterion[] {
  const ids = [...new Set([...before, ...after].map(({ id }) => id))];
  const find = (list: readonly Criterion[], id: string) => list.find((each) => each.id === id) ?? null;
  return ids
    .map((id) => ({ id, before: find(before, id), after: find(after, id) }))
    .filter((each) => !isSameValue(each.before, each.after));
}
