import { estimateRate, type Rate } from '../../math/proportions';
import type { Interval } from '../measure';

/** How often an attack succeeds against train beside what it gets against people whom the generator never saw. */
export interface AttackRisk {
  readonly attack: Rate;
  /** The same attack against the holdout: what the population gives away about anybody. */
  readonly control: Rate;
  /** Guessing against train: an attack that does no better is no evidence. */
  readonly baseline: Rate;
  readonly beatsBaseline: boolean;
  /** (attack − control) / (1 − control), which is negative where the control did better. */
  readonly residual: number;
  /** The residual, no less than 0 and no more than 1. */
  readonly risk: number;
  /** 95 %, in [0, 1]. */
  readonly interval: Interval;
  /** 95 %, of the residual, not cut off: it covers 0 where nothing was shown. */
  readonly residualInterval: Interval;
}

/** Successes and attempts; successes may be expected values. */
export interface Tally {
  readonly nSuccesses: number;
  readonly nAttempts: number;
  /** Half-width of the rate's 95 % interval where attempts hang together; Wilson's counts where it is larger. */
  readonly error?: number;
}

/**
 * Anonymeter's residual risk: what an attack learns of train beyond what it learns of the population, as a share of what
 * there was left to learn. Rates by Wilson's interval, errors added in squares. Giomi et al. 2023, PoPETs, equations 1–4:
 * R = (r − c) / (1 − c), e² = (e_r / (1 − c))² + (e_c (r − 1) / (1 − c)²)².
 */
export function assessRisk(attack: Tally, control: Tally, baseline: Tally): AttackRisk {
  const [r, c, b] = [attack, control, baseline].map(({ nSuccesses, nAttempts, error = 0 }): Rate => {
    const rate = estimateRate(nSuccesses, nAttempts);
    return { ...rate, error: Math.max(rate.error, error) };
  });
  if (r === undefined || c === undefined || b === undefined) throw new RangeError('three tallies are needed');
  const rest = 1 - c.rate;
  const residual = (r.rate - c.rate) / rest;
  const error = Math.hypot(r.error / rest, (c.error * (r.rate - 1)) / (rest * rest));
  const [low, high] = [residual - error, residual + error];
  return {
    attack: r,
    control: c,
    baseline: b,
    beatsBaseline: attack.nSuccesses / attack.nAttempts > baseline.nSuccesses / baseline.nAttempts,
    residual,
    risk: clip(residual),
    interval: { low: clip(low), high: clip(high) },
    residualInterval: { low, high },
  };
}

function clip(value: number): number {
  return Math.min(1, Math.max(0, value));
}
