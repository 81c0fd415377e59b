import { compileDatetimeFormat } from './datetime-format';
import { guessDatetime, guessDigitDate, guessTimeOfDay } from './datetime-guess';
import { describeColumn } from './describe-column';
import { FailureError } from './failure';
import { MAX_DECIMALS } from './number-text';
import type { RawTable } from './raw-column';
import { isModelled, SCHEMA_VERSION, type ColumnSchema, type Schema } from './schema';
import { tallyColumn, type ReadingRules, type Tally } from './tally';
import { findUnreadable } from './to-table';

/**
 * A person's schema checked against the file and filled in anew: missing values, levels, and bounds that were not
 * declared, each under the column's type; columns in file order. Throws FailureError `schema-invalid` that lists every
 * problem, one a line.
 */
export function reviseSchema(raw: RawTable, schema: Schema, rules: ReadingRules): Schema {
  const problems = findTableProblems(raw, schema);
  const columns = raw.columns.flatMap((rawColumn) => {
    const wanted = schema.columns.find((column) => column.name === rawColumn.name);
    if (wanted === undefined) return [];
    const tally = tallyColumn(rawColumn, rules);
    const column = fillIn(wanted, tally, rules);
    const found = findColumnProblems(wanted, column, tally);
    const unreadable = found.length > 0 ? null : findUnreadable(rawColumn, tally, column, rules);
    problems.push(...found, ...(unreadable === null ? [] : [unreadable]));
    return [column];
  });
  if (problems.length > 0) {
    throw new FailureError({ code: 'schema-invalid', message: problems.join('\n') });
  }
  return { version: SCHEMA_VERSION, columns };
}

function fillIn(wanted: ColumnSchema, tally: Tally, rules: ReadingRules): ColumnSchema {
  const { name, type, role, reason } = wanted;
  const included = wanted.included && type !== 'text';
  const format = type === 'datetime' ? (wanted.format ?? findPattern(tally)) : null;
  const described = describeColumn({ name, type, role, reason, included, format }, tally, rules);
  const keepsDecimals = type === 'continuous' && wanted.decimals !== null;
  const keepsBounds = described.bounds !== null && wanted.bounds?.declared === true;
  return {
    ...described,
    decimals: keepsDecimals ? wanted.decimals : described.decimals,
    bounds: keepsBounds ? wanted.bounds : described.bounds,
  };
}

function findPattern(tally: Tally): string | null {
  return (
    guessDatetime(tally.texts, true)?.pattern ?? guessDigitDate(tally.texts) ?? guessTimeOfDay(tally.texts)
  );
}

function findTableProblems(raw: RawTable, schema: Schema): string[] {
  const problems: string[] = [];
  const inFile = new Set(raw.columns.map((column) => column.name));
  const seen = new Set<string>();
  for (const { name } of schema.columns) {
    if (!inFile.has(name)) problems.push(`the schema names a column "${name}" that the file does not have`);
    if (seen.has(name)) problems.push(`the schema names column "${name}" twice`);
    seen.add(name);
  }
  for (const name of inFile)
    if (!seen.has(name)) problems.push(`the schema leaves column "${name}" undescribed`);
  const targets = schema.columns.filter((column) => column.role === 'target');
  if (targets.length > 1) {
    const names = targets.map((column) => `"${column.name}"`).join(', ');
    problems.push(`${targets.length} columns are marked as the target (${names}); mark one`);
  }
  return problems;
}

function findColumnProblems(wanted: ColumnSchema, column: ColumnSchema, tally: Tally): string[] {
  const problems: string[] = [];
  const say = (problem: string) => problems.push(`column "${column.name}": ${problem}`);
  const nDistinct = tally.texts.length;
  if (column.type === 'boolean' && nDistinct > 2) {
    say(`a yes/no column has at most 2 values, this one has ${nDistinct}; read it as categories`);
  }
  if (column.type === 'constant' && nDistinct !== 1)
    say(`${nDistinct} values are not constant; choose another type`);
  if (column.type === 'empty' && nDistinct > 0) say('it has values, so it is not empty; choose another type');
  if (column.type === 'datetime') {
    if (column.format === null)
      say('its values follow no date pattern known here; open the column and give one, e.g. dd/MM/yyyy');
    else if (compileDatetimeFormat(column.format) === null) {
      say(
        'the date pattern cannot be used; build it from yyyy, MM, dd, HH, mm, ss and marks, e.g. yyyy-MM-dd HH:mm',
      );
    }
  }
  if (column.role === 'target' && !isModelled(column))
    say('the target must be an included column that is learnt');
  const { decimals } = column;
  if (decimals !== null && !(Number.isInteger(decimals) && decimals >= 0 && decimals <= MAX_DECIMALS)) {
    say(`decimals must be a whole number from 0 to ${MAX_DECIMALS}`);
  }
  const declared = wanted.bounds?.declared === true ? wanted.bounds : null;
  if (declared !== null && !(declared.min < declared.max && Number.isFinite(declared.max - declared.min))) {
    say('the smallest allowed value must be below the largest');
  }
  return problems;
}
