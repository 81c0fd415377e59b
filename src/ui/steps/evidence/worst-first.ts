import type { Finding } from '../../../release/findings';
import { hasFound, measureExcess, type AttackMeasure } from './summarise-privacy';

const RANK: Readonly<Record<Finding['outcome'], number>> = {
  fail: 0,
  inconclusive: 1,
  'not-evaluated': 2,
  pass: 3,
};

/** What is not met before what is met, each in its own order. */
export function unmetFirst<F extends Pick<Finding, 'outcome'>>(findings: readonly F[]): readonly F[] {
  return [...findings].sort((a, b) => RANK[a.outcome] - RANK[b.outcome]);
}

/** Attacks that found more than chance explains before the others, and those that found most first. */
export function foundFirst(attacks: readonly AttackMeasure[]): readonly AttackMeasure[] {
  return [...attacks].sort(
    (a, b) => Number(hasFound(b)) - Number(hasFound(a)) || measureExcess(b) - measureExcess(a),
  );
}
