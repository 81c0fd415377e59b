import { namePolicy } from './policy-name';
import type { Purpose } from '../data/purpose';
import type { AuditEntry } from './audit-log';
import { SECTION_IDS, type Dossier } from './dossier';
import { findStated } from './find-fact';
import { isRecord } from './plain-json';
import type { Policy } from './policy';
import { STATEMENT_FIELDS, type StatementId, type Statements } from './statements';

/**
 * What has to be said before records leave the house: who gets them, by what right, on what ground they count as
 * de-identified, and at whose risk until when.
 */
const REQUIRED: readonly StatementId[] = [
  'recipient',
  'legalBasis',
  'deidentification',
  'riskDecision',
  'riskApprover',
  'riskDate',
  'reassessment',
];

/** What a person has to state for a purpose; nothing while the records stay in the house. */
export function listRequired(purpose: Purpose): readonly StatementId[] {
  return purpose === 'sharing' || purpose === 'public-release' ? REQUIRED : [];
}

/** The version of dossiers since which a statement is asked for, where not from the first that asked for any. */
const SINCE: Readonly<Partial<Record<StatementId, number>>> = { deidentification: 3 };
const FIRST_TO_ASK = 2;

/** What of it is not stated. */
export function findUnstated(purpose: Purpose, statements: Statements): readonly StatementId[] {
  return listRequired(purpose).filter((id) => (statements[id] ?? '').trim() === '');
}

/** The same as an obstacle, in one sentence that names each; none where all is stated. */
export function tellUnstated(
  policy: Pick<Policy, 'name' | 'purpose'>,
  unstated: readonly StatementId[],
): readonly string[] {
  if (unstated.length === 0) return [];
  return [`Not stated, and needed for “${namePolicy(policy)}”: ${unstated.map(quote).join(', ')}.`];
}

function quote(id: StatementId): string {
  return `“${STATEMENT_FIELDS[id].label}”`;
}

/** What a dossier leaves unsaid of what its purpose needed when it was written. */
export function findUnstatedIn(
  dossier: Pick<Dossier, 'version' | 'policy' | 'sections'>,
): readonly StatementId[] {
  return listRequired(dossier.policy.purpose).filter((id) => {
    if (dossier.version < (SINCE[id] ?? FIRST_TO_ASK)) return false;
    const section = SECTION_IDS[STATEMENT_FIELDS[id].item - 1];
    return section === undefined || (findStated(dossier, section, id) ?? '').trim() === '';
  });
}

/** Those of them that no override with a reason names; without the log to look into, any override with a reason does. */
export function findUnexcused(
  dossier: Pick<Dossier, 'version' | 'policy' | 'sections' | 'policyHistory'>,
  log: readonly AuditEntry[] | null,
): readonly StatementId[] {
  const reasoned = dossier.policyHistory.overrides.filter(({ reason }) => reason !== null);
  const named = log === null ? null : reasoned.flatMap(({ entry }) => obstaclesOf(log[entry - 1]));
  return findUnstatedIn(dossier).filter((id) =>
    named === null ? reasoned.length === 0 : !named.some((obstacle) => obstacle.includes(quote(id))),
  );
}

function obstaclesOf(entry: AuditEntry | undefined): readonly string[] {
  const obstacles: unknown = isRecord(entry?.detail) ? entry.detail['obstacles'] : null;
  return Array.isArray(obstacles) ? obstacles.filter((each) => typeof each === 'string') : [];
}
