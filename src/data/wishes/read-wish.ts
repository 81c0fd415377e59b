import { isNumeric, type ColumnSchema } from '../schema';
import { isObject, type Fields, type WishReader } from './wish-reader';
import type { Combination, Condition, Rule, Share, Shares } from './wishes';

/** Records that must share a combination where nothing else is said. */
export const DEFAULT_K = 5;
/** A combination of one record would be that record's own. */
const LEAST_K = 2;
/** How far the sum of shares may be from 1. */
const SHARE_TOLERANCE = 1e-6;

export function readCondition(value: unknown, path: string, reader: WishReader): Condition | null {
  if (!isObject(value)) return reader.report(path, 'is not an object');
  const { kind, column: name } = value;
  switch (kind) {
    case 'levels':
      return readLevels(value, path, reader);
    case 'within':
      return readRange('within', value, path, reader);
    case 'missing':
    case 'present': {
      reader.checkKeys(value, path, ['kind', 'column']);
      const column = reader.column(name, path);
      return column && { kind, column: column.name };
    }
    default:
      return reader.report(path, 'its "kind" is not one of levels, within, missing, present');
  }
}

function readLevels(value: Fields, path: string, reader: WishReader): Condition | null {
  reader.checkKeys(value, path, ['kind', 'column', 'levels']);
  const column = reader.levelColumn(value['column'], path);
  if (column === null) return null;
  const levels = reader
    .list(value['levels'], `${path}.levels`)
    .flatMap((level) => reader.level(level, column, path) ?? []);
  if (!Array.isArray(value['levels']) || value['levels'].length === 0)
    return reader.report(path, `names no level of column "${column.name}"`);
  return { kind: 'levels', column: column.name, levels: [...new Set(levels)] };
}

function readRange<K extends 'within' | 'range'>(kind: K, value: Fields, path: string, reader: WishReader) {
  reader.checkKeys(value, path, ['kind', 'column', 'min', 'max']);
  const column = reader.numberColumn(value['column'], path);
  const range = column && reader.range(value, column, path);
  return column && range && { kind, column: column.name, ...range };
}

export function readRule(value: unknown, path: string, reader: WishReader): Rule | null {
  if (!isObject(value)) return reader.report(path, 'is not an object');
  switch (value['kind']) {
    case 'range':
      return readRange('range', value, path, reader);
    case 'order':
      return readOrder(value, path, reader);
    case 'combinations':
      return readCombinations(value, path, reader);
    default:
      return reader.report(path, 'its "kind" is not one of range, order, combinations');
  }
}

function readOrder(value: Fields, path: string, reader: WishReader): Rule | null {
  reader.checkKeys(value, path, ['kind', 'before', 'after', 'orEqual']);
  const before = reader.numberColumn(value['before'], path);
  const after = reader.numberColumn(value['after'], path);
  const { orEqual = false } = value;
  if (typeof orEqual !== 'boolean') return reader.report(path, '"orEqual" must be true or false');
  if (before === null || after === null) return null;
  if (before.name === after.name)
    return reader.report(path, `column "${before.name}" cannot lie before itself`);
  if ((before.type === 'datetime') !== (after.type === 'datetime'))
    return reader.report(
      path,
      `of "${before.name}" and "${after.name}" one holds dates and the other numbers`,
    );
  return { kind: 'order', before: before.name, after: after.name, orEqual };
}

function readCombinations(value: Fields, path: string, reader: WishReader): Rule | null {
  reader.checkKeys(value, path, ['kind', 'columns', 'k', 'allowed']);
  const names = reader.list(value['columns'], `${path}.columns`);
  const columns = names.flatMap((name) => reader.column(name, path) ?? []);
  const { allowed = null } = value;
  const { k = allowed === null ? DEFAULT_K : null } = value;
  if (columns.length < names.length) return null;
  if (columns.length < 2 || new Set(names).size < names.length)
    return reader.report(path, 'combinations need at least two different columns in "columns"');
  if ((k !== null || allowed === null) && !(Number.isSafeInteger(k) && Number(k) >= LEAST_K))
    return reader.report(
      path,
      `"k" must be a whole number of at least ${LEAST_K}, so that no record's own combination is repeated`,
    );
  const rule = {
    kind: 'combinations' as const,
    columns: columns.map(({ name }) => name),
    k: k === null ? null : Number(k),
  };
  if (allowed === null) return { ...rule, allowed };
  const list = reader.list(allowed, `${path}.allowed`);
  if (list.length === 0) return reader.report(path, '"allowed" lists no combination');
  // Those that were learnt from another train may have values that this one has not: they cannot occur.
  const heard = k === null ? reader : reader.aside();
  const known = list.flatMap((one, i) => {
    const combination = readCombination(one, columns, `${path}.allowed[${i}]`, heard);
    return combination === null ? [] : [combination];
  });
  if (k !== null && known.length === 0)
    return reader.report(
      path,
      'none of the combinations that were learnt can occur here; make the wish anew',
    );
  return { ...rule, allowed: known };
}

function readCombination(
  value: unknown,
  columns: readonly ColumnSchema[],
  path: string,
  reader: WishReader,
): Combination | null {
  if (!Array.isArray(value) || value.length !== columns.length)
    return reader.report(path, `needs a value for each of ${columns.length} columns`);
  const read = columns.map((column, i): readonly [string | number | null] | null => {
    const one: unknown = value[i];
    if (one === null) return [null];
    if (isNumeric(column))
      return typeof one === 'number' && Number.isFinite(one)
        ? [one]
        : reader.report(path, `column "${column.name}" needs a number`);
    const level = reader.level(one, column, path);
    return level === null ? null : [level];
  });
  return read.some((one) => one === null) ? null : read.flatMap((one) => one ?? []);
}

export function readShares(value: unknown, path: string, reader: WishReader): Shares | null {
  if (!isObject(value)) return reader.report(path, 'is not an object');
  reader.checkKeys(value, path, ['column', 'shares']);
  const column = reader.levelColumn(value['column'], path);
  if (column === null) return null;
  const shares = reader
    .list(value['shares'], `${path}.shares`)
    .flatMap((one, i) => readShare(one, column, `${path}.shares[${i}]`, reader) ?? []);
  const levels = shares.map(({ level }) => level);
  if (new Set(levels).size < levels.length)
    return reader.report(path, `names a level of column "${column.name}" more than once`);
  const sum = shares.reduce((all, { share }) => all + share, 0);
  if (Math.abs(sum - 1) > SHARE_TOLERANCE)
    return reader.report(
      path,
      `the shares of column "${column.name}" make ${percent(sum)}; they must make 100\u00a0%`,
    );
  return { column: column.name, shares };
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(4))}\u00a0%`;
}

function readShare(value: unknown, column: ColumnSchema, path: string, reader: WishReader): Share | null {
  if (!isObject(value)) return reader.report(path, 'is not an object');
  reader.checkKeys(value, path, ['level', 'share']);
  const { level, share } = value;
  if (typeof share !== 'number' || !(share >= 0 && share <= 1))
    return reader.report(path, `a share of column "${column.name}" must lie from 0 to 1`);
  if (level === null) return { level, share };
  const known = reader.level(level, column, path);
  return known === null ? null : { level: known, share };
}
