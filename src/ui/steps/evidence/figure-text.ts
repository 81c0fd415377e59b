import type { Interval } from '../../../measure/measure';
import { formatNumber } from '../../parts/NumberText';

/** Where the numbers of a picture are for somebody who has the paper alone. */
export const IN_FILE = 'in evaluation.json and on the page';

/** A figure of a measure with three decimals, so that columns of them line up; more for what would read as 0 without being it. */
export function formatFigure(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && size < 0.0005) return formatNumber(value, 2);
  return `${value < 0 ? '−' : ''}${size.toFixed(3)}`;
}

/** `0.912 to 0.934`. */
export function formatInterval({ low, high }: Interval): string {
  return `${formatFigure(low)} to ${formatFigure(high)}`;
}

/** The text with no line broken between a number and its per cent sign, nor within “95 % CI”. */
export function keepUnits(text: string): string {
  return text.replace(/(\d) %( CI\b)?/g, (_, digit: string, ci?: string) =>
    ci === undefined ? `${digit}\u00a0%` : `${digit}\u00a0%\u00a0CI`,
  );
}

/** `a`, `a and b`, `a, b and c`. */
export function joinNames(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
