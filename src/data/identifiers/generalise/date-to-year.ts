import { compileDatetimeFormat } from '../../datetime-format';
import type { RawColumn } from '../../raw-column';
import { rewriteLevels, type Rewritten } from './rewrite-levels';

/** Dates of a pattern to their year, four digits, those before `earliest` to that. Throws RangeError for a pattern that is none: it was checked before. */
export function generaliseToYear(
  raw: RawColumn,
  { format, earliest = -Infinity }: { readonly format: string; readonly earliest?: number },
  missingTokens: readonly string[],
): Rewritten {
  const compiled = compileDatetimeFormat(format);
  if (compiled === null) throw new RangeError(`no date pattern for column "${raw.name}"`);
  return rewriteLevels(raw, missingTokens, (text) => {
    const ms = compiled.parse(text);
    return Number.isNaN(ms)
      ? null
      : String(Math.max(earliest, new Date(ms).getUTCFullYear())).padStart(4, '0');
  });
}
