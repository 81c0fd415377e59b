import type { Finding } from '../evaluate';
import type { AttackFigures, Bounded, MeasurePart } from '../measure';
import type { AttackRisk } from './attack-risk';
import type { JudgeId } from '../judge-ids';
import { boundRate, show, showCount } from '../tell';

/** How an attack is told: "in N attacks of type X with knowledge Y". */
export interface AttackStory {
  readonly id: JudgeId;
  readonly type: string;
  readonly knowledge: string;
}

/** What the same attack gets from train's shuffled columns, or why that is not known. */
export type AttackFloor = Pick<Finding, 'floor' | 'noYardstick'>;

/** The finding of an attack with control and baseline; its value is the residual, which is 0 where nothing was shown. */
export function findRisk(
  story: AttackStory,
  risk: AttackRisk,
  floor: AttackFloor,
  parts: readonly MeasurePart[] = [],
  note = '',
): Finding {
  const attack = figuresOf(risk);
  const weak = risk.beatsBaseline
    ? ''
    : ` It did no better than guessing (${show(attack.baseline?.value ?? NaN)}) and shows nothing either way.`;
  const { low, high } = risk.residualInterval;
  return {
    id: story.id,
    value: risk.residual,
    interval: risk.residualInterval,
    n: risk.attack.nAttempts,
    direction: 'lower-is-better',
    ...floor,
    ceiling: 0,
    sentence:
      `${tellExcess(story, risk.attack.nAttempts, differ(attack))} As a share of what was left to learn: ` +
      `${show(risk.residual)} (${show(low)} to ${show(high)}).${weak}${note}`,
    parts,
    attack,
  };
}

/** Success, control and baseline of an assessed risk, as shares of attempts. */
export function figuresOf({ attack, control, baseline }: AttackRisk): AttackFigures {
  return {
    nAttempts: attack.nAttempts,
    success: boundRate(attack),
    control: boundRate(control),
    baseline: boundRate(baseline),
  };
}

/** Success less control; ends of the intervals added in squares (Newcombe 1998, method 10). */
export function differ({ success, control }: Pick<AttackFigures, 'success' | 'control'>): Bounded {
  const value = success.value - control.value;
  const low = Math.hypot(success.value - success.interval.low, control.interval.high - control.value);
  const high = Math.hypot(success.interval.high - success.value, control.value - control.interval.low);
  return { value, interval: { low: value - low, high: value + high } };
}

/** The one sentence in which every attack is reported. */
export function tellExcess(
  { type, knowledge }: Omit<AttackStory, 'id'>,
  nAttacks: number,
  { value, interval: { low, high } }: Bounded,
): string {
  return (
    `In ${showCount(nAttacks)} attacks of type ${type} with knowledge of ${knowledge}, success on training patients ` +
    `exceeded held-out patients by ${show(value)} (95 % CI ${show(low)} to ${show(high)}): a lower bound from the ` +
    'attacks tried.'
  );
}
