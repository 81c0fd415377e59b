import type { Reasoned } from './dialect';
import { isAnyNumberText } from './number-text';
import type { RawTable } from './raw-column';
import { parseDatePart } from './datetime-guess';

/** Spellings that mean missing wherever they stand. */
const PLAIN =
  /^(?:\?|n\/a|#n\/a|#null!|#div\/0!|#value!|#ref!|#name\?|#num!|#spill!|#calc!|<na>|null|nan|\(null\))$/i;
/** Spellings that may also be a value (sodium, Namibia, a dash for "no"): need numbers or dates around them. */
const DOUBTFUL = /^(?:na|\.|-{1,3}|none|missing|nil|unknown|not available)$/i;
/** Dates of databases that stand for none; no calendar has them. */
const ZERO_DATE =
  /^(?:0{4}([-/.])0{1,2}\1(?:00?)|0{1,2}([-/.])0{1,2}\2(?:0{4}|0{2}))(?:[ T]0{1,2}:0{2}(?::0{2}(?:\.0+)?)?)?$/;
/** Dates often written for missing or for never; never taken without a person. */
const SENTINEL_DATE =
  /^(?:(?:1[89]00|1753|9999)-\d\d-\d\d|\d{1,2}([-/.])\d{1,2}\1(?:1[89]00|1753|9999))(?!\d)/;
/** Numbers often written for missing; never taken without a person. */
const SENTINELS = ['-9', '-99', '-999', '-9999', '999', '9999'];

/**
 * Cell texts that mean missing. Marks such as `?` and NULL count anywhere; NA, dots and dashes only where the rest of a
 * column is numbers or dates (NA also where its column has no other two-letter codes), dates of zeros only among dates; −9, −99 and −999 are only
 * named in the reason, for a person to decide.
 */
export function guessMissingTokens(table: RawTable): Reasoned<readonly string[]> {
  const tokens = new Set<string>();
  const sentinels = new Set<string>();
  for (const { levels } of table.columns) {
    const texts = [...new Set(levels.map((level) => level.trim()))].filter((text) => text !== '');
    const candidates = texts.filter((text) => PLAIN.test(text) || DOUBTFUL.test(text));
    const others = texts.filter((text) => !PLAIN.test(text) && !DOUBTFUL.test(text));
    const numeric = isMostly(others, isAnyNumberText);
    const isDates = !numeric && isMostly(others, parseDatePart);
    const valued = numeric || isDates;
    if (isDates) {
      for (const text of others) if (ZERO_DATE.test(text)) tokens.add(text);
      for (const text of findSentinelDates(others)) sentinels.add(text);
    }
    for (const text of candidates) if (isMissingHere(text, others, valued)) tokens.add(text);
    if (numeric) for (const text of findSentinels(others)) sentinels.add(text);
  }
  const value = [...tokens];
  return { value, reason: explain(value, [...sentinels]) };
}

function isMissingHere(text: string, others: readonly string[], valued: boolean): boolean {
  if (PLAIN.test(text)) return true;
  if (others.length === 0) return false;
  if (valued) return true;
  return text === 'NA' && !others.some((other) => /^[A-Z]{2}$/.test(other));
}

/** A sentinel stands apart: it is negative where nothing else is, or far above everything else. */
function findSentinels(texts: readonly string[]): string[] {
  const suspects = texts.filter((text) => SENTINELS.includes(text.replace(/\.0*$/, '')));
  if (suspects.length === 0 || texts.length <= suspects.length) return [];
  const rest = texts.filter((text) => !suspects.includes(text)).map((text) => Number(text.replace(',', '.')));
  const low = rest.reduce((a, b) => Math.min(a, b), Infinity);
  const high = rest.reduce((a, b) => Math.max(a, b), -Infinity);
  return suspects.filter((text) => (Number(text) < 0 ? low >= 0 : Number(text) > 3 * high && high > 0));
}

/** At most two different days of a year that other values are not of. */
function findSentinelDates(texts: readonly string[]): string[] {
  const suspects = texts.filter((text) => SENTINEL_DATE.test(text));
  return suspects.length > 2 || suspects.length === texts.length ? [] : suspects;
}

function isMostly(texts: readonly string[], test: (text: string) => boolean): boolean {
  const sample = texts.slice(0, 300);
  return sample.length > 0 && sample.filter(test).length >= 0.9 * sample.length;
}

function explain(tokens: readonly string[], sentinels: readonly string[]): string {
  const quoted = (texts: readonly string[]) => texts.map((text) => `"${text}"`).join(', ');
  const found =
    tokens.length === 0
      ? 'Only empty cells are read as missing'
      : `Empty cells and ${quoted(tokens)} are read as missing`;
  const verb = sentinels.length === 1 ? 'stands' : 'stand';
  const hint =
    sentinels.length === 0
      ? ''
      : `; ${quoted(sentinels)} ${verb} apart from the other values: add if missing is meant`;
  return `${found}${hint}.`;
}
