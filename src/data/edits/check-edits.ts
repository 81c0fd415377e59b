import type { DialectChoice } from '../dialect-choice';
import { MAX_K, MIN_K, type Handling, type SplitChoice } from '../handling';
import { isAnswers } from '../identifiers/answers';
import { isGeneralisations } from '../identifiers/generalise/check-generalisations';
import { MAX_DECIMALS, type ThousandsMark } from '../number-text';
import { isDelimiter } from '../text-format';
import type { ColumnType, Role } from '../schema';
import { isTextEncoding } from '../encoding';
import type { SchemaEdit } from './edit';
import { EDITS_VERSION } from './history';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const isWhole =
  (min: number, max: number): Check =>
  (value) =>
    Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max;
/** A missing or surplus word does not compile. */
const isWord =
  <T extends string>(words: Readonly<Record<T, true>>): Check =>
  (value) =>
    typeof value === 'string' && Object.hasOwn(words, value);

const isBounds: Check = (value) =>
  isObject(value) &&
  Number.isFinite(value['min']) &&
  Number.isFinite(value['max']) &&
  Number(value['min']) < Number(value['max']);

const schemaValues: Readonly<Record<SchemaEdit['set'], Check>> = {
  type: isWord<ColumnType>({
    integer: true,
    continuous: true,
    categorical: true,
    boolean: true,
    datetime: true,
    identifier: true,
    text: true,
    constant: true,
    empty: true,
  }),
  role: isWord<Role>({
    none: true,
    identifier: true,
    'quasi-identifier': true,
    sensitive: true,
    target: true,
  }),
  included: isFlag,
  format: isText,
  decimals: isWhole(0, MAX_DECIMALS),
  bounds: orNull(isBounds),
};

const dialectValues: Readonly<Record<keyof Omit<DialectChoice, 'generalise'>, Check>> = {
  part: isText,
  encoding: isTextEncoding,
  delimiter: (value) => typeof value === 'string' && isDelimiter(value),
  quote: (value) => value === null || value === '"' || value === "'",
  escape: isWord<'double' | 'backslash'>({ double: true, backslash: true }),
  skippedRows: isWhole(0, Number.MAX_SAFE_INTEGER),
  everyNthRow: isWhole(1, Number.MAX_SAFE_INTEGER),
  header: isFlag,
  comment: orNull(isText),
  decimalMark: isWord<'.' | ','>({ '.': true, ',': true }),
  thousandsMark: isWord<ThousandsMark>({
    '': true,
    ',': true,
    '.': true,
    "'": true,
    ' ': true,
    '\u00a0': true,
    '\u202f': true,
  }),
  missingTokens: (value) => Array.isArray(value) && value.every(isText),
};

const handlingValues: Readonly<Record<keyof Handling, Check>> = {
  k: isWhole(MIN_K, MAX_K),
  poolRareLevels: isFlag,
  pooledAs: isWord<Handling['pooledAs']>({ redistribute: true, label: true, 'by-share': true }),
  pooledLabel: isText,
  capExtremes: isFlag,
};

const splitValues: Readonly<Record<keyof SplitChoice, Check>> = {
  fraction: (value) => typeof value === 'number' && value >= 0 && value <= 0.5,
  seed: isWhole(0, Number.MAX_SAFE_INTEGER),
  stratifyBy: orNull(isText),
  groupBy: orNull(isText),
};

/** Problems of a list of edits from outside, as `path is not …`; none when each can be replayed. Holds no contents. */
export function findEditProblems(value: unknown, path: string): readonly string[] {
  if (!Array.isArray(value)) return [`${path} is not a list`];
  return value.flatMap((edit: unknown, i) => findProblems(edit, `${path}[${i}]`));
}

/** Problems of a history from a database or a file. */
export function findHistoryProblems(value: unknown, path: string): readonly string[] {
  if (!isObject(value)) return [`${path} is not an object`];
  const { version, edits, cursor } = value;
  const nEdits = Array.isArray(edits) ? edits.length : 0;
  return [
    ...(version === EDITS_VERSION ? [] : [`${path}.version is not ${EDITS_VERSION}`]),
    ...findEditProblems(edits, `${path}.edits`),
    ...(isWhole(0, nEdits)(cursor) ? [] : [`${path}.cursor is not a place among the edits`]),
  ];
}

function findProblems(edit: unknown, path: string): readonly string[] {
  if (!isObject(edit)) return [`${path} is not an object`];
  switch (edit['of']) {
    case 'schema':
      return findColumnProblems(edit, path);
    case 'dialect':
      return edit['value'] === null ? [] : findPatchProblems(edit['value'], dialectValues, `${path}.value`);
    case 'generalise':
      return isGeneralisations(edit['value']) ? [] : [`${path}.value is not a list of coarsenings`];
    case 'no-identifiers':
      return isAnswers(edit['value']) ? [] : [`${path}.value is not a list of columns and kinds`];
    case 'handling':
      return findPatchProblems(edit['value'], handlingValues, `${path}.value`);
    case 'split':
      return findPatchProblems(edit['value'], splitValues, `${path}.value`);
    default:
      return [`${path}.of is not schema, dialect, generalise, no-identifiers, handling or split`];
  }
}

function findColumnProblems(
  { column, set, value }: Readonly<Record<string, unknown>>,
  path: string,
): readonly string[] {
  const problems = isText(column) ? [] : [`${path}.column is not text`];
  const check = lookUp(schemaValues, set);
  if (check === null) return [...problems, `${path}.set is not a known word`];
  return check(value) ? problems : [...problems, `${path}.value does not fit "${String(set)}"`];
}

function findPatchProblems(
  value: unknown,
  checks: Readonly<Record<string, Check>>,
  path: string,
): readonly string[] {
  if (!isObject(value)) return [`${path} is not an object`];
  const keys = Object.keys(value);
  if (keys.length === 0) return [`${path} sets nothing`];
  return keys.flatMap((key) => {
    const check = lookUp(checks, key);
    if (check === null) return [`${path} sets something that is not known`];
    return check(value[key]) ? [] : [`${path}.${key} is not an allowed value`];
  });
}

function lookUp(checks: Readonly<Record<string, Check>>, key: unknown): Check | null {
  return typeof key === 'string' && Object.hasOwn(checks, key) ? (checks[key] ?? null) : null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
