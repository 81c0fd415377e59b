import type { AuditEntry } from './audit-log';
import { isRecord } from './plain-json';

/** A policy put in force, as the log tells it. */
export interface PolicyEvent {
  /** Place in the log, counted from 1. */
  readonly entry: number;
  readonly at: string;
  readonly act: 'policy-locked' | 'policy-changed';
  /** SHA-256 of the policy's canonical JSON, from `detail.hash`; null where the entry lacks it. */
  readonly hash: string | null;
  /** True where results had been looked at before. */
  readonly isAfterResults: boolean;
}

/** A refusal of the gate that somebody set aside. */
export interface Override {
  readonly entry: number;
  readonly at: string;
  /** From `detail.reason`; null where none was written. */
  readonly reason: string | null;
}

/** What the log says of the criteria: when they were fixed and changed, and whether results were known by then. */
export interface PolicyHistory {
  readonly events: readonly PolicyEvent[];
  /** Place of the first look at results, counted from 1; null where nobody looked. */
  readonly firstLook: number | null;
  readonly overrides: readonly Override[];
}

/** Reads a log for its policies, looks and overrides. */
export function readPolicyHistory(log: readonly AuditEntry[]): PolicyHistory {
  const events: PolicyEvent[] = [];
  const overrides: Override[] = [];
  let firstLook: number | null = null;
  for (const [i, { act, at, detail }] of log.entries()) {
    const entry = i + 1;
    if (isLookAtResults({ act, detail })) firstLook ??= entry;
    if (act === 'policy-locked' || act === 'policy-changed')
      events.push({ entry, at, act, hash: textIn(detail, 'hash'), isAfterResults: firstLook !== null });
    if (act === 'override') overrides.push({ entry, at, reason: textIn(detail, 'reason') });
  }
  return { events, firstLook, overrides };
}

/**
 * True for an evaluation, and for a look at anything else than losses and previews made of train alone, which say so by
 * `detail.results: false`. What does not say so counts as results.
 */
export function isLookAtResults({ act, detail }: Pick<AuditEntry, 'act' | 'detail'>): boolean {
  if (act !== 'evaluation' && act !== 'look') return false;
  return !(isRecord(detail) && detail['results'] === false);
}

/** True where somebody set a refusal aside for the records of that run; an entry that names no run counts for each. */
export function hasOverride(log: readonly AuditEntry[], run: string): boolean {
  return log.some(({ act, detail }) => act === 'override' && (textIn(detail, 'run') ?? run) === run);
}

/** A text in the detail of an entry; null where there is none, or an empty one. */
export function textIn(detail: unknown, key: string): string | null {
  const value = isRecord(detail) ? detail[key] : undefined;
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}
