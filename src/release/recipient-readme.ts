import { namePolicy } from './policy-name';
import { describePresetDifference } from './preset-difference';
import type { Dossier } from './dossier';
import { endSentence } from './end-sentence';
import { findUnstatedIn, tellUnstated } from './required-statements';
import { FORBIDDEN_USES } from './known-limits';

/** README.txt, for whoever opens the package. */
export function writeReadme(dossier: Dossier, data: readonly string[]): string {
  const { title, statement, writtenAt } = dossier;
  const lines = [
    title,
    '',
    statement,
    '',
    `Written ${writtenAt} with Understudy.`,
    ...[
      ...(dossier.policy.purpose === 'testing' ? ['For internal testing only.'] : []),
      ...listMarks(dossier),
      ...tellUnstated(dossier.policy, findUnstatedIn(dossier)),
      ...listLearnt(dossier),
    ].flatMap((mark) => ['', mark]),
    '',
    'What is inside',
    ...data.map((name) => `  ${name}: synthetic data, or what describes it`),
    '  dossier.html: what the records are, how they came about, what was tested and found; read this first',
    '  dossier.json: the same for machines, and complete',
    '  policy.json: the criteria',
    '  croissant.json, prov.json: the records as a Croissant dataset, and how they came about in W3C PROV',
    '  audit-log.json: what was done, each entry holding the hash of the one before',
    '  sign-offs.json: who approved it, with signatures',
    '  SHA256SUMS, manifest.json: checksums',
    '',
    'Do not use the records for',
    ...FORBIDDEN_USES.map((use) => `  - ${use}`),
    '',
    'To verify: choose “Check a release package” on the start page of Understudy, or run "npm run verify -- package.zip"',
    'in its repository; docs/release-package.md there says how to write a verifier of your own. Compare the codes of the',
    'keys with their owners by a way other than the one the package came by.',
    '',
  ];
  return lines.join('\n');
}

function listLearnt({ sections }: Dossier): readonly string[] {
  const facts = sections.find(({ id }) => id === 'columns')?.facts ?? [];
  const tell = (id: string, words: string): readonly string[] => {
    const value = facts.find((fact) => fact.id === id)?.value;
    return Array.isArray(value) && value.length > 0 ? [`${words}: ${value.join(', ')}.`] : [];
  };
  return [
    ...tell('identifiersLearnt', 'Columns that may hold identifiers and were learnt'),
    ...tell('identifiersKept', 'Learnt after a person looked and said that they hold no identifier'),
  ];
}

/** What nobody may miss: criteria that are not met, and why that was set aside. */
export function listMarks({ findings, policy, policyHistory }: MarkedBy): readonly string[] {
  const nMissed = findings.filter(({ outcome }) => outcome !== 'pass').length;
  return [
    ...(nMissed === 0
      ? []
      : [`${nMissed} of ${findings.length} criteria for “${namePolicy(policy)}” are not met.`]),
    ...policyHistory.overrides.map(
      ({ at, reason }) => `OVERRIDE (${at}): ${endSentence(reason ?? 'without a written reason')}`,
    ),
    ...describePresetDifference(policy),
  ];
}

type MarkedBy = Pick<Dossier, 'findings' | 'policyHistory' | 'policy'>;
