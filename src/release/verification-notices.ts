import type { AuditEntry, DigestText } from './audit-log';
import { canonicalise } from './canonical-json';
import { countRuns } from './count-runs';
import type { Dossier } from './dossier';
import { endSentence } from './end-sentence';
import { MEMBER } from './package';
import { isRecord } from './plain-json';
import { readPolicyHistory, textIn } from './policy-history';
import type { SignOff } from './sign-off';

/** What remarks are read from, all of it sound. */
interface RemarkGround {
  readonly log: readonly AuditEntry[];
  readonly evidence: Dossier['evidence'];
  /** All that are written there, whether they hold or not. */
  readonly signOffs: readonly SignOff[];
}

/** What is out of the ordinary in a package that is as it was made, a sentence each: nobody may miss it. */
export async function listRemarks(
  { log, evidence, signOffs }: RemarkGround,
  digest: DigestText,
): Promise<readonly string[]> {
  const rejections = await tellRejections(log, signOffs, digest);
  return [...tellEvidence(evidence), ...rejections, ...tellCriteria(log)];
}

/** How much was tried, which a log of every release tells. */
export function tellCounts(log: readonly AuditEntry[]): string {
  const count = (n: number, what: string): string => `${n === 0 ? 'no' : n} ${what}${n === 1 ? '' : 's'}`;
  const nEvaluations = log.filter(({ act }) => act === 'evaluation').length;
  return `The log tells of ${count(countRuns(log), 'training run')} and ${count(nEvaluations, 'evaluation')}.`;
}

function tellEvidence(evidence: Dossier['evidence']): readonly string[] {
  if (evidence === null || evidence.isComplete) return [];
  const { length } = evidence.skipped;
  return [
    `The evaluation was ended early, so that the evidence is not complete: it lists ${length} ${length === 1 ? 'measure' : 'measures'} as skipped.`,
  ];
}

/** Later changes of the criteria, and overrides. */
function tellCriteria(log: readonly AuditEntry[]): readonly string[] {
  const { events, overrides } = readPolicyHistory(log);
  return [
    ...events.slice(1).map(({ entry, at, isAfterResults }) => {
      const reason = textIn(log[entry - 1]?.detail, 'reason');
      const when = isAfterResults ? 'after' : 'before';
      return `The criteria were changed in entry ${entry} of the log (${at}), ${when} results had been seen${reason === null ? '.' : `: ${endSentence(reason)}`}`;
    }),
    ...overrides.map(({ entry, at, reason }) => {
      const obstacles = listTexts(log[entry - 1]?.detail, 'obstacles').map(endSentence);
      const what = obstacles.length === 0 ? '' : ` What stood in the way: ${obstacles.join(' ')}`;
      return `What stood in the way of a release was set aside in entry ${entry} of the log (${at}): ${endSentence(reason ?? 'without a written reason')}${what}`;
    }),
  ];
}

/** Rejections that the log tells of and that were left out of the signatures. */
async function tellRejections(
  log: readonly AuditEntry[],
  signOffs: readonly SignOff[],
  digest: DigestText,
): Promise<readonly string[]> {
  const here = await Promise.all(signOffs.map(({ statement }) => digest(canonicalise(statement))));
  return log.flatMap(({ act, at, detail }, i) => {
    if (act !== 'sign-off' || textIn(detail, 'decision') !== 'reject') return [];
    if (here.includes(textIn(detail, 'statement') ?? '')) return [];
    const who = `${textIn(detail, 'name') ?? 'Somebody'} (${textIn(detail, 'role') ?? 'without a role'})`;
    return `Entry ${i + 1} of the log (${at}) tells that ${who} rejected a package of this project, and the signatures of the package (${MEMBER.signOffs}) do not hold that: ${endSentence(textIn(detail, 'reason') ?? 'without a written reason')}`;
  });
}

function listTexts(detail: unknown, key: string): readonly string[] {
  const value: unknown = isRecord(detail) ? detail[key] : null;
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
