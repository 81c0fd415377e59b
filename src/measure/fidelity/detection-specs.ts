import { DETECTOR_IDS, type DetectorId } from '../learners';
import { isSkipped } from '../measure';
import { detectSynthetic } from './detection';
import { show, type FidelitySpec } from './hold-against-train';

const MIN_ROWS = 50;
const ACTS: Readonly<Record<DetectorId, string>> = {
  boosted: 'Boosted trees rank',
  linear: 'Logistic regression ranks',
};

/** {@link detectSynthetic} by each learner: the area under the ROC curve of telling the rows of two tables apart. */
export const DETECTION: readonly FidelitySpec[] = DETECTOR_IDS.map((learner): FidelitySpec => ({
  titles: [
    {
      id: `detection-${learner}`,
      direction: 'lower-is-better',
      sentence: ({ value }) =>
        `${ACTS[learner]} a synthetic row above one of train in ${show(value)} of pairs; 0.5 is guessing, 1 is` +
        ' always right.',
    },
  ],
  sizes: 'whole',
  minRows: MIN_ROWS,
  prepare:
    (train, { kinds }, rng) =>
    (other) => {
      const found = detectSynthetic(learner, train, other, kinds, rng);
      if (isSkipped(found)) return [{ reason: found.reason }];
      return [{ value: found.auc, interval: found.interval, n: found.n }];
    },
}));
