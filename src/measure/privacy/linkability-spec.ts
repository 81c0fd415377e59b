import type { EvaluationSpec } from '../evaluate';
import { isSkipped } from '../measure';
import { findLack, foreseeAll } from '../needs';
import { findRisk, type AttackStory } from './attack-finding';
import { LINK_NEEDS, linkRecords } from './linkability';

const STORY: AttackStory = {
  id: 'linkability',
  type: 'linking two halves of a record',
  knowledge: 'the synthetic table and two lists of people that share no column',
};

/** {@link linkRecords} with every other column in the one list and the rest in the other. */
export const LINKABILITY: EvaluationSpec = {
  family: 'privacy',
  ids: [STORY.id],
  foresee: ({ sizes }) => foreseeAll([STORY.id], findLack(sizes, LINK_NEEDS)),
  measure: ({ compared: { train, holdout, synthetic }, kinds }, rng) => {
    const found = linkRecords(train, holdout, synthetic, kinds, rng);
    return [isSkipped(found) ? found : findRisk(STORY, found.risk)];
  },
};
