import { countText } from '../data/count-text';
import type { Rate } from '../math/proportions';
import type { Bounded } from './measure';

/** Three digits; a minus sign only where something is left of the number. */
export function show(value: number): string {
  const text = value.toFixed(3);
  return text === '-0.000' ? '0.000' : text.replace('-', '−');
}

/** A whole number with its thousands set apart, as the page writes it. */
export const showCount = countText;

/** A share of rows as a per cent. */
export function showShare(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/** A figure with its interval, as sentences give it. */
export function showBounded({ value, interval: { low, high } }: Bounded): string {
  return `${show(value)} (95 % CI ${show(low)} to ${show(high)})`;
}

/** A share with Wilson's interval around it. */
export function boundRate({ nSuccesses, nAttempts, rate, error }: Rate): Bounded {
  return {
    value: nSuccesses / nAttempts,
    interval: { low: Math.max(0, rate - error), high: Math.min(1, rate + error) },
  };
}
