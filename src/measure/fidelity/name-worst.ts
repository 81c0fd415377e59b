import type { MeasurePart } from '../measure';
import { show } from '../tell';

const MOST_NAMED = 3;

/**
 * The worst three parts for the end of a sentence, and then those without a figure, which would else seem to be perfect.
 * Parts come worst first.
 *
 * @param isIdle parts that have no figure since nothing was expected of them, and go without saying
 */
export function nameWorst(
  parts: readonly MeasurePart[],
  isPerfect: (value: number) => boolean,
  isIdle: (part: MeasurePart) => boolean = () => false,
): string {
  const worst = parts.flatMap((part) =>
    part.value === null || isPerfect(part.value) ? [] : [`${namePart(part)} (${show(part.value)})`],
  );
  const named = worst.length === 0 ? '' : `; furthest off: ${worst.slice(0, MOST_NAMED).join(', ')}`;
  return `${named}${nameUncounted(parts.filter((part) => !isIdle(part)))}`;
}

/** Parts without a figure, for the end of a sentence; empty where every part has one. */
export function nameUncounted(parts: readonly MeasurePart[]): string {
  const names = parts.flatMap((part) => (part.value === null ? [namePart(part)] : []));
  const nMore = names.length - MOST_NAMED;
  return names.length === 0
    ? ''
    : `; not counted: ${names.slice(0, MOST_NAMED).join(', ')}${nMore > 0 ? ` and ${nMore} more` : ''}`;
}

/** Columns of a part, or the people it is limited to. */
export function namePart({ columns, group }: MeasurePart): string {
  return group ?? columns.join(' with ');
}

export const isOne = (value: number): boolean => value >= 0.9995;
export const isZero = (value: number): boolean => value < 0.0005;
