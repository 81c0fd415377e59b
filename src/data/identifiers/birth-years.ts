import { foldWord, splitName } from '../column-names';
import { compileDatetimeFormat } from '../datetime-format';
import type { ColumnEvidence } from './evidence';

const BIRTH =
  /^(?:dob|birth|birthdate|birthday|born|geb|gebdat|gebdatum|geburt|geburtsdatum|geburtstag|naissance|ddn|nacimiento|nascita|geboorte|geboortedatum)$/;

/** True for names of dates of birth. */
export function isBirthName(name: string): boolean {
  return splitName(name).some((word) => BIRTH.test(foldWord(word)));
}

/** Years before the latest date of a table from which a birth shows an age over 89. */
const OLD = 90;
/** Share of births beyond which dates were moved, so that they show no age. */
const MOST_OLD = 0.5;

/**
 * The year to which births of ages over 89 are to be put together, seen from the latest date of the table; null when there
 * is none, or when most births would be: then the calendar was shifted.
 */
export function findEarliestBirthYear(
  births: ColumnEvidence,
  columns: readonly ColumnEvidence[],
): number | null {
  const years = listYears(births);
  const latest = columns.reduce((last, column) => listYears(column).reduce(larger, last), -Infinity);
  const earliest = latest - OLD;
  const nOld = years.filter((year) => year < earliest).length;
  return nOld === 0 || nOld > MOST_OLD * years.length ? null : earliest;
}

const larger = (a: number, b: number): number => Math.max(a, b);

function listYears({ type, format, texts }: ColumnEvidence): number[] {
  const compiled = type === 'datetime' && format?.includes('yy') ? compileDatetimeFormat(format) : null;
  if (compiled === null) return [];
  return texts.flatMap((text) => {
    const ms = compiled.parse(text);
    return Number.isNaN(ms) ? [] : [new Date(ms).getUTCFullYear()];
  });
}
