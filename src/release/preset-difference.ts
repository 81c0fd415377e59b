import { nameMeasure } from './measure-titles';
import type { Criterion, Policy, RelativeThreshold } from './policy';
import { presetPolicy } from './policy-presets';

/**
 * How a policy asks for less than what this tool proposes for its purpose, a sentence each; none where it asks for as much or
 * more. A policy may have its reasons: this says that somebody should know them.
 */
export function describePresetDifference(policy: Policy): readonly string[] {
  const preset = presetPolicy(policy.purpose);
  const ownOf = (wanted: Criterion) =>
    policy.criteria.filter(({ measure, bound }) => measure === wanted.measure && bound === wanted.bound);
  const missing = preset.criteria.filter((wanted) => ownOf(wanted).length === 0);
  const looser = preset.criteria.filter((wanted) => {
    const own = ownOf(wanted);
    return (
      own.length > 0 && own.every(({ threshold }) => isLooser(wanted.bound, threshold, wanted.threshold))
    );
  });
  const of = `Of the ${preset.criteria.length} criteria that this tool proposes for “${preset.name}”`;
  const name = (criteria: readonly Criterion[]) =>
    criteria.map(({ measure }) => nameMeasure(measure)).join(', ');
  return [
    ...(missing.length === 0 ? [] : [`${of}, the policy leaves out ${missing.length}: ${name(missing)}.`]),
    ...(looser.length === 0 ? [] : [`${of}, the policy asks less of ${looser.length}: ${name(looser)}.`]),
  ];
}

/** Whether one threshold is easier to reach than another; thresholds of different kinds count as looser, for nobody can say. */
function isLooser(
  bound: Criterion['bound'],
  own: Criterion['threshold'],
  wanted: Criterion['threshold'],
): boolean {
  if (wanted === null) return false;
  if (own === null) return true;
  const isEasier = (a: number, b: number) => (bound === 'at-most' ? a > b : a < b);
  if (typeof own === 'number' && typeof wanted === 'number') return isEasier(own, wanted);
  if (isRelative(own) && isRelative(wanted))
    return isEasier(own.times, wanted.times) || isEasier(own.plus, wanted.plus);
  return true;
}

function isRelative(threshold: Criterion['threshold']): threshold is RelativeThreshold {
  return typeof threshold === 'object' && threshold !== null;
}
