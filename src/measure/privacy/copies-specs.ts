import type { Table } from '../../data/table';
import type { EvaluationSpec, Finding } from '../evaluate';
import type { JudgeId } from '../judge-ids';
import { isSkipped, NO_HOLDOUT } from '../measure';
import { findLack, foreseeAll } from '../needs';
import { findRisk } from './attack-finding';
import { floorOf, takeFloor } from './attack-floor';
import { boundRate, show, showCount, showShare } from '../tell';
import { apart } from '../watch';
import { COPIES_NEEDS, findCopies } from './exact-copies';
import { findRareCopies, RARE_NEEDS } from './rare-combinations';
import { replicateUniques, UNIQUES_NEEDS } from './replicated-uniques';

/** What is not known of copies where no rows were held out. */
const NO_EXCESS = 'no holdout says how many are coincidence, so what exceeds coincidence is not computed.';

function boundByHoldout(
  ceiling: number | undefined,
  holdout: Table | null,
): Pick<Finding, 'ceiling' | 'noYardstick'> {
  if (ceiling !== undefined) return { ceiling };
  const few = holdout === null ? NO_HOLDOUT : `the holdout has ${holdout.nRows} rows`;
  return { ceiling: null, noYardstick: { ceiling: few } };
}

const COPIES_ID: JudgeId = 'exact-copies';

/** {@link findCopies}, with the holdout's rows as ceiling and train's shuffled columns as floor. */
export const EXACT_COPIES: EvaluationSpec = {
  family: 'privacy',
  ids: [COPIES_ID],
  foresee: ({ sizes }) => foreseeAll([COPIES_ID], findLack(sizes, COPIES_NEEDS)),
  measure: (context) => {
    const { compared, kinds } = context;
    const { train, holdout, synthetic, shuffled } = compared;
    const found = findCopies(train, holdout, synthetic, kinds);
    if (isSkipped(found)) return [found];
    const mixed = apart(context, 'floor', () => findCopies(train, holdout, shuffled, kinds));
    const { n, rate } = found.synthetic;
    return [
      {
        id: COPIES_ID,
        ...boundRate(rate),
        n: rate.nAttempts,
        direction: 'lower-is-better',
        floor: isSkipped(mixed) ? null : mixed.synthetic.share,
        ...boundByHoldout(found.holdout?.share, holdout),
        sentence:
          `${showCount(n)} of ${showCount(rate.nAttempts)} synthetic rows (${showShare(found.synthetic.share)}) equal a row of ` +
          `train in every column, ${showCount(found.nOfUniqueRows)} of them one that no other row of train repeats; ` +
          (found.holdout === null
            ? NO_EXCESS
            : `of the holdout's rows ${showShare(found.holdout.share)} do by coincidence.`),
        parts: [],
      },
    ];
  },
};

const RARE_ID: JudgeId = 'rare-combination-copies';

/** {@link findRareCopies}. */
export const RARE_COPIES: EvaluationSpec = {
  family: 'privacy',
  ids: [RARE_ID],
  foresee: ({ sizes }) => foreseeAll([RARE_ID], findLack({ ...sizes, holdout: null }, RARE_NEEDS)),
  measure: (context, rng) => {
    const found = findRareCopies(context, rng);
    if (isSkipped(found)) return [found];
    const { synthetic, holdout, shuffled, nSets, nColumns, n } = found;
    return [
      {
        id: RARE_ID,
        ...synthetic,
        n,
        direction: 'lower-is-better',
        floor: shuffled.value,
        ...boundByHoldout(holdout?.value, context.compared.holdout),
        sentence:
          `Over ${nSets} sets of ${nColumns} columns, ${showShare(synthetic.value)} of the synthetic rows have a combination ` +
          `that one person of train has alone (95 % CI ${show(100 * synthetic.interval.low)} to ` +
          `${show(100 * synthetic.interval.high)} %); ` +
          (holdout === null ? NO_EXCESS : `of the holdout's rows ${showShare(holdout.value)}.`),
        parts: [],
      },
    ];
  },
};

/** Choices of columns for the floor: all people are looked up, each under one of fewer choices. */
const FLOOR_SETS = 10;

const UNIQUES_ID: JudgeId = 'replicated-uniques';

/** {@link replicateUniques}. */
export const REPLICATED_UNIQUES: EvaluationSpec = {
  family: 'privacy',
  ids: [UNIQUES_ID],
  foresee: ({ sizes }) => foreseeAll([UNIQUES_ID], findLack(sizes, UNIQUES_NEEDS)),
  measure: (context, rng) => {
    const found = replicateUniques(context, rng);
    if (isSkipped(found)) return [found];
    const what =
      found.known === null ? `${found.nKnown} columns` : found.known.map((name) => `"${name}"`).join(', ');
    const knowledge = `the synthetic table and ${what} of somebody who is the only one with them`;
    const floor = apart(context, 'floor', () =>
      replicateUniques(context, rng, { synthetic: takeFloor(context), nSets: FLOOR_SETS }),
    );
    const story = { id: UNIQUES_ID, type: 'looking up a unique person', knowledge };
    return [
      findRisk(
        story,
        found.risk,
        floorOf(floor, ({ risk }) => risk.residual),
      ),
    ];
  },
};
