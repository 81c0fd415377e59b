import type { AuditEntry, DigestText } from './audit-log';
import { canonicalise } from './canonical-json';
import type { Dossier } from './dossier';
import { MEMBER } from './package';
import { isRecord } from './plain-json';
import { problem, type Problem } from './verification';

/** An evaluation that was put on record and kept with its run. */
interface RecordedEvaluation {
  /** Place in the log, counted from 1. */
  readonly entry: number;
  readonly hash: unknown;
  readonly isComplete: boolean;
  readonly nMeasures: number;
}

/** Evidence against the log, which holds the hash of each evaluation, and against itself. */
export async function verifyEvidence(
  { evidence, run }: Pick<Dossier, 'evidence' | 'run'>,
  log: readonly AuditEntry[] | null,
  digest: DigestText,
): Promise<readonly Problem[]> {
  if (evidence === null) return [];
  const turned = evidence.measures.flatMap(({ id, interval: { low, high } }, i) =>
    low <= high
      ? []
      : [accuse(`evidence.measures[${i}].interval`, `the interval of ${id} ends below where it begins`)],
  );
  if (log === null) return turned;
  const recorded = findRecorded(log, run.run.id);
  if (recorded === null)
    return [...turned, accuse('evidence', 'the log tells of no evaluation of these records')];
  if (recorded.hash === (await digest(canonicalise(evidence)))) return turned;
  const what = `these are not the figures that entry ${recorded.entry} of the log put on record`;
  return [...turned, accuse('evidence', what)];
}

function accuse(path: string, what: string): Problem {
  return problem('altered', MEMBER.dossier, path, what);
}

/** The evaluation of a run that counts: the latest, but none that was ended early and has fewer measures than a complete one. */
function findRecorded(log: readonly AuditEntry[], run: string): RecordedEvaluation | null {
  let kept: RecordedEvaluation | null = null;
  for (const [i, { act, detail }] of log.entries()) {
    if (act !== 'evaluation' || !isRecord(detail) || detail['run'] !== run) continue;
    const made = {
      entry: i + 1,
      hash: detail['evaluationHash'],
      isComplete: detail['isComplete'] !== false,
      nMeasures: Number(detail['nMeasures']),
    };
    if (kept === null || made.isComplete || !kept.isComplete || made.nMeasures >= kept.nMeasures) kept = made;
  }
  return kept;
}
