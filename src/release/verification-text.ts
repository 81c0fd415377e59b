import { titleMeasure } from './measure-titles';
import type { RecomputedFinding } from './recompute-findings';
import { judgeVerification } from './verdict';
import type { SignerAccount, Verification } from './verification';

/** What verifying a package found, a line each, for a terminal. */
export function writeVerification(
  verification: Verification,
  findings: readonly RecomputedFinding[],
): readonly string[] {
  const { title, sentence } = judgeVerification(verification);
  return [
    title,
    flat(sentence),
    ...list(
      'What is wrong',
      verification.problems.map((problem) => problem.sentence),
    ),
    ...list('What should be known', verification.notices),
    ...list('Signatures that hold', verification.signers.map(describeSigner)),
    ...list('Findings, worked out again', findings.map(describeFinding)),
    '',
    'Times are those that devices said, two keys do not prove two people, and a code shows whose key it is only once it was compared with its owner.',
  ];
}

function list(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0
    ? ['', `${title}: none`]
    : ['', `${title}:`, ...items.map((item) => `  - ${flat(item)}`)];
}

/** Names and reasons are other people's texts: nothing in them may begin a line or steer a terminal. */
function flat(text: string): string {
  return text.replace(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/g, ' ');
}

function describeSigner({ name, role, at, decision, reason, code }: SignerAccount): string {
  const what = decision === 'approve' ? 'approved' : 'rejected';
  return `${name} (${role}) ${what} at ${at} with the key ${code}${reason === '' ? '' : `: ${reason}`}`;
}

const OUTCOMES = {
  pass: 'met',
  fail: 'not met',
  inconclusive: 'undecided',
  'not-evaluated': 'not evaluated',
} as const;

function describeFinding({ again, stated, isSame }: RecomputedFinding): string {
  const said = stated === null ? 'states none' : `states “${OUTCOMES[stated.outcome]}”`;
  return `${titleMeasure(again.measure)}: ${again.sentence}${isSame ? '' : ` The dossier ${said}.`}`;
}
