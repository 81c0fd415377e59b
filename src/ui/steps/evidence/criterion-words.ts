import type { Finding, FindingOutcome } from '../../../release/findings';
import type { Criterion, Policy } from '../../../release/policy';
import { formatItems } from '../../parts/NumberText';

export const OUTCOME_WORDS: Readonly<Record<FindingOutcome, string>> = {
  pass: 'Met',
  fail: 'Not met',
  inconclusive: 'Undecided',
  'not-evaluated': 'Not evaluated',
};

/** What a finding came to, in a word or two. */
export function nameOutcome({ outcome, threshold }: Pick<Finding, 'outcome' | 'threshold'>): string {
  return outcome === 'pass' && threshold === null ? 'Stated' : OUTCOME_WORDS[outcome];
}

/** The sentence of a finding without the word of its outcome, which stands beside it. */
export function tellBesideOutcome(finding: Pick<Finding, 'outcome' | 'threshold' | 'sentence'>): string {
  const { sentence } = finding;
  const word = nameOutcome(finding);
  if (!sentence.startsWith(word)) return sentence;
  const rest = sentence.slice(word.length).replace(/^(?:: |, and |, | )/, '');
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/**
 * How many criteria are met.
 *
 * @param nAwaited criteria of which nothing is found yet, because their measures are still being computed
 */
export function tellMet(
  findings: readonly Pick<Finding, 'outcome' | 'threshold'>[],
  nAwaited: number,
): string {
  const passed = findings.filter(({ outcome }) => outcome === 'pass');
  const nStated = passed.filter(({ threshold }) => threshold === null).length;
  const all = formatItems(findings.length + nAwaited, 'criterion', 'criteria');
  const met = `${passed.length - nStated} of ${all} met`;
  const stated = nStated === 0 ? '' : `, ${nStated} set no limit and only state what was found`;
  if (nAwaited > 0) return `${met}${stated} so far, ${nAwaited} still to come.`;
  const open = passed.length === findings.length ? '' : ' What is undecided or was not evaluated is not met.';
  return `${met}${stated}.${open}`;
}

/** What a criterion wants, in a few words: `at most 0.09`, `at least 0.9 × train’s`. */
export function describeThreshold({ bound, threshold }: Pick<Criterion, 'bound' | 'threshold'>): string {
  if (threshold === null) return 'the figure, whatever it is';
  const words = bound === 'at-most' ? 'at most' : 'at least';
  if (typeof threshold === 'number') return `${words} ${threshold}`;
  const times = threshold.times === 1 ? 'the ceiling' : `${threshold.times} × the ceiling`;
  return `${words} ${times}${threshold.plus === 0 ? '' : ` + ${threshold.plus}`}`;
}

/** The policy with another threshold for one criterion; null where the text is no number. */
export function withThreshold(policy: Policy, id: string, text: string): Policy | null {
  const value = Number(text.trim().replace(',', '.'));
  if (text.trim() === '' || !Number.isFinite(value)) return null;
  const criteria = policy.criteria.map((criterion) =>
    criterion.id === id
      ? { ...criterion, threshold: value, source: 'set by a person for this project' }
      : criterion,
  );
  return { ...policy, criteria };
}

/** The policy without one criterion. */
export function withoutCriterion(policy: Policy, id: string): Policy {
  return { ...policy, criteria: policy.criteria.filter((criterion) => criterion.id !== id) };
}

/** The policy with other further roles, written with commas between; none leaves the field out. */
export function withFurtherRoles(policy: Policy, text: string): Policy {
  const roles = text
    .split(',')
    .map((role) => role.trim())
    .filter((role) => role !== '');
  const { format, version, purpose, name, criteria } = policy;
  return {
    format,
    version,
    purpose,
    name,
    criteria,
    ...(roles.length === 0 ? {} : { furtherRoles: roles }),
  };
}
