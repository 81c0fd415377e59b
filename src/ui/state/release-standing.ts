import type { JourneyStep, RunRecord } from '../../platform/projects/types';
import { readPolicyHistory } from '../../release/policy-history';
import type { GovernanceState } from './governance.svelte';
import type { EvaluationState } from './evaluation.svelte';

/** Something in the way of a package, and the step that is for it. */
export interface Hurdle {
  /**
   * `blocks`: no package can be built. `override`: one can, for a written reason. `stays`: it can be built, and whoever
   * verifies it is told for ever.
   */
  readonly kind: 'blocks' | 'override' | 'stays';
  readonly sentence: string;
  readonly step: JourneyStep;
}

/** What stands between a run and its package, the first to be seen to first. */
export function listHurdles(
  run: RunRecord,
  governance: GovernanceState,
  evaluation: EvaluationState,
): readonly Hurdle[] {
  const hurdles: Hurdle[] = [];
  const block = (step: JourneyStep, sentence: string) => hurdles.push({ kind: 'blocks', sentence, step });
  const evidence = evaluation.keptFor(run);
  if (run.synthetic === null) block('synthetic', 'The records of this run are not drawn yet.');
  if (evidence === null) block('evidence', 'This run was not evaluated, so there is nothing to show for it.');
  if (governance.lockedAt === null)
    block('evidence', 'The criteria are not locked: say there what the records are for, then evaluate.');
  if (hurdles.length > 0) return hurdles;
  const [locked] = readPolicyHistory(governance.log).events;
  if (locked === undefined || locked.isAfterResults)
    hurdles.push({ kind: 'stays', sentence: LATE, step: 'evidence' });
  for (const sentence of governance.findObstacles(run, evidence))
    hurdles.push({ kind: 'override', sentence, step: 'evidence' });
  for (const sentence of governance.findUnstated())
    hurdles.push({ kind: 'override', sentence, step: 'release' });
  return hurdles;
}

const LATE =
  'The criteria were locked after results had been seen. A package can be built and read, but no verification will pass it. A new project of the same file would have a clean log and not a clean slate: whoever has seen results knows them.';
