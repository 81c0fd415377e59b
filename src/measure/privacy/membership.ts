import { countHits, measureSharedArea, type Area, type Stratum } from '../../math/roc';
import { estimateRate, Z95, type Rate } from '../../math/proportions';
import type { Interval, Measured } from '../measure';
import type { JudgeId } from '../judge-ids';

/** How well somebody who scores records tells those that were trained on from others. */
export interface Membership {
  /** 0.5 = members cannot be told from others, 1 = always. */
  readonly auc: number;
  readonly interval: Interval;
  readonly nMembers: number;
  readonly nControls: number;
  /** Members found at false-positive rates of 1 % and 0.1 %: what a cautious attacker is sure of. */
  readonly hits: readonly HitRate[];
}

export interface HitRate {
  /** False-positive rate. */
  readonly atRate: number;
  /** Share of members found, by Wilson's interval; without leakage it is `atRate`. */
  readonly found: Measured<{ readonly rate: Rate }>;
}

const RATES = [0.01, 0.001];
/** Controls that a false-positive rate must stand for. */
const MIN_FALSE_POSITIVES = 10;

/** Scores (higher = member) of the same members beside controls of their own; null when a side is empty. */
export function judgeMembership(id: string, strata: readonly Stratum[]): Membership | null {
  const area = measureSharedArea(strata);
  if (area === null) return null;
  const { auc, nPositive, nNegative } = area;
  return {
    auc,
    interval: intervalOf(area),
    nMembers: nPositive,
    nControls: nNegative,
    hits: RATES.map((rate) => ({ atRate: rate, found: findHits(id, strata, rate, nPositive, nNegative) })),
  };
}

function findHits(
  id: string,
  strata: readonly Stratum[],
  rate: number,
  nMembers: number,
  nControls: number,
): HitRate['found'] {
  const least = Math.ceil(MIN_FALSE_POSITIVES / rate);
  if (nControls < least)
    return {
      id: `${id}-at-${rate}`,
      reason: `it takes ${least} rows of holdout, and there are ${nControls}`,
    };
  const hits = strata.reduce(
    (sum, { positives, negatives }) => sum + countHits(positives, negatives, rate),
    0,
  );
  return { rate: estimateRate(hits / strata.length, nMembers) };
}

/** The 95 % interval of an area, in [0, 1]. */
export function intervalOf({ auc, error }: Pick<Area, 'auc' | 'error'>): Interval {
  return { low: Math.max(0, auc - Z95 * error), high: Math.min(1, auc + Z95 * error) };
}

const MIN_ROWS = 50;

/**
 * The attacker has the model itself (its file, or a service that answers for it) and asks how likely it finds a person's
 * record: a model that has memorised finds its own rows likelier than others. Score = log-likelihood of the row (white-box
 * loss attack; Yeom et al. 2018, "Privacy risk in machine learning"). Measures of the synthetic table alone do not see such
 * a model. `members` are scores of rows that were trained on, `controls` of the holdout.
 */
export function judgeLikelihoods(members: Float64Array, controls: Float64Array): Measured<Membership> {
  const id: JudgeId = 'membership-likelihood';
  if (Math.min(members.length, controls.length) < MIN_ROWS)
    return { id, reason: `fewer than ${MIN_ROWS} rows of train or of the holdout were scored` };
  const isUnknown = (score: number) => Number.isNaN(score);
  if (members.some(isUnknown) || controls.some(isUnknown))
    return { id, reason: 'the model gave no likelihood for some rows' };
  return (
    judgeMembership(id, [{ positives: members, negatives: controls }]) ?? {
      id,
      reason: 'no rows were scored',
    }
  );
}
