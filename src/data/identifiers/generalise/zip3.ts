import type { RawColumn } from '../../raw-column';
import { rewriteLevels, type Rewritten } from './rewrite-levels';

/**
 * First three digits of ZIP codes of areas with 20,000 people or fewer: the 17 that HHS lists from the Census of 2000
 * together with the 18 from that of 2010. HHS says not to rely on an old list where newer data exist; the Census of 2020
 * was not checked.
 */
export const SMALL_ZIP3_AREAS: readonly string[] = [
  ...['036', '059', '063', '102', '202', '203', '204', '205', '369', '556', '692', '753'],
  ...['772', '790', '821', '823', '830', '831', '878', '879', '884', '890', '893'],
];

const small = new Set(SMALL_ZIP3_AREAS);

/**
 * ZIP codes to their first three digits, 45 CFR 164.514(b)(2)(i)(B): 000 for small areas. Zeros that a spreadsheet took
 * off the front are put back, unless every value has three digits and is such a beginning already.
 */
export function generaliseZip(raw: RawColumn, missingTokens: readonly string[]): Rewritten {
  const missing = new Set(['', ...missingTokens]);
  const texts = raw.levels.map((level) => level.trim()).filter((text) => !missing.has(text));
  const isDone = texts.every((text) => /^\d{3}$/.test(text));
  return rewriteLevels(raw, missingTokens, (text) => toZip3(text, isDone));
}

function toZip3(text: string, isDone: boolean): string | null {
  const [, digits = ''] = /^(\d{3,5})(?:-?\d{4})?(?:\.0+)?$/.exec(text) ?? [];
  if (digits === '') return null;
  const start = (isDone ? digits : digits.padStart(5, '0')).slice(0, 3);
  return small.has(start) ? '000' : start;
}
