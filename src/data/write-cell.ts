import type { Rng } from '../math/rng';
import { compileDatetimeFormat } from './datetime-format';
import { formatNumber, isNumberText, type NumberStyle } from './number-text';
import type { RawColumn } from './raw-column';
import { isModelled, type ColumnSchema } from './schema';
import { SurrogateSource } from './surrogates';
import type { Column } from './table';
import { tallyColumn, type ReadingRules, type Tally } from './tally';

/** Text of a row, given the modelled column (null when it was not modelled). */
export type CellWriter = (column: Column | null) => (row: number) => string;

interface Fresh {
  readonly nRows: number;
  readonly rng: Rng;
}

/** How the cells of one column are written, learnt from how the source wrote them. */
export function makeCellWriter(
  raw: RawColumn,
  column: ColumnSchema,
  rules: ReadingRules,
  fresh: Fresh,
): CellWriter {
  const tally = tallyColumn(raw, rules);
  const lead = findLead(raw);
  const spell = (text: string) => (text === '' ? '' : lead + text);
  const missing = spell(column.missingToken);
  if (column.type === 'constant') return () => () => spell(column.constant ?? '');
  if (column.type === 'empty') return () => () => missing;
  if (!isModelled(column)) return writeSurrogates(tally, spell, missing, fresh);
  if (column.type === 'categorical' || column.type === 'boolean') {
    const spelling = findSpellings(raw);
    return writeLevels((level) => spelling.get(level) ?? spell(level), missing);
  }
  return writeNumbers(makeNumberSpeller(column, tally, rules), spell, missing);
}

function writeLevels(spell: (text: string) => string, missing: string): CellWriter {
  return (column) => {
    if (column?.kind !== 'level') return () => missing;
    const spelled = column.levels.map(spell);
    return (row) => spelled[column.codes[row] ?? -1] ?? missing;
  };
}

function writeNumbers(
  toText: (value: number) => string,
  spell: (text: string) => string,
  missing: string,
): CellWriter {
  return (column) => {
    if (column?.kind !== 'number') return () => missing;
    return (row) => {
      const value = column.values[row] ?? NaN;
      return Number.isFinite(value) ? spell(toText(value)) : missing;
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
  if (tally.nPresent === 0) return () => () => missing;
  const surrogates = new SurrogateSource(tally.texts, nRows, rng.fork('surrogate'));
  const gaps = rng.fork('missing');
  const missingShare = tally.nMissing / (tally.nPresent + tally.nMissing);
  return () => () => (missingShare > 0 && gaps.float() < missingShare ? missing : spell(surrogates.next()));
}

function makeNumberSpeller(
  column: ColumnSchema,
  tally: Tally,
  rules: ReadingRules,
): (value: number) => string {
  if (column.type === 'datetime') {
    const format = compileDatetimeFormat(column.format ?? '');
    if (format === null) throw new RangeError(`no datetime pattern for column "${column.name}"`);
    return (value) => format.format(value);
  }
  const style = findNumberStyle(column, tally, rules);
  return (value) => formatNumber(value, style);
}

/** Trailing zeros are written when every number of the source has them (`1.0`, `2.50`). */
function findNumberStyle(column: ColumnSchema, tally: Tally, rules: ReadingRules): NumberStyle {
  const decimals = column.decimals ?? 0;
  let written = Infinity;
  for (const text of tally.texts) {
    if (!isNumberText(text, rules.decimalMark)) continue;
    const at = text.indexOf(rules.decimalMark);
    const end = text.search(/e/i);
    written = Math.min(written, at < 0 ? 0 : (end < 0 ? text.length : end) - at - 1);
  }
  const least = written === Infinity ? 0 : Math.min(written, 15);
  const minDecimals = column.type === 'integer' ? least : Math.min(least, decimals);
  return { mark: rules.decimalMark, decimals, minDecimals };
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
