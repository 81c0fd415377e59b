import type { FinishedMeasure } from '../../../measure/measure';
import { formatFigure, formatInterval, joinNames } from './figure-text';
import { namePart } from './measure-rows';
import { nameMeasure } from '../../../release/measure-titles';
import { rankShortfall } from './summarise-fidelity';

const LEARNERS: readonly (readonly [id: string, name: string])[] = [
  ['train-synthetic-boosted', 'boosted trees'],
  ['train-synthetic-forest', 'random forests'],
  ['train-synthetic-linear', 'linear models'],
];

/**
 * How useful the records are: what models taught on them reach beside models taught on train, and the worst.
 *
 * @param target column that a person chose to have predicted; null where the measures chose
 */
export function summariseUtility(
  measures: readonly FinishedMeasure[],
  target: string | null,
): readonly string[] {
  const scores = LEARNERS.flatMap(([id, name]) => {
    const measure = measures.find((each) => each.id === id);
    return measure === undefined ? [] : [{ name, measure }];
  });
  return [
    ...tellScores(scores, target),
    ...tellDifferences(scores),
    ...nameWorst(measures),
    ...nameGroup(measures),
  ];
}

interface Score {
  readonly name: string;
  readonly measure: FinishedMeasure;
}

function tellScores(scores: readonly Score[], target: string | null): readonly string[] {
  if (scores.length === 0) return [];
  const told = scores.map(({ name, measure: { value, ceiling } }) => {
    const beside = ceiling === null ? '' : ` (taught on train ${formatFigure(ceiling)})`;
    return `${name} ${formatFigure(value)}${beside}`;
  });
  const floor = scores.find(({ measure }) => measure.floor !== null)?.measure.floor;
  const guess = floor === undefined || floor === null ? '' : `; guessing gets ${formatFigure(floor)}`;
  const isRanking = scores.some(({ measure }) => measure.curves?.some(({ chart }) => chart === 'roc'));
  const score = isRanking ? ' (area under the ROC curve)' : '';
  const what = target === null ? '' : ` to predict “${target}”`;
  return [
    `Taught on synthetic records${what}, models score on the holdout${score}: ${joinNames(told)}${guess}.`,
  ];
}

function tellDifferences(scores: readonly Score[]): readonly string[] {
  const known = scores.flatMap(({ name, measure: { difference } }) =>
    difference === undefined ? [] : [{ name, difference }],
  );
  if (known.length === 0) return [];
  const lost = known.filter(({ difference }) => difference.interval.high < 0);
  if (lost.length === 0) return ['No model loses more than chance explains.'];
  const told = lost.map(
    ({ name, difference: { value, interval } }) =>
      `${name} (${formatFigure(value)}, 95 % CI ${formatInterval(interval)})`,
  );
  return [`More is lost than chance explains by ${joinNames(told)}.`];
}

function nameWorst(measures: readonly FinishedMeasure[]): readonly string[] {
  if (measures.every(({ ceiling }) => ceiling === null))
    return ['No measure has a ceiling, so nothing says what was to be reached.'];
  const [worst] = rankShortfall(measures);
  if (worst === undefined) return ['Every measure reaches what train gives, within its interval.'];
  const { id, value, ceiling } = worst;
  return [
    `Furthest from what train gives: ${nameMeasure(id)} (${formatFigure(value)}; train ${formatFigure(ceiling ?? NaN)}).`,
  ];
}

function nameGroup(measures: readonly FinishedMeasure[]): readonly string[] {
  const [worst] = measures.find(({ id }) => id === 'train-synthetic-subgroups')?.parts ?? [];
  if (worst === undefined || worst.value === null || worst.value >= 0) return [];
  return [`The subgroup that loses most beside train: ${namePart(worst)} (${formatFigure(worst.value)}).`];
}
