import type { ProposedHandling } from './finding';
import type { Generalisation } from './generalise/generalisation';
import type { IdentifierKind } from './kinds';

/**
 * Numbers that an institution gives its own records: a surrogate of the same shape links tables and tests programs, and
 * can belong to nobody outside it. A made-up telephone, card or national number could be somebody's: those are dropped.
 */
const REGENERATED: readonly IdentifierKind[] = [
  'medical-record-number',
  'health-plan-number',
  'device-number',
  'other-code',
];

/** The one handling proposed for a kind; `by` is the coarsening that its values allow, if any. */
export function proposeHandling(kind: IdentifierKind, by: Generalisation | null): ProposedHandling {
  if (by !== null) return { action: 'generalise', by };
  if (REGENERATED.includes(kind)) return { action: 'regenerate' };
  if (kind === 'age' || kind === 'place') return { action: 'quasi-identifier' };
  return { action: 'drop' };
}
