import { fail, succeed, type Outcome } from '../../data/failure';
import { policyShape } from '../../release/governance-shapes';
import { pickCriteria, type PolicyMember } from '../../release/policy-member';
import { findNameProblems } from '../../release/policy-name';
import { findPolicyProblems, POLICY_VERSION, type Policy } from '../../release/policy';
import { writeJson } from './write-json';

/** Criteria out of the text of a file of them, or of policy.json of a package without what stands beside them; `option-invalid` with every problem where they cannot be used. */
export function readPolicyFile(text: string): Outcome<Policy> {
  const parsed = parse(text);
  if (parsed === null) return refuse('it is not JSON');
  const version = (parsed as { readonly version?: unknown }).version;
  if (typeof version === 'number' && version > POLICY_VERSION)
    return refuse(`it was written by a newer version of Understudy (policy version ${version})`);
  const misfits = policyShape(parsed, 'the policy');
  if (misfits.length > 0) return refuse(misfits.join('; '));
  const policy = pickCriteria(parsed as PolicyMember);
  const problems = [...findPolicyProblems(policy), ...findNameProblems(policy)];
  return problems.length > 0 ? refuse(problems.join('; ')) : succeed(policy);
}

/** Criteria as a file, ending with a line break. */
export function writePolicyFile(policy: Policy): string {
  return `${writeJson(policy)}\n`;
}

function parse(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

function refuse(problem: string): { ok: false; failure: Extract<Outcome<never>, { ok: false }>['failure'] } {
  return fail(
    'option-invalid',
    `The file of criteria cannot be used: ${problem}. Export one on the Evidence step to see the form.`,
  );
}
