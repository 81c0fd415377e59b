import { boundArea } from '../../math/area-interval';
import { countHits, measureSharedArea, type Stratum } from '../../math/roc';
import { estimateRate, Z95, type Rate } from '../../math/proportions';
import type { Interval, Measured } from '../measure';
import type { JudgeId } from '../judge-ids';
import type { Lack } from '../needs';

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
  /** Share of members found; without leakage it is `atRate`. The interval knows that the threshold is an estimate, too. */
  readonly found: Measured<{ readonly rate: Rate; readonly interval: Interval }>;
}

/** False-positive rates that are looked at, in the order of {@link Membership.hits}. */
export const RATES = [0.01, 0.001];
/** Controls that a false-positive rate must stand for. */
const MIN_FALSE_POSITIVES = 10;
const HELD_ROWS = 'rows of holdout';

/**
 * Scores (higher = member) of the same members beside controls of their own; null when a side is empty. `errorOfControls` is
 * the standard error that other people in the holdout would make, where it is more than that of controls alone.
 */
export function judgeMembership(
  id: string,
  strata: readonly Stratum[],
  errorOfControls = 0,
): Membership | null {
  const area = measureSharedArea(strata);
  if (area === null) return null;
  const { auc, nPositive, nNegative } = area;
  const error = Math.max(area.error, Math.hypot(area.errorOfPositives, errorOfControls));
  return {
    auc,
    interval: boundArea(auc, error, nPositive, nNegative),
    nMembers: nPositive,
    nControls: nNegative,
    hits: judgeHits(id, strata),
  };
}

/** Members found at each false-positive rate; strata may have members of their own. `what` names the controls. */
export function judgeHits(id: string, strata: readonly Stratum[], what = HELD_ROWS): readonly HitRate[] {
  return RATES.map((atRate) => ({ atRate, found: findHits(id, strata, atRate, what) }));
}

/** What a share found at a false-positive rate lacks where it has so many controls; null where they are enough. */
export function findHitLack(nControls: number, atRate: number, what = HELD_ROWS): Lack | null {
  const least = Math.ceil(MIN_FALSE_POSITIVES / atRate);
  return nControls >= least
    ? null
    : { reason: `it takes ${least} ${what}, and there are ${nControls}`, wanting: 'rows' };
}

function findHits(id: string, strata: readonly Stratum[], atRate: number, what: string): HitRate['found'] {
  const nControls = strata.reduce((n, { negatives }) => n + negatives.length, 0);
  const nMembers = Math.round(strata.reduce((n, { positives }) => n + positives.length, 0) / strata.length);
  const few = findHitLack(nControls, atRate, what);
  if (few !== null || nMembers === 0)
    return { id: `${id}-at-${atRate}`, reason: few?.reason ?? 'no rows were scored' };
  const share = (rate: number) =>
    strata.reduce((sum, { positives, negatives }) => {
      return sum + countHits(positives, negatives, rate) / Math.max(1, positives.length);
    }, 0) / strata.length;
  const rate = estimateRate(share(atRate) * nMembers, nMembers);
  const slope = Math.max(1, (share(1.5 * atRate) - share(0.5 * atRate)) / atRate);
  const ofThreshold = slope * Z95 * Math.sqrt((atRate * (1 - atRate)) / nControls);
  const reach = Math.hypot(rate.error, ofThreshold);
  return {
    rate,
    interval: { low: Math.max(0, rate.rate - reach), high: Math.min(1, rate.rate + reach) },
  };
}

const MIN_ROWS = 50;

/** What asking the model lacks where so many rows are scored; null where they are enough. */
export function findScoredLack(nMembers: number, nControls: number): Lack | null {
  return Math.min(nMembers, nControls) >= MIN_ROWS
    ? null
    : { reason: `fewer than ${MIN_ROWS} rows of train or of the holdout were scored`, wanting: 'rows' };
}

/**
 * The attacker has the model itself (its file, or a service that answers for it) and asks how likely it finds a person's
 * record: a model that has memorised finds its own rows likelier than others. Score = log-likelihood of the row (white-box
 * loss attack; Yeom et al. 2018, "Privacy risk in machine learning"). Measures of the synthetic table alone do not see such
 * a model. `members` are scores of rows that were trained on, `controls` of the holdout.
 */
export function judgeLikelihoods(members: Float64Array, controls: Float64Array): Measured<Membership> {
  const id: JudgeId = 'membership-likelihood';
  const few = findScoredLack(members.length, controls.length);
  if (few !== null) return { id, reason: few.reason };
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
