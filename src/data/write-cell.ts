import type { Rng } from '../math/rng';
import { parseBoolean } from './boolean-text';
import { compileDatetimeFormat } from './datetime-format';
import { formatNumber, isGrouped, isNumberText, POINT, type NumberStyle } from './number-text';
import type { OutputType } from './output-type';
import type { RawColumn } from './raw-column';
import { isModelled, type ColumnSchema } from './schema';
import { SurrogateSource } from './surrogates';
import type { Column } from './table';
import { tallyColumn, type ReadingRules, type Tally } from './tally';

/** What a cell holds in a file that has types; null = missing. Dates are texts in the source's pattern. */
export type CellValue = string | number | boolean | null;

/**
 * The cells of one column over a chunk of rows, each to be asked for once, in order, and in one of the two ways: a
 * surrogate is drawn whenever one is asked for.
 */
export interface Cells {
  /** Text of a row as the source would spell it. */
  text(row: number): string;
  /** The same as a value, without white space around texts. */
  value(row: number): CellValue;
}

/** Cells of the next rows, given the modelled column (null when it was not modelled). */
export type CellWriter = (column: Column | null) => Cells;

interface Fresh {
  readonly nRows: number;
  readonly rng: Rng;
}

/** How the cells of one column are written, learnt from how the source wrote them. */
export function makeCellWriter(
  raw: RawColumn,
  column: ColumnSchema,
  type: OutputType,
  rules: ReadingRules,
  fresh: Fresh,
): CellWriter {
  const tally = tallyColumn(raw, rules);
  const lead = findLead(raw);
  const spell = (text: string) => (text === '' ? '' : lead + text);
  const missing = spell(column.missingToken);
  if (column.type === 'constant') return writeConstant(column.constant ?? '', type, spell);
  if (column.type === 'empty') return () => allMissing(missing);
  if (!isModelled(column)) return writeSurrogates(tally, spell, missing, fresh);
  if (column.type === 'categorical' || column.type === 'boolean') {
    const spelling = findSpellings(raw);
    const valueOf = (level: string) => (type === 'boolean' ? (parseBoolean(level) ?? level) : level);
    return writeLevels((level) => spelling.get(level) ?? spell(level), valueOf, missing);
  }
  if (column.type === 'datetime') return writeDatetimes(column, spell, missing);
  return writeNumbers(findNumberStyle(column, tally, rules), spell, missing);
}

function allMissing(missing: string): Cells {
  return { text: () => missing, value: () => null };
}

function writeConstant(constant: string, type: OutputType, spell: (text: string) => string): CellWriter {
  const value = type === 'text' ? constant : Number(constant);
  const text = spell(constant);
  return () => ({ text: () => text, value: () => value });
}

function writeLevels(
  spell: (level: string) => string,
  valueOf: (level: string) => CellValue,
  missing: string,
): CellWriter {
  return (column) => {
    if (column?.kind !== 'level') return allMissing(missing);
    const texts = column.levels.map(spell);
    const values = column.levels.map(valueOf);
    return {
      text: (row) => texts[column.codes[row] ?? -1] ?? missing,
      value: (row) => values[column.codes[row] ?? -1] ?? null,
    };
  };
}

function writeNumbers(style: NumberStyle, spell: (text: string) => string, missing: string): CellWriter {
  const plain: NumberStyle = { ...style, ...POINT };
  return (column) => {
    if (column?.kind !== 'number') return allMissing(missing);
    const { values } = column;
    return {
      text: (row) => {
        const value = values[row] ?? NaN;
        return Number.isFinite(value) ? spell(formatNumber(value, style)) : missing;
      },
      value: (row) => {
        const value = values[row] ?? NaN;
        return Number.isFinite(value) ? Number(formatNumber(value, plain)) : null;
      },
    };
  };
}

function writeDatetimes(schema: ColumnSchema, spell: (text: string) => string, missing: string): CellWriter {
  const format = compileDatetimeFormat(schema.format ?? '');
  if (format === null) throw new RangeError(`no datetime pattern for column "${schema.name}"`);
  return (column) => {
    if (column?.kind !== 'number') return allMissing(missing);
    const { values } = column;
    const write = (row: number): string | null => {
      const value = values[row] ?? NaN;
      return Number.isFinite(value) ? format.format(value) : null;
    };
    return {
      text: (row) => {
        const text = write(row);
        return text === null ? missing : spell(text);
      },
      value: write,
    };
  };
}

/** A fresh surrogate a row; as many missing as in the source. */
function writeSurrogates(
  tally: Tally,
  spell: (text: string) => string,
  missing: string,
  { nRows, rng }: Fresh,
): CellWriter {
  if (tally.nPresent === 0) return () => allMissing(missing);
  const surrogates = new SurrogateSource(tally.texts, nRows, rng.fork('surrogate'));
  const gaps = rng.fork('missing');
  const missingShare = tally.nMissing / (tally.nPresent + tally.nMissing);
  const next = () => (missingShare > 0 && gaps.float() < missingShare ? null : surrogates.next());
  const text = () => {
    const surrogate = next();
    return surrogate === null ? missing : spell(surrogate);
  };
  return () => ({ text, value: next });
}

/**
 * Trailing zeros are written when every number of the source has them (`1.0`, `2.50`), thousands marks when any number of
 * the column has one.
 */
function findNumberStyle(column: ColumnSchema, tally: Tally, rules: ReadingRules): NumberStyle {
  const decimals = column.decimals ?? 0;
  let written = Infinity;
  let thousandsMark: NumberStyle['thousandsMark'] = '';
  for (const text of tally.texts) {
    if (!isNumberText(text, rules)) continue;
    if (isGrouped(text, rules)) thousandsMark = rules.thousandsMark;
    const at = text.indexOf(rules.decimalMark);
    const end = text.search(/e/i);
    written = Math.min(written, at < 0 ? 0 : (end < 0 ? text.length : end) - at - 1);
  }
  const least = written === Infinity ? 0 : Math.min(written, 15);
  const minDecimals = column.type === 'integer' ? least : Math.min(least, decimals);
  return { decimalMark: rules.decimalMark, thousandsMark, decimals, minDecimals };
}

/** For each level the cell text, white space around it and all, that the source has most often; the first of equals. */
function findSpellings(raw: RawColumn): ReadonlyMap<string, string> {
  const counts = new Uint32Array(raw.levels.length);
  for (const code of raw.codes) counts[code] = (counts[code] ?? 0) + 1;
  const best = new Map<string, { readonly spelling: string; readonly count: number }>();
  raw.levels.forEach((spelling, code) => {
    const level = spelling.trim();
    const count = counts[code] ?? 0;
    if (count > (best.get(level)?.count ?? 0)) best.set(level, { spelling, count });
  });
  return new Map([...best].map(([level, { spelling }]) => [level, spelling]));
}

/** White space with which every cell of the column begins, as in files that put a space after each comma. */
function findLead(raw: RawColumn): string {
  let lead: string | null = null;
  for (const level of raw.levels) {
    if (level.trim() === '') continue;
    const own = /^[ \t]*/.exec(level)?.[0] ?? '';
    if (lead !== null && lead !== own) return '';
    lead = own;
  }
  return lead ?? '';
}
