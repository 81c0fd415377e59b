import { foldWord, splitName } from '../column-names';
import { compileDatetimeFormat } from '../datetime-format';
import { parseDatePart } from '../datetime-guess';
import { formatShare } from '../format-share';
import { findEarliestBirthYear, isBirthName } from './birth-years';
import type { ColumnEvidence } from './evidence';
import type { Generalisation } from './generalise/generalisation';
import type { IdentifierKind } from './kinds';

export interface DateOrAge {
  readonly kind: IdentifierKind;
  readonly reason: string;
  readonly confidence: number;
  /** Null where values cannot be coarsened as they stand. */
  readonly by: Generalisation | null;
}

const BIRTH_OR_DEATH =
  /^(?:dob|dod|birth|birthdate|birthday|born|death|deathdate|deathtime|died|deceased|geb|gebdat|gebdatum|geburt|geburtsdatum|geburtstag|sterbedatum|todesdatum|naissance|ddn|deces|nacimiento|defuncion|nascita|decesso|geboorte|geboortedatum|overlijdensdatum)$/;
const isOfLife = (name: string): boolean =>
  splitName(name).some((word) => BIRTH_OR_DEATH.test(foldWord(word)));

/** Names of ages of something else than the person. */
const OTHER_AGES = /^(?:gestational|bone|fetal|foetal)$/;
const AGE = /^(?:age|ages|alter|lebensalter|edad|eta|leeftijd|ageyears|agey)$/;

/** Texts looked at to find dates among words, how many must be some, and what share of them. */
const SAMPLE = 200;
const FEWEST = 3;
const LEAST_SHARE = 0.3;

/** What a column's dates are judged beside. */
export interface DatedTable {
  readonly columns: readonly ColumnEvidence[];
  /** The column whose values say which rows are one person's; null when none repeats. */
  readonly personKey: string | null;
}

/** Days, months and ages: what Safe Harbor item C asks for; null for years, times of day and everything else. */
export function findDateOrAge(column: ColumnEvidence, table: DatedTable): DateOrAge | null {
  if (column.type === 'datetime') return judgeDates(column, table);
  if (isAgeName(column.name) && !['boolean', 'identifier', 'text', 'empty'].includes(column.type))
    return judgeAges(column);
  return ['categorical', 'text', 'identifier'].includes(column.type) ? judgeWords(column) : null;
}

/** Dates among other words: in several patterns, beside weekdays or bare years. */
function judgeWords({ name, texts }: ColumnEvidence): DateOrAge | null {
  const sample = texts.slice(0, SAMPLE);
  const nDates = sample.filter(parseDatePart).length;
  if (nDates < FEWEST || nDates < LEAST_SHARE * sample.length) return null;
  const kind = isOfLife(name) ? 'birth-or-death-date' : 'event-date';
  const share = formatShare(nDates / sample.length);
  const reason = `${share} of ${sample.length} different values read as dates, though not all by one pattern.`;
  return { kind, reason, confidence: 0.8, by: null };
}

function isAgeName(name: string): boolean {
  const words = splitName(name).map(foldWord);
  return words.some((word) => AGE.test(word)) && !words.some((word) => OTHER_AGES.test(word));
}

function judgeDates(evidence: ColumnEvidence, { columns, personKey }: DatedTable): DateOrAge | null {
  const { name: column, format } = evidence;
  if (format === null || !namesMonth(format)) return null;
  const follow = 'All values are dates more exact than a year';
  const toYear: Generalisation = { column, rule: 'year', format };
  if (isOfLife(column)) {
    const earliest = isBirthName(column) ? findEarliestBirthYear(evidence, columns) : null;
    const reason = `${follow}, and the name speaks of birth or death.`;
    return {
      kind: 'birth-or-death-date',
      reason,
      confidence: 0.99,
      by: earliest === null ? toYear : { ...toYear, earliest },
    };
  }
  const by: Generalisation =
    personKey === null ? toYear : { column, rule: 'days-since-first', format, key: personKey };
  return { kind: 'event-date', reason: `${follow}.`, confidence: 0.95, by };
}

/** True when a pattern tells two months of a year apart. */
function namesMonth(pattern: string): boolean {
  const format = compileDatetimeFormat(pattern);
  return (
    format !== null &&
    pattern.includes('yy') &&
    format.format(Date.UTC(2001, 1, 1)) !== format.format(Date.UTC(2001, 6, 1))
  );
}

/** The oldest age that may be told, 45 CFR 164.514(b)(2)(i)(C). */
const OLDEST = 89;
const OLDEST_EVER = 130;

function judgeAges({ name: column, texts }: ColumnEvidence): DateOrAge | null {
  const ages = texts.map((text) => Number(text.replace(',', '.')));
  const numbers = ages.filter((age) => !Number.isNaN(age));
  if (numbers.length < 0.9 * texts.length) {
    const hasDigits = texts.filter((text) => /\d/.test(text)).length >= 0.5 * texts.length;
    const reason = 'The name says age; the values are classes of ages.';
    return hasDigits ? { kind: 'age', reason, confidence: 0.7, by: null } : null;
  }
  if (numbers.some((age) => age < 0)) return null;
  const nOld = isCapped(numbers) ? 0 : numbers.filter((age) => age > OLDEST).length;
  const isPerson = numbers.filter((age) => age > OLDEST_EVER).length <= 0.1 * numbers.length;
  const reason =
    nOld === 0
      ? `The name says age, and no value is over ${OLDEST}, or all that are stand as ${OLDEST + 1}.`
      : `The name says age, and ${nOld} of ${numbers.length} different values are over ${OLDEST}.`;
  return {
    kind: 'age',
    reason,
    confidence: isPerson ? 0.9 : 0.6,
    by: nOld === 0 ? null : { column, rule: 'age-90' },
  };
}

/** True where every age over 89 is written as 90, which then stands for all of them. */
function isCapped(ages: readonly number[]): boolean {
  return ages.every((age) => age <= OLDEST || age === OLDEST + 1);
}
