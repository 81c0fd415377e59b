import type { EvaluationSpec } from '../evaluate';
import type { JudgeId } from '../judge-ids';
import { isSkipped } from '../measure';
import { findLack, foreseeAll } from '../needs';
import { findRisk, type AttackStory } from './attack-finding';
import { showCount } from '../tell';
import { apart } from '../watch';
import { FLOOR_ATTACKS, floorOf, takeFloor } from './attack-floor';
import { RECORD_ATTACKS, RECORD_NEEDS, singleOutByRecord } from './singling-out-records';
import { singleOutByValue, VALUE_NEEDS } from './singling-out-values';

const BY_VALUE: AttackStory = {
  id: 'singling-out-univariate',
  type: 'singling out by one value',
  knowledge: 'the synthetic table alone',
};

/** {@link singleOutByValue}, with the same attack on train's shuffled columns: they keep every value and so give all away. */
export const SINGLING_OUT_BY_VALUE: EvaluationSpec = {
  family: 'privacy',
  ids: [BY_VALUE.id],
  foresee: ({ sizes }) => foreseeAll([BY_VALUE.id], findLack(sizes, VALUE_NEEDS)),
  measure: (context, rng) => {
    const { compared, kinds } = context;
    const { train, holdout, synthetic, shuffled } = compared;
    const found = singleOutByValue(train, holdout, synthetic, kinds, rng);
    if (isSkipped(found)) return [found];
    const floor = apart(context, 'floor', () => singleOutByValue(train, holdout, shuffled, kinds, rng));
    const { n, inTrain } = found.uniqueValues;
    const note = ` Of ${showCount(n)} values that occur once in a synthetic column, ${showCount(inTrain)} occur once in train.`;
    const ofFloor = floorOf(floor, ({ risk }) => risk.residual);
    return [findRisk(BY_VALUE, found.risk, ofFloor, [], note)];
  },
};

const RECORD_ID: JudgeId = 'singling-out-multivariate';

/** {@link singleOutByRecord}. */
export const SINGLING_OUT_BY_RECORD: EvaluationSpec = {
  family: 'privacy',
  ids: [RECORD_ID],
  foresee: ({ sizes }) => foreseeAll([RECORD_ID], findLack(sizes, RECORD_NEEDS)),
  measure: (context, rng) => {
    const { compared, kinds } = context;
    const { train, holdout, synthetic } = compared;
    const found = singleOutByRecord(train, holdout, synthetic, kinds, rng);
    if (isSkipped(found)) return [found];
    const type = `singling out by ${found.nColumns} columns of a synthetic row`;
    const settings = { ...RECORD_ATTACKS, nAttacks: FLOOR_ATTACKS };
    const floor = apart(context, 'floor', () =>
      singleOutByRecord(train, holdout, takeFloor(context), kinds, rng, settings),
    );
    const story = { id: RECORD_ID, type, knowledge: 'the synthetic table alone' };
    return [
      findRisk(
        story,
        found.risk,
        floorOf(floor, ({ risk }) => risk.residual),
      ),
    ];
  },
};
