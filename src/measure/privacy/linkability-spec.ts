import type { Rng } from '../../math/rng';
import type { EvaluationSpec, Finding } from '../evaluate';
import type { EvaluationContext } from '../evaluation-context';
import { isSkipped, type Measured } from '../measure';
import { findLack, foreseeAll } from '../needs';
import { runAlone, type Asking } from '../neighbours/near-rows';
import { findRisk, type AttackStory } from './attack-finding';
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

function* askLinkability(
  { compared: { train, holdout, synthetic }, kinds }: EvaluationContext,
  rng: Rng,
): Asking<readonly Measured<Finding>[]> {
  const found = yield* askLinks(train, holdout, synthetic, kinds, rng);
  return [isSkipped(found) ? found : findRisk(STORY, found.risk)];
}
