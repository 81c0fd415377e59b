import type { Rng } from '../../math/rng';
import type { EvaluationSpec, Finding } from '../evaluate';
import type { EvaluationContext } from '../evaluation-context';
import { isSkipped, type Measured } from '../measure';
import { findLack, foreseeAll } from '../needs';
import { runAlone, type Asking } from '../neighbours/near-rows';
import { askApart } from '../watch';
import { findRisk, type AttackStory } from './attack-finding';
import { FLOOR_ATTACKS, floorOf, takeSmallFloor } from './attack-floor';
import { askLinks, LINK_NEEDS } from './linkability';

const STORY: AttackStory = {
  id: 'linkability',
  type: 'linking two halves of a record',
  knowledge: 'the synthetic table and two lists of people that share no column',
};

/** {@link askLinks} with every other column in the one list and the rest in the other. */
export const LINKABILITY: EvaluationSpec = {
  family: 'privacy',
  ids: [STORY.id],
  foresee: ({ sizes }) => foreseeAll([STORY.id], findLack(sizes, LINK_NEEDS)),
  measure: (context, rng) => runAlone(askLinkability(context, rng)),
  ask: askLinkability,
};

function* askLinkability(context: EvaluationContext, rng: Rng): Asking<readonly Measured<Finding>[]> {
  const { compared, kinds } = context;
  const { train, holdout, synthetic } = compared;
  const found = yield* askLinks(train, holdout, synthetic, kinds, rng);
  if (isSkipped(found)) return [found];
  const few = { nTargets: FLOOR_ATTACKS };
  const floor = yield* askApart(
    context,
    'floor',
    askLinks(train, holdout, takeSmallFloor(context), kinds, rng, few),
  );
  return [
    findRisk(
      STORY,
      found.risk,
      floorOf(floor, ({ risk }) => risk.residual),
    ),
  ];
}
