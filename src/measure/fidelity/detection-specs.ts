import { MAX_DETECTED_ROWS } from '../../data/sampled-rows';
import { takeFirst, type EvaluationContext } from '../evaluation-context';
import { DETECTOR_IDS, type DetectorId } from '../learners';
import { isSkipped } from '../measure';
import { showCount } from '../tell';
import { detectSynthetic } from './detection';
import type { FidelitySpec } from './hold-against-train';
import { show } from '../tell';

const MIN_ROWS = 50;
/** Whoever learns on some rows and meets their copies under the other name guesses wrong more often than by chance. */
const LIKE_COPIES = 0.45;
const COPIES_LIKELY =
  ' That far below 0.5 it points to rows of train repeated: look at the counts of copies.';
const ACTS: Readonly<Record<DetectorId, string>> = {
  boosted: 'Boosted trees rank',
  linear: 'Logistic regression ranks',
};

/**
 * {@link detectSynthetic} by each learner: the area under the ROC curve of telling the rows of two tables apart. Of a
 * table of more than {@link MAX_DETECTED_ROWS} rows, that many are taken.
 */
export const DETECTION: readonly FidelitySpec[] = DETECTOR_IDS.map((learner): FidelitySpec => ({
  titles: [
    {
      id: `detection-${learner}`,
      direction: 'lower-is-better',
      sentence: ({ value, interval, sampled = '' }) =>
        `${ACTS[learner]} a synthetic row above one of train in ${show(value)} of pairs; 0.5 is guessing, 1 is` +
        ` always right.${interval.high < LIKE_COPIES ? COPIES_LIKELY : ''}${sampled}`,
    },
  ],
  sizes: 'whole',
  minRows: MIN_ROWS,
  prepare: (train, context, rng) => {
    const own = takeFirst(train, MAX_DETECTED_ROWS);
    const sampled = tellSampled(context);
    return (other) => {
      const found = detectSynthetic(learner, own, takeFirst(other, MAX_DETECTED_ROWS), context.kinds, rng);
      if (isSkipped(found)) return [{ reason: found.reason }];
      return [{ value: found.auc, interval: found.interval, n: found.n, sampled }];
    };
  },
}));

function tellSampled({ train, synthetic }: EvaluationContext): string {
  const drawn = [['train', train] as const, ['the synthetic table', synthetic] as const].flatMap(
    ([name, { nRows }]) =>
      nRows <= MAX_DETECTED_ROWS
        ? []
        : [`${showCount(MAX_DETECTED_ROWS)} of ${showCount(nRows)} rows of ${name}`],
  );
  return drawn.length === 0 ? '' : ` Computed on ${drawn.join(' and ')}, drawn at random.`;
}
