import { namePolicy } from './policy-name';
import type { Purpose } from '../data/purpose';
import type { AuditEntry } from './audit-log';
import { SECTION_IDS, type Dossier } from './dossier';
import { findStated } from './find-fact';
import { isRecord } from './plain-json';
import type { Policy } from './policy';
import { STATEMENT_FIELDS, type StatementId, type Statements } from './statements';

/** What has to be said before records leave the house: who gets them, by what right, and at whose risk until when. */
const REQUIRED: readonly StatementId[] = [
  'recipient',
  'legalBasis',
  'riskDecision',
  'riskApprover',
  'riskDate',
  'reassessment',
];

/** What a person has to state for a purpose; nothing while the records stay in the house. */
export function listRequired(purpose: Purpose): readonly StatementId[] {
  return purpose === 'sharing' || purpose === 'public-release' ? REQUIRED : [];
}

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

/** What a dossier leaves unsaid of what its purpose needs. */
export function findUnstatedIn(dossier: Pick<Dossier, 'policy' | 'sections'>): readonly StatementId[] {
  return listRequired(dossier.policy.purpose).filter((id) => {
    const section = SECTION_IDS[STATEMENT_FIELDS[id].item - 1];
    return section === undefined || (findStated(dossier, section, id) ?? '').trim() === '';
  });
}

/** Those of them that no override with a reason names; without the log to look into, any override with a reason does. */
export function findUnexcused(
  { policy, sections, policyHistory }: Pick<Dossier, 'policy' | 'sections' | 'policyHistory'>,
  log: readonly AuditEntry[] | null,
): readonly StatementId[] {
  const reasoned = policyHistory.overrides.filter(({ reason }) => reason !== null);
  const named = log === null ? null : reasoned.flatMap(({ entry }) => obstaclesOf(log[entry - 1]));
  return findUnstatedIn({ policy, sections }).filter((id) =>
    named === null ? reasoned.length === 0 : !named.some((obstacle) => obstacle.includes(quote(id))),
  );
}

function obstaclesOf(entry: AuditEntry | undefined): readonly string[] {
  const obstacles: unknown = isRecord(entry?.detail) ? entry.detail['obstacles'] : null;
  return Array.isArray(obstacles) ? obstacles.filter((each) => typeof each === 'string') : [];
}
