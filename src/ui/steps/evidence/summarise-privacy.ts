import type { FinishedMeasure } from '../../../measure/measure';
import { formatShare } from '../../parts/NumberText';
import { formatFigure, formatInterval, joinNames } from './figure-text';
import { nameMeasure } from './measure-titles';

/** What was attacked and what was found. It never says that nobody can be found: attacks show lower bounds. */
export function summarisePrivacy(measures: readonly FinishedMeasure[]): readonly string[] {
  const attacks = listAttacks(measures);
  const told =
    attacks.length === 0
      ? ['No attack was carried out.']
      : [tellTried(attacks), ...tellFound(attacks), ...tellWeak(attacks), LOWER_BOUND];
  return [...told, ...tellCopies(measures)];
}

const LOWER_BOUND =
  'These are lower bounds from the attacks tried: an attack that was not tried may find more.';

/** Measures that attack, with success beside control and baseline. */
export type AttackMeasure = FinishedMeasure & Required<Pick<FinishedMeasure, 'attack'>>;

export function listAttacks(measures: readonly FinishedMeasure[]): readonly AttackMeasure[] {
  return measures.filter((measure): measure is AttackMeasure => measure.attack !== undefined);
}

/** True where success on train exceeds the control by more than the interval explains. */
export function exceedsControl({ interval, ceiling }: FinishedMeasure): boolean {
  return interval.low > (ceiling ?? 0);
}

/** True where an attack did no better than guessing, so that it shows nothing either way. */
export function isWeak({ attack: { success, baseline } }: AttackMeasure): boolean {
  return baseline !== null && success.value <= baseline.value;
}

function tellTried(attacks: readonly AttackMeasure[]): string {
  const names = joinNames(attacks.map(({ id }) => nameMeasure(id)));
  const [verb, noun] = attacks.length === 1 ? ['was', 'attack'] : ['were', 'attacks'];
  return `${attacks.length} ${noun} ${verb} tried with held-out patients as control: ${names}.`;
}

function tellFound(attacks: readonly AttackMeasure[]): readonly string[] {
  const found = attacks.filter((attack) => exceedsControl(attack) && !isWeak(attack));
  if (found.length === 0)
    return [
      'In none did success on training patients exceed held-out patients by more than chance explains.',
    ];
  const told = found.map(
    ({ id, value, interval, ceiling }) =>
      `${nameMeasure(id)} (${formatFigure(value)}, 95 % CI ${formatInterval(interval)}; none would be ${formatFigure(ceiling ?? 0)})`,
  );
  return [
    `In ${found.length} of them success on training patients exceeded held-out patients by more than chance explains: ${joinNames(told)}.`,
    'Of forty such intervals one lies above by chance.',
  ];
}

function tellWeak(attacks: readonly AttackMeasure[]): readonly string[] {
  const weak = attacks.filter(isWeak).map(({ id }) => nameMeasure(id));
  if (weak.length === 0) return [];
  return [`No better than guessing, and so showing nothing either way: ${joinNames(weak)}.`];
}

function tellCopies(measures: readonly FinishedMeasure[]): readonly string[] {
  const copies = measures.find(({ id }) => id === 'exact-copies');
  if (copies === undefined) return [];
  const held =
    copies.ceiling === null
      ? ''
      : `; of the holdout’s rows ${formatShare(copies.ceiling, 2)} do by coincidence`;
  const own =
    copies.value === 0
      ? 'No synthetic row equals a row of train in every column'
      : `${formatShare(copies.value, 2)} of the synthetic rows equal a row of train in every column`;
  return [`${own}${held}.`];
}
