import type { FinishedMeasure } from '../../../measure/measure';
import { formatShare } from '../../parts/NumberText';
import { formatFigure, formatInterval, joinNames } from './figure-text';
import { nameMeasure } from '../../../release/measure-titles';

/** What was attacked and what was found. It never says that nobody can be found: attacks show lower bounds. */
export function summarisePrivacy(measures: readonly FinishedMeasure[]): readonly string[] {
  const attacks = listAttacks(measures);
  const told =
    attacks.length === 0
      ? ['No attack was carried out.']
      : [tellTried(attacks), ...tellFound(attacks), ...tellWeak(attacks), LOWER_BOUND];
  return [...told, ...tellCopies(measures)];
}

const LOWER_BOUND = 'These are lower bounds: an attack that was not tried may find more.';

/** Measures that attack, with success beside control and baseline. */
export type AttackMeasure = FinishedMeasure & Required<Pick<FinishedMeasure, 'attack'>>;

export function listAttacks(measures: readonly FinishedMeasure[]): readonly AttackMeasure[] {
  return measures.filter((measure): measure is AttackMeasure => measure.attack !== undefined);
}

/** True where success on train exceeds the control by more than the interval explains. */
export function exceedsControl({ interval, ceiling }: FinishedMeasure): boolean {
  return interval.low > (ceiling ?? 0);
}

/** True where an attack found more than chance explains, guessing included. */
export function hasFound(attack: AttackMeasure): boolean {
  return exceedsControl(attack) && !isWeak(attack);
}

/** How far an attack got from its control towards certainty, 0 to 1, so that attacks on different scales have an order. */
export function measureExcess({ value, ceiling }: Pick<FinishedMeasure, 'value' | 'ceiling'>): number {
  const control = ceiling ?? 0;
  return control >= 1 ? 0 : (value - control) / (1 - control);
}

/** True where an attack did no better than guessing, so that it shows nothing either way. */
export function isWeak({ attack: { success, baseline } }: AttackMeasure): boolean {
  return baseline !== null && success.value <= baseline.value;
}

/** Attacks of one kind by the beginning of their ids. */
const KINDS: readonly (readonly [start: string, words: string])[] = [
  ['singling-out', 'singling somebody out'],
  ['replicated-uniques', 'looking up somebody unique'],
  ['linkability', 'linking two lists'],
  ['attribute-inference', 'guessing an attribute'],
  ['membership', 'telling who was in train'],
];

function tellTried(attacks: readonly AttackMeasure[]): string {
  const kinds = attacks.map(
    ({ id }) => KINDS.find(([start]) => id.startsWith(start))?.[1] ?? nameMeasure(id),
  );
  const [verb, noun] = attacks.length === 1 ? ['was', 'attack'] : ['were', 'attacks'];
  return `${attacks.length} ${noun} ${verb} tried, with held-out people as control: ${joinNames([...new Set(kinds)])}.`;
}

/** The rest is in the chart that follows. */
const N_FOUND = 3;

function tellFound(attacks: readonly AttackMeasure[]): readonly string[] {
  const found = attacks.filter(hasFound).sort((a, b) => measureExcess(b) - measureExcess(a));
  if (found.length === 0)
    return ['None did better on people of train than on held-out people by more than chance explains.'];
  const told = found.slice(0, N_FOUND).map(tellFigure);
  const others = found.length > N_FOUND ? [`${found.length - N_FOUND} more, shown below`] : [];
  return [
    `${found.length} did better on people of train than on held-out people by more than chance explains: ${joinNames([...told, ...others])}.`,
    'By chance alone, one in forty such intervals lies above.',
  ];
}

function tellFigure({ id, value, interval, ceiling }: AttackMeasure): string {
  return `${nameMeasure(id)} (${formatFigure(value)}, 95 % CI ${formatInterval(interval)}; ${formatFigure(ceiling ?? 0)} would be none)`;
}

function tellWeak(attacks: readonly AttackMeasure[]): readonly string[] {
  const weak = attacks.filter(isWeak).map(({ id }) => nameMeasure(id));
  if (weak.length === 0) return [];
  return [
    `No better than guessing, so ${weak.length === 1 ? 'it shows' : 'they show'} nothing either way: ${joinNames(weak)}.`,
  ];
}

function tellCopies(measures: readonly FinishedMeasure[]): readonly string[] {
  const copies = measures.find(({ id }) => id === 'exact-copies');
  if (copies === undefined) return [];
  const held =
    copies.ceiling === null
      ? ''
      : copies.ceiling === 0
        ? '; no row of the holdout does either'
        : `; of the holdout’s rows ${formatShare(copies.ceiling, 2)} do by coincidence`;
  const own =
    copies.value === 0
      ? 'No synthetic row equals a row of train in every column'
      : `${formatShare(copies.value, 2)} of the synthetic rows equal a row of train in every column`;
  return [`${own}${held}.`];
}
