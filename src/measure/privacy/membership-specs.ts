import type { Rng } from '../../math/rng';
import type { EvaluationSpec, Finding } from '../evaluate';
import { takeFirst, type EvaluationContext } from '../evaluation-context';
import type { JudgeId } from '../judge-ids';
import { isSkipped, type Measured, type Skipped } from '../measure';
import { findLack, foreseeAll, type Foreseen, type Ground, type Lack } from '../needs';
import { runAlone, type Asking } from '../neighbours/near-rows';
import { countFloorAsked, floorOf, takeSmallFloor } from './attack-floor';
import { countAsked, tellAsked } from './count-asked';
import { differ, tellExcess } from './attack-finding';
import { boundRate, show } from '../tell';
import { askApart } from '../watch';
import {
  askDistances,
  countExposed,
  DISTANCE_NEEDS,
  EXPOSED_ROWS,
  findExposedLack,
  type ExposedMembership,
} from './distance-membership';
import { judgeExposedLikelihoods } from './exposed-likelihood';
import { findHitLack, findScoredLack, judgeLikelihoods, RATES, type HitRate } from './membership';
import { countAskedRows } from '../../data/sampled-rows';

const BY_DISTANCE = {
  type: 'membership by distance',
  knowledge: 'the synthetic table, the record and other people of the same population',
};
const OF_EXPOSED = { ...BY_DISTANCE, type: 'membership by distance on the most exposed tenth of records' };
const BY_LIKELIHOOD = { type: 'membership by likelihood', knowledge: 'the model itself and the record' };
const OF_EXPOSED_BY_LIKELIHOOD = {
  ...BY_LIKELIHOOD,
  type: 'membership by likelihood on the most exposed tenth of records',
};

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
const EXPOSED_LIKELIHOOD_IDS = [
  'membership-likelihood-exposed',
  'membership-likelihood-exposed-at-1-percent',
  'membership-likelihood-exposed-at-1-permille',
] as const;

/** Who was in train, told from the synthetic table and other people's records. */
export const MEMBERSHIP_BY_DISTANCE: EvaluationSpec = {
  family: 'privacy',
  ids: [...DISTANCE_IDS, ...EXPOSED_IDS],
  foresee: foreseeDistance,
  measure: (context, rng) => runAlone(askByDistance(context, rng)),
  ask: askByDistance,
};

function* askByDistance(context: EvaluationContext, rng: Rng): Asking<readonly Measured<Finding>[]> {
  const { compared, kinds } = context;
  const { train, holdout, synthetic } = compared;
  const nAsked = countAsked(synthetic);
  const people = holdout === null ? null : takeFirst(holdout, nAsked);
  const found = yield* askDistances(takeFirst(train, nAsked), people, synthetic, kinds, rng);
  if (isSkipped(found)) return skipAll([...DISTANCE_IDS, ...EXPOSED_IDS], found);
  const note =
    tellAsked('train', nAsked, train.nRows) + tellAsked('the holdout', nAsked, holdout?.nRows ?? 0);
  const nFew = countFloorAsked(people?.nRows ?? 0);
  const few = holdout === null ? null : takeFirst(holdout, nFew);
  const floor = yield* askApart(
    context,
    'floor',
    askDistances(takeFirst(train, nFew), few, takeSmallFloor(context), kinds, rng),
  );
  const ofExposed = isSkipped(floor) ? floor : floor.exposed;
  const exposed = isSkipped(found.exposed)
    ? skipAll(EXPOSED_IDS, found.exposed)
    : report(EXPOSED_IDS, OF_EXPOSED, found.exposed, ofExposed, note);
  return [...report(DISTANCE_IDS, BY_DISTANCE, found, floor, note), ...exposed];
}

const ALL_LIKELIHOOD_IDS = [...LIKELIHOOD_IDS, ...EXPOSED_LIKELIHOOD_IDS];

/** Who was in train, told by the model: how likely it finds each record. */
export const MEMBERSHIP_BY_LIKELIHOOD: EvaluationSpec = {
  family: 'privacy',
  ids: ALL_LIKELIHOOD_IDS,
  foresee: foreseeLikelihood,
  measure: (context, rng) => {
    const found = askModel(context);
    if (isSkipped(found)) return skipAll(ALL_LIKELIHOOD_IDS, found);
    return [...report(LIKELIHOOD_IDS, BY_LIKELIHOOD, found, NO_FLOOR), ...reportExposed(context, rng)];
  },
};

/** As many rows are looked at as the search for other people in the holdout allows. */
function reportExposed(
  { compared: { train, holdout, synthetic }, likelihood, kinds }: EvaluationContext,
  rng: Rng,
): readonly Measured<Finding>[] {
  if (holdout === null || likelihood === null) return [];
  const nAsked = countAsked(holdout);
  const tables = { train: takeFirst(train, nAsked), holdout: takeFirst(holdout, nAsked), synthetic };
  const found = judgeExposedLikelihoods({ ...tables, likelihood }, kinds, rng);
  if (isSkipped(found)) return skipAll(EXPOSED_LIKELIHOOD_IDS, found);
  const note = tellAsked('train', nAsked, train.nRows) + tellAsked('the holdout', nAsked, holdout.nRows);
  return report(EXPOSED_LIKELIHOOD_IDS, OF_EXPOSED_BY_LIKELIHOOD, found, NO_FLOOR, note);
}

