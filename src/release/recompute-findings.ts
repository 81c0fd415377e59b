import type { Dossier } from './dossier';
import { findFindings, type Finding } from './findings';

/** A finding worked out again from the evidence and the policy, beside the one that the dossier states. */
export interface RecomputedFinding {
  readonly again: Finding;
  /** Null where the dossier states none for that criterion. */
  readonly stated: Finding | null;
  /** True where both come to the same outcome. */
  readonly isSame: boolean;
}

/** Every criterion of the policy in a dossier, worked out again. */
export function recomputeFindings({
  policy,
  evidence,
  findings,
  run,
}: Pick<Dossier, 'policy' | 'evidence' | 'findings' | 'run'>): readonly RecomputedFinding[] {
  return findFindings(policy, evidence, run.identifiers ?? null).map((again) => {
    const stated = findings.find(({ criterion }) => criterion === again.criterion) ?? null;
    return { again, stated, isSame: stated?.outcome === again.outcome };
  });
}
