import type { IdentifierFinding } from '../identifiers/finding';
import type { Generalisation } from '../identifiers/generalise/generalisation';

/** The coarsenings that were proposed for columns. */
export function listOffered(findings: readonly IdentifierFinding[]): readonly Generalisation[] {
  return findings.flatMap(({ proposal }) => (proposal.action === 'generalise' ? [proposal.by] : []));
}
