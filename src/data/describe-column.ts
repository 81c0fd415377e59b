import { compileDatetimeFormat } from './datetime-format';
import { countDecimals, parseNumber } from './number-text';
import type { Bounds, ColumnSchema, ColumnType } from './schema';
import { orderTexts, type ReadingRules, type Tally } from './tally';

/** The value a text stands for in a number or datetime column; NaN when it cannot be read. */
export type ValueReader = (text: string) => number;

/** How a column of the given type reads its texts; null for types that hold no numbers. */
export function makeValueReader(
  type: ColumnType,
  format: string | null,
  rules: ReadingRules,
): ValueReader | null {
  if (type === 'continuous') return (text) => parseNumber(text, rules);
  if (type === 'integer') {
    return (text) => {
      const value = parseNumber(text, rules);
      return Number.isInteger(value) ? value : NaN;
    };
  }
  if (type !== 'datetime') return null;
  const compiled = compileDatetimeFormat(format ?? '');
  return (text) => compiled?.parse(text) ?? NaN;
}

type Fixed = Pick<ColumnSchema, 'name' | 'type' | 'role' | 'reason' | 'included' | 'format'>;

/**
 * A full column schema: what is `fixed`, with levels, bounds, decimals and missing counts read off the data under that
 * type. Bounds are null when no value can be read.
 */
export function describeColumn(fixed: Fixed, tally: Tally, rules: ReadingRules): ColumnSchema {
  const { type } = fixed;
  const reader = makeValueReader(type, fixed.format, rules);
  return {
    ...fixed,
    format: type === 'datetime' ? fixed.format : null,
    decimals: findDecimals(type, tally, rules),
    bounds: reader === null ? null : findBounds(tally, reader),
    levels: type === 'categorical' || type === 'boolean' ? orderTexts(tally) : null,
    constant: type === 'constant' ? (tally.texts[0] ?? '') : null,
    missingToken: tally.missingToken,
    nMissing: tally.nMissing,
  };
}

function findDecimals(type: ColumnType, tally: Tally, rules: ReadingRules): number | null {
  if (type === 'integer') return 0;
  if (type !== 'continuous') return null;
  let decimals = 0;
  for (const text of tally.texts) decimals = Math.max(decimals, countDecimals(text, rules));
  return decimals;
}

function findBounds(tally: Tally, reader: ValueReader): Bounds | null {
  let min = Infinity;
  let max = -Infinity;
  for (const text of tally.texts) {
    const value = reader(text);
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? { min, max, declared: false } : null;
}
