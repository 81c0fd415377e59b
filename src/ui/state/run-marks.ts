import type { RunRecord } from '../../platform/projects/types';
import { hasOverride, readPolicyHistory, type Override } from '../../release/policy-history';
import { listMarks } from '../../release/recipient-readme';
import type { EvaluationState } from './evaluation.svelte';
import type { GovernanceState } from './governance.svelte';

/** Where marks are read from. */
interface Marked {
  readonly governance: GovernanceState;
  readonly evaluation: Pick<EvaluationState, 'keptFor'>;
}

/** A refusal that is set aside now, and comes into the log once it is done. */
export type GivenNow = Pick<Override, 'at' | 'reason'>;

/** What nobody who reads of these records may miss, a sentence each; none where no purpose was chosen. */
export function listRunMarks(
  { governance, evaluation }: Marked,
  run: RunRecord,
  now: GivenNow | null = null,
): readonly string[] {
  const { policy, isChosen, log } = governance;
  if (!isChosen) return [];
  const evidence = evaluation.keptFor(run);
  const policyHistory = readPolicyHistory(log);
  const given = now === null ? [] : [{ ...now, entry: log.length + 1 }];
  return listMarks({
    findings: evidence === null ? [] : governance.judge(run, evidence),
    policy,
    policyHistory: { ...policyHistory, overrides: [...policyHistory.overrides, ...given] },
  });
}

/** The same where a refusal was set aside for this run, and else none: for files that programs read. */
export function listOverrideMarks(
  marked: Marked,
  run: RunRecord,
  now: GivenNow | null = null,
): readonly string[] {
  const isMarked = now !== null || hasOverride(marked.governance.log, run.id);
  return isMarked ? listRunMarks(marked, run, now) : [];
}

/** The name of a file of records that leave in spite of what stood in the way, which a table cannot say itself. */
export function markFileName(name: string): string {
  const [, stem = name, ending = ''] = /^(.+?)(\.[A-Za-z0-9]{1,8})?$/.exec(name) ?? [];
  return stem.endsWith(MARK) ? name : `${stem}${MARK}${ending}`;
}

const MARK = '-override';
