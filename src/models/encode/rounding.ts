import type { ColumnSchema } from '../../data/schema';
import type { NumberEncoding, Rounding } from './encoding';

/** Steps of civil time a datetime column may be written in, ms, coarsest first. */
const TIME_STEPS = [86_400_000, 3_600_000, 60_000, 1000, 1];

/** How values of this column are rounded: schema decimals, or for datetimes the coarsest time step all of them keep. */
export function chooseRounding(column: ColumnSchema, present: Float64Array): Rounding {
  if (column.type !== 'datetime') return { kind: 'decimals', decimals: column.decimals ?? 0 };
  const step = TIME_STEPS.find((candidate) => present.every((value) => value % candidate === 0));
  return { kind: 'multiples', step: step ?? 1 };
}

/** The nearest value the column can hold: rounded, then inside its range. */
export function toValid(value: number, column: Pick<NumberEncoding, 'rounding' | 'min' | 'max'>): number {
  return Math.min(Math.max(round(value, column.rounding), column.min), column.max);
}

/** A range whose ends are values the column can hold, not wider than before. */
export function roundRange(min: number, max: number, rounding: Rounding): { min: number; max: number } {
  const step = rounding.kind === 'multiples' ? rounding.step : 10 ** -rounding.decimals;
  const inward = (end: number, sign: 1 | -1) => {
    const rounded = round(end, rounding);
    return (rounded - end) * sign < 0 ? round(rounded + sign * step, rounding) : rounded;
  };
  const [low, high] = [inward(min, 1), inward(max, -1)];
  return low <= high ? { min: low, max: high } : { min, max };
}

function round(value: number, rounding: Rounding): number {
  if (rounding.kind === 'multiples') return Math.round(value / rounding.step) * rounding.step;
  if (rounding.decimals > 15) return value;
  const scale = 10 ** rounding.decimals;
  const scaled = value * scale;
  // Beyond 2^53 every double is already a whole number of steps.
  return Math.abs(scaled) < 2 ** 53 ? Math.round(scaled) / scale + 0 : value;
}
