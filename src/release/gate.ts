import { DIRECT_IDENTIFIERS } from './direct-identifier-finding';
import { showCount } from './facts';
import type { Finding } from './findings';
import type { Policy } from './policy';
import { namePolicy } from './policy-name';

/** What stands between records and their purpose, a sentence each; empty for an open gate. */
export function findObstacles(
  policy: Policy,
  isLocked: boolean,
  findings: readonly Finding[] | null,
): readonly string[] {
  if (policy.purpose === 'testing') return [];
  if (!isLocked) return [`The criteria for “${namePolicy(policy)}” were not locked before results.`];
  if (findings === null)
    return [`This run was not evaluated under the criteria for “${namePolicy(policy)}”.`];
  const unmet = findings.filter(({ outcome }) => outcome !== 'pass');
  if (unmet.length === 0) return [];
  const named = unmet.filter(({ measure, outcome }) => measure === DIRECT_IDENTIFIERS && outcome === 'fail');
  return [
    `${unmet.length} of ${findings.length} criteria for “${namePolicy(policy)}” are not met.`,
    ...named.map(({ sentence }) => `Direct identifiers: ${sentence.replace(/^Not met: /, '')}`),
  ];
}

/** Records drawn from a run, as far as it decides which records they are. */
export interface DrawnRecords {
  readonly nRows: number;
  readonly seed: number;
  /** True where they were drawn to meet wishes; a package never holds such records. */
  readonly hasWishes: boolean;
}

/**
 * What stands between plain records, without their package, and their purpose: what criteria leave to be met, and a
 * sign-off. Nothing once two people have signed these very records, who saw what was not met and why it was set aside.
 *
 * @param signed the records of the package that was signed; null where none is
 * @param asked the records that are to leave
 */
export function findExportObstacles(
  policy: Policy,
  criteria: readonly string[],
  signed: DrawnRecords | null,
  asked: DrawnRecords,
): readonly string[] {
  if (policy.purpose === 'testing') return [];
  if (signed !== null) return isSame(signed, asked) ? [] : [...criteria, tellSigned(signed)];
  return [
    ...criteria,
    `An author and a reviewer have not signed these records off for “${namePolicy(policy)}”; the Release step is for that.`,
  ];
}

function isSame(one: DrawnRecords, other: DrawnRecords): boolean {
  return one.nRows === other.nRows && one.seed === other.seed && one.hasWishes === other.hasWishes;
}

function tellSigned({ nRows, seed }: DrawnRecords): string {
  return `What was signed are ${showCount(nRows)} records of seed ${seed}; these are others.`;
}
