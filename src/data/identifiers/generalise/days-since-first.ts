import { compileDatetimeFormat } from '../../datetime-format';
import { RawColumnBuilder, type RawColumn } from '../../raw-column';
import type { RowGroups } from '../../row-groups';
import type { Rewritten } from './rewrite-levels';

/** A column of dates and the pattern by which they are read. */
export interface DateColumn {
  readonly raw: RawColumn;
  readonly format: string;
}

const DAY_MS = 86_400_000;
/** Digits of a day, so that 9 seconds can be told, where the pattern has a time. */
const TIME_DIGITS = 4;

/**
 * Dates to days since the first date of the same person in any of these columns: order, distances and lengths of stay
 * stay, the calendar goes. Whole days where the pattern has no time, else with decimals. Missing dates stay missing; what
 * does not follow the pattern becomes so. Throws RangeError for a pattern that is none: it was checked before.
 */
export function countDaysSinceFirst(
  columns: readonly DateColumn[],
  { groupOf, nGroups }: Pick<RowGroups, 'groupOf' | 'nGroups'>,
  missingTokens: readonly string[],
): Rewritten[] {
  const read = columns.map(readMoments);
  const first = new Float64Array(nGroups).fill(Infinity);
  columns.forEach(({ raw }, i) => {
    raw.codes.forEach((code, row) => {
      const ms = read[i]?.[code] ?? NaN;
      const group = groupOf[row] ?? 0;
      if (ms < (first[group] ?? Infinity)) first[group] = ms;
    });
  });
  const firstDay = first.map((ms) => Math.floor(ms / DAY_MS) * DAY_MS);
  return columns.map((column, i) =>
    writeDays(column, read[i] ?? new Float64Array(), { groupOf, firstDay, missingTokens }),
  );
}

function readMoments({ raw, format }: DateColumn): Float64Array {
  const compiled = compileDatetimeFormat(format);
  if (compiled === null) throw new RangeError(`no date pattern for column "${raw.name}"`);
  return Float64Array.from(raw.levels, (level) => compiled.parse(level.trim()));
}

interface Origin {
  readonly groupOf: Uint32Array;
  /** Midnight before the first date of each group, in milliseconds. */
  readonly firstDay: Float64Array;
  readonly missingTokens: readonly string[];
}

function writeDays({ raw, format }: DateColumn, moments: Float64Array, origin: Origin): Rewritten {
  const missing = new Set(['', ...origin.missingTokens]);
  const digits = /[Hh]/.test(format.replace(/'[^']*'/g, '')) ? TIME_DIGITS : 0;
  const built = new RawColumnBuilder();
  let nRows = 0;
  let nUnread = 0;
  raw.codes.forEach((code, row) => {
    const level = raw.levels[code] ?? '';
    if (missing.has(level.trim())) {
      built.push(level);
      return;
    }
    nRows++;
    const ms = moments[code] ?? NaN;
    if (Number.isNaN(ms)) nUnread++;
    const days = (ms - (origin.firstDay[origin.groupOf[row] ?? 0] ?? 0)) / DAY_MS;
    built.push(Number.isNaN(ms) ? '' : days.toFixed(digits));
  });
  return { column: built.finish(raw.name), nRows, nUnread };
}
