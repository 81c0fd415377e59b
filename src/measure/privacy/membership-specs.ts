import type { EvaluationSpec, Finding } from '../evaluate';
import { takeFirst, type EvaluationContext } from '../evaluation-context';
import type { JudgeId } from '../judge-ids';
import { isSkipped, type Measured, type Skipped } from '../measure';
import { countAsked, tellAsked } from './count-asked';
import { advantageOf, differ, tellExcess } from './attack-finding';
import { boundRate, show } from '../tell';
import { attackByDistance, type ExposedMembership } from './distance-membership';
import { judgeLikelihoods, type HitRate } from './membership';

const BY_DISTANCE = {
  type: 'membership by distance',
  knowledge: 'the synthetic table, the record and other people of the same population',
};
const OF_EXPOSED = { ...BY_DISTANCE, type: 'membership by distance on the most exposed tenth of records' };
const BY_LIKELIHOOD = { type: 'membership by likelihood', knowledge: 'the model itself and the record' };

type Story = typeof BY_DISTANCE;
type Areas = Pick<ExposedMembership, 'auc' | 'interval' | 'nMembers' | 'nControls' | 'hits'>;
/** Ids of the area and of the shares found at 1 % and 1 ‰ false alarms. */
type Ids = readonly [JudgeId, JudgeId, JudgeId];

const DISTANCE_IDS = [
  'membership-distance',
  'membership-distance-at-1-percent',
  'membership-distance-at-1-permille',
] as const;
const EXPOSED_IDS = [
  'membership-distance-exposed',
  'membership-distance-exposed-at-1-percent',
  'membership-distance-exposed-at-1-permille',
] as const;
const LIKELIHOOD_IDS = [
  'membership-likelihood',
  'membership-likelihood-at-1-percent',
  'membership-likelihood-at-1-permille',
] as const;

/** Who was in train, told from the synthetic table and other people's records. */
export const MEMBERSHIP_BY_DISTANCE: EvaluationSpec = {
  family: 'privacy',
  ids: [...DISTANCE_IDS, ...EXPOSED_IDS],
  measure: ({ compared: { train, holdout, synthetic }, kinds }, rng) => {
    const nAsked = countAsked(synthetic);
    const people = holdout === null ? null : takeFirst(holdout, nAsked);
    const found = attackByDistance(takeFirst(train, nAsked), people, synthetic, kinds, rng);
    if (isSkipped(found)) return skipAll([...DISTANCE_IDS, ...EXPOSED_IDS], found);
    const note =
      tellAsked('train', nAsked, train.nRows) + tellAsked('the holdout', nAsked, holdout?.nRows ?? 0);
    const exposed = isSkipped(found.exposed)
      ? skipAll(EXPOSED_IDS, found.exposed)
      : report(EXPOSED_IDS, OF_EXPOSED, found.exposed, note);
    return [...report(DISTANCE_IDS, BY_DISTANCE, found, note), ...exposed];
  },
};

/** Who was in train, told by the model: how likely it finds each record. */
export const MEMBERSHIP_BY_LIKELIHOOD: EvaluationSpec = {
  family: 'privacy',
  ids: LIKELIHOOD_IDS,
  measure: (context) => {
    const found = askModel(context);
    return isSkipped(found) ? skipAll(LIKELIHOOD_IDS, found) : report(LIKELIHOOD_IDS, BY_LIKELIHOOD, found);
  },
};

function askModel({ likelihood, holdout }: EvaluationContext): ReturnType<typeof judgeLikelihoods> {
  const [id] = LIKELIHOOD_IDS;
  if (likelihood === null)
    return {
      id,
      reason:
        'no model with a likelihood is at hand (it was not trained here, or its kind has none); a model that ' +
        'memorises is not seen by attacks on the table alone',
    };
  if (holdout === null) return { id, reason: 'there is no holdout to tell members from' };
  return judgeLikelihoods(likelihood.train, likelihood.holdout);
}

function skipAll(ids: readonly string[], { reason }: Skipped): readonly Skipped[] {
  return ids.map((id) => ({ id, reason }));
}

function report([id, ...hitIds]: Ids, story: Story, areas: Areas, note = ''): readonly Measured<Finding>[] {
  const { auc, interval, nMembers, nControls } = areas;
  const chance = { value: 0.5, interval: { low: 0.5, high: 0.5 } };
  return [
    {
      id,
      value: auc,
      interval,
      n: nMembers + nControls,
      direction: 'lower-is-better',
      floor: null,
      ceiling: 0.5,
      sentence:
        `${tellExcess(story, nMembers + nControls, advantageOf(auc, interval))} A training patient outranks a held-out ` +
        `one in ${show(auc)} of pairs; 0.5 is a coin.${note}`,
      parts: [],
      attack: {
        nAttempts: nMembers + nControls,
        success: { value: auc, interval },
        control: chance,
        baseline: null,
      },
    },
    ...hitIds.map((hitId, i) => reportHits(hitId, story, areas, areas.hits[i])),
  ];
}

function reportHits(
  id: JudgeId,
  { type, knowledge }: Story,
  { nMembers, nControls }: Areas,
  hit: HitRate | undefined,
): Measured<Finding> {
  if (hit === undefined) return { id, reason: 'this rate of false alarms was not looked at' };
  const { atRate, found } = hit;
  if (isSkipped(found)) return { id, reason: found.reason };
  const value = found.rate.nSuccesses / found.rate.nAttempts;
  const success = { value, interval: found.interval };
  const control = { value: atRate, interval: { low: atRate, high: atRate } };
  const at = `${100 * atRate} %`;
  return {
    id,
    ...success,
    n: nMembers,
    direction: 'lower-is-better',
    floor: null,
    ceiling: atRate,
    sentence:
      `${tellExcess({ type: `${type} at ${at} false alarms`, knowledge }, nMembers, differ({ success, control }))} ` +
      `Found: ${show(boundRate(found.rate).value)} of training patients, where ${at} of ${nControls} held-out patients are accused.`,
    parts: [],
    attack: { nAttempts: nMembers, success, control, baseline: null },
  };
}
