import { isClassificationName, isCodeName } from './column-names';
import { judgeIdentifierName } from './identifier-names';

interface Look {
  readonly pattern: RegExp;
  /** Completes "These look like …". */
  readonly what: string;
  readonly advice: string;
}

/** A plain or grouped number; leading zeros belong to codes. A dot groups only where a comma ends the whole part. */
const NUMBER =
  '(?:0|[1-9]\\d{0,2}(?:,\\d{3})+(?:\\.\\d+)?|[1-9]\\d{0,2}(?:\\.\\d{3})+,\\d+|[1-9]\\d{0,8})(?:[.,]\\d+)?';
/** A short number, so that case numbers, telephone numbers and national numbers are none. */
const SHORT = '(?:0|[1-9]\\d{0,2})(?:[.,]\\d{1,3})?';
const CURRENCY = '(?:[$€£¥]|USD|EUR|GBP|CHF)';
const UNIT =
  '(?:%|‰|°[CF]?|mm ?Hg|[kmµun]?g|[dcmµk]?[lL]|[cmk]?m|[mµun]?mol|IU|U|bpm|kcal|min|h|d|y|yrs?|[mµkn]?[gU](?:mol)?\\/[dm]?[lL]|[mµnk]?mol\\/[lL])';

const LOOKS: readonly Look[] = [
  {
    pattern: /^\d{1,3}:[0-5]\d(?::[0-5]\d)?(?:[.,]\d+)?$/,
    what: 'times or durations',
    advice: 'write them as one number (minutes, say)',
  },
  {
    pattern: new RegExp(`^${SHORT} ?\\/ ?${SHORT}(?: ?${UNIT})?$`),
    what: 'two numbers with a slash between them, as blood pressures are',
    advice: 'split them into two columns',
  },
  {
    pattern: new RegExp(`^${SHORT} ?: ?[1-9]\\d{0,4}$`),
    what: 'ratios or titres',
    advice: 'split them into two columns',
  },
  {
    pattern: new RegExp(`^[+-]?${SHORT} ?[-–] ?[+-]?${SHORT}(?: ?${UNIT})?$`),
    what: 'ranges',
    advice: 'split them into a column for each end',
  },
  {
    pattern: new RegExp(`^[+-]?(?:${CURRENCY} ?[+-]?${NUMBER}|${NUMBER} ?${CURRENCY})$`),
    what: 'amounts of money',
    advice: 'write them as plain numbers',
  },
  {
    pattern: new RegExp(`^(?:[<>≤≥~]=? ?)?[+-]?${NUMBER}(?: ?${UNIT})?$`),
    what: 'numbers with marks or units (a limit sign, a thousands mark, a unit)',
    advice: 'write them as plain numbers',
  },
];

/** Share of the different texts that must look like measurements, one kind or another. */
const MOST = 0.9;

/**
 * What a column of texts that are no plain numbers looks like and what to do about it, as a sentence without cell
 * values; null when the texts are no measurements or the name says identifier or code.
 */
export function describeMeasurements(name: string, texts: readonly string[]): string | null {
  const isNamed = !['likely', null].includes(judgeIdentifierName(name));
  if (isNamed || isCodeName(name) || isClassificationName(name)) return null;
  const counts = LOOKS.map(() => 0);
  for (const text of texts) {
    const at = LOOKS.findIndex(({ pattern }) => pattern.test(text));
    if (at >= 0) counts[at] = (counts[at] ?? 0) + 1;
  }
  const nAlike = counts.reduce((sum, n) => sum + n, 0);
  if (texts.length === 0 || nAlike < MOST * texts.length) return null;
  const most = LOOKS[counts.indexOf(Math.max(...counts))];
  if (most === undefined) return null;
  return `These look like ${most.what}, which cannot be read as numbers: ${most.advice}, or read the column as categories.`;
}