const NO_MODEL: Lack = {
  reason:
    'no model with a likelihood is at hand (it was not trained here, or its kind has none that can be computed); a model that ' +
    'memorises is not seen by attacks on the table alone',
  wanting: 'model',
};
const NO_CONTROLS: Lack = { reason: 'there is no holdout to tell members from', wanting: 'holdout' };

function foreseeDistance({ sizes }: Ground): readonly Foreseen[] {
  const lack = findLack(sizes, DISTANCE_NEEDS);
  if (lack !== null || sizes.holdout === null) return foreseeAll([...DISTANCE_IDS, ...EXPOSED_IDS], lack);
  const nControls = Math.min(sizes.holdout, countAskedRows(sizes.synthetic, sizes.nColumns));
  return [...foreseeHits(DISTANCE_IDS, nControls), ...foreseeExposed(EXPOSED_IDS, nControls)];
}

function foreseeLikelihood({ sizes, hasLikelihood }: Ground): readonly Foreseen[] {
  if (!hasLikelihood) return foreseeAll(ALL_LIKELIHOOD_IDS, NO_MODEL);
  if (sizes.holdout === null) return foreseeAll(ALL_LIKELIHOOD_IDS, NO_CONTROLS);
  const few = findScoredLack(sizes.train, sizes.holdout);
  if (few !== null) return foreseeAll(ALL_LIKELIHOOD_IDS, few);
  const nAsked = Math.min(sizes.holdout, countAskedRows(sizes.holdout, sizes.nColumns));
  return [...foreseeHits(LIKELIHOOD_IDS, sizes.holdout), ...foreseeExposed(EXPOSED_LIKELIHOOD_IDS, nAsked)];
}

function foreseeExposed(ids: Ids, nControls: number): readonly Foreseen[] {
  const nExposed = countExposed(nControls);
  const few = findExposedLack(nExposed);
  return few === null ? foreseeHits(ids, nExposed, EXPOSED_ROWS) : foreseeAll(ids, few);
}

function foreseeHits([, ...hitIds]: Ids, nControls: number, what?: string): readonly Foreseen[] {
  return hitIds.flatMap((id, i) => foreseeAll([id], findHitLack(nControls, RATES[i] ?? 1, what)));
}

function askModel({ likelihood, holdout }: EvaluationContext): ReturnType<typeof judgeLikelihoods> {
  const [id] = LIKELIHOOD_IDS;
  if (likelihood === null) return { id, reason: NO_MODEL.reason };
  if (holdout === null) return { id, reason: NO_CONTROLS.reason };
  return judgeLikelihoods(likelihood.train, likelihood.holdout);
}

function skipAll(ids: readonly string[], { reason }: Skipped): readonly Skipped[] {
  return ids.map((id) => ({ id, reason }));
}

/** The floor of an attack on the model itself. */
const NO_FLOOR: Skipped = {
  id: 'floor',
  reason: 'there is no model: it would take another one, taught on them',
};

function report(
  [id, ...hitIds]: Ids,
  story: Story,
  areas: Areas,
  floor: Measured<Areas>,
  note = '',
): readonly Measured<Finding>[] {
  const { auc, interval, nMembers, nControls } = areas;
  // Success is to rank a training patient above a held-out one; of two held-out patients either is ranked above the other.
  const success = { value: auc, interval };
  const control = { value: 0.5, interval: { low: 0.5, high: 0.5 } };
  return [
    {
      id,
      value: auc,
      interval,
      n: nMembers + nControls,
      direction: 'lower-is-better',
      ...floorOf(floor, (each) => each.auc),
      ceiling: 0.5,
      sentence:
        `${tellExcess(story, nMembers + nControls, differ({ success, control }))} Success is to rank a training ` +
        `patient above a held-out one: ${show(auc)} of pairs, where 0.5 is a coin.${note}`,
      parts: [],
      attack: {
        nAttempts: nMembers + nControls,
        success,
        control,
        baseline: null,
      },
    },
    ...hitIds.map((hitId, i) => reportHits(hitId, story, areas, i, floor)),
  ];
}

function foundAt(hit: HitRate | undefined): HitRate['found'] {
  return hit?.found ?? { id: 'floor', reason: 'this rate of false alarms was not looked at' };
}

function reportHits(
  id: JudgeId,
  { type, knowledge }: Story,
  { nMembers, nControls, hits }: Areas,
  at: number,
  floor: Measured<Areas>,
): Measured<Finding> {
  const hit = hits[at];
  if (hit === undefined) return { id, reason: 'this rate of false alarms was not looked at' };
  const { atRate, found } = hit;
  if (isSkipped(found)) return { id, reason: found.reason };
  const value = found.rate.nSuccesses / found.rate.nAttempts;
  const success = { value, interval: found.interval };
  const control = { value: atRate, interval: { low: atRate, high: atRate } };
  const alarms = `${100 * atRate} %`;
  return {
    id,
    ...success,
    n: nMembers,
    direction: 'lower-is-better',
    ...floorOf(isSkipped(floor) ? floor : foundAt(floor.hits[at]), ({ rate }) => boundRate(rate).value),
    ceiling: atRate,
    sentence:
      `${tellExcess({ type: `${type} at ${alarms} false alarms`, knowledge }, nMembers, differ({ success, control }))} ` +
      `Found: ${show(boundRate(found.rate).value)} of training patients, where ${alarms} of ${nControls} held-out patients are accused.`,
    parts: [],
    attack: { nAttempts: nMembers, success, control, baseline: null },
  };
}
