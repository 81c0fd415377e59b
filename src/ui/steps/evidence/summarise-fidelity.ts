import type { FinishedMeasure, MeasurePart } from '../../../measure/measure';
import { formatItems } from '../../parts/NumberText';
import { formatFigure, formatInterval, joinNames } from './figure-text';
import { namePart } from './measure-rows';
import { nameMeasure } from '../../../release/measure-titles';
import { isCrossed, measureShortfall, placeMeasure, type Place } from './place';

/** The first of these that was computed says how far columns and pairs agree. */
const HEADLINES = ['sdmetrics-overall', 'sdmetrics-overall-all', 'sdmetrics-column-shapes'];
const N_WORST = 2;
const N_COLUMNS = 3;

/** How faithful the records are: the headline between its yardsticks, how many measures reach theirs, and the worst. */
export function summariseFidelity(measures: readonly FinishedMeasure[]): readonly string[] {
  return [
    ...tellHeadline(measures),
    ...countPlaces(measures),
    ...nameWorst(measures),
    ...nameParts(measures),
  ];
}

function tellHeadline(measures: readonly FinishedMeasure[]): readonly string[] {
  const found = HEADLINES.flatMap((id) => measures.filter((measure) => measure.id === id))[0];
  if (found === undefined) return [];
  const { value, interval, ceiling } = found;
  const floor = found.floor !== null && found.floor < COSTS_NOTHING ? found.floor : null;
  const yardsticks = [
    ...(ceiling === null ? [] : [`${formatFigure(ceiling)} for held-out records`]),
    ...(floor === null ? [] : [`${formatFigure(floor)} for train with its columns shuffled`]),
  ];
  const against = yardsticks.length === 0 ? '' : `, against ${joinNames(yardsticks)}`;
  return [
    `Columns and pairs agree with train to ${formatFigure(value)} (95 % CI ${formatInterval(interval)})${against}.`,
    ...(ceiling !== null && floor !== null && ceiling < floor ? [tellCrossed(ceiling, floor)] : []),
  ];
}

/** Shuffling columns costs nothing where no related pairs were measured; such a floor is no yardstick. */
const COSTS_NOTHING = 1 - 1e-9;

function tellCrossed(ceiling: number, floor: number): string {
  return `Floor and ceiling cannot tell good from bad here: the shuffled columns (${formatFigure(floor)}) agree better than held-out records do (${formatFigure(ceiling)}), as with columns of many levels or a small holdout.`;
}

function countPlaces(measures: readonly FinishedMeasure[]): readonly string[] {
  const nCrossed = measures.filter(isCrossed).length;
  const places = measures.filter((measure) => !isCrossed(measure)).map(placeMeasure);
  const count = (place: Place) => places.filter((each) => each === place).length;
  const nPlaced = places.length - count('unknown');
  const crossed =
    nCrossed === 0
      ? []
      : [
          `Of ${formatItems(nCrossed, 'measure')} the floor is better than the ceiling, so that the two say nothing of good or bad.`,
        ];
  if (nPlaced === 0)
    return nCrossed > 0 ? crossed : ['There is no holdout, so nothing says what was to be reached.'];
  const told = [
    [
      count('reached'),
      'does as well as they do, within its interval',
      'do as well as they do, within their intervals',
    ],
    [
      count('near'),
      'falls short, though nearer to them than to the floor',
      'fall short, though nearer to them than to the floor',
    ],
    [count('far'), 'falls further short', 'fall further short'],
    [count('floor'), 'is no better than the floor', 'are no better than the floor'],
  ] as const;
  const counts = told.flatMap(([n, one, many]) => (n === 0 ? [] : [`${n} ${n === 1 ? one : many}`]));
  return [
    `Of ${formatItems(nPlaced, 'measure')} taken of held-out records too, ${joinNames(counts)}.`,
    ...crossed,
  ];
}

function nameWorst(measures: readonly FinishedMeasure[]): readonly string[] {
  const worst = rankShortfall(measures).slice(0, N_WORST);
  if (worst.length === 0) return [];
  const told = worst.map(
    ({ id, value, ceiling }) =>
      `${nameMeasure(id)} (${formatFigure(value)}; held-out records ${formatFigure(ceiling ?? NaN)})`,
  );
  return [`Furthest short: ${joinNames(told)}.`];
}

/** Measures that fall short of their ceiling, the furthest first. */
export function rankShortfall(measures: readonly FinishedMeasure[]): readonly FinishedMeasure[] {
  return measures
    .filter(
      (measure) =>
        !isCrossed(measure) &&
        placeMeasure(measure) !== 'reached' &&
        !Number.isNaN(measureShortfall(measure)),
    )
    .sort((a, b) => measureShortfall(b) - measureShortfall(a));
}

/** The worst columns, the worst pair and the worst subgroup: the parts of these measures come worst first. */
function nameParts(measures: readonly FinishedMeasure[]): readonly string[] {
  const worst = WORST_OF.flatMap(([id, of, n]) => {
    const parts = measures.find((measure) => measure.id === id)?.parts ?? [];
    const told = parts.filter(isBelowOne).slice(0, n).map(tellPart);
    return told.length === 0 ? [] : [`${of} ${joinNames(told)}`];
  });
  return worst.length === 0 ? [] : [`Least like train: ${worst.join('; ')}.`];
}

const WORST_OF = [
  ['sdmetrics-column-shapes', 'of columns', N_COLUMNS],
  ['pair-trends-train-edges', 'of pairs', 1],
  ['subgroup-accuracy', 'of subgroups', 1],
] as const;

function isBelowOne({ value }: MeasurePart): boolean {
  return value !== null && value < 0.9995;
}

function tellPart(part: MeasurePart): string {
  return `${namePart(part)} (${formatFigure(part.value ?? NaN)})`;
}
