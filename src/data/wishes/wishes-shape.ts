import { isObject } from './wish-reader';
import { WISHES_VERSION } from './wishes';

/**
 * Problems of wishes from a database or a file, as `path is not …`; none when they can be shown and taken out. Whether they
 * can be granted depends on a schema and is checked before drawing (check-wishes.ts). Holds no contents.
 */
export function findWishesProblems(value: unknown, path: string): readonly string[] {
  if (!isObject(value)) return [`${path} is not an object`];
  const { version, conditions, rules, shares } = value;
  return [
    ...(version === WISHES_VERSION ? [] : [`${path}.version is not ${WISHES_VERSION}`]),
    ...findListProblems(conditions, `${path}.conditions`, ['levels', 'within', 'missing', 'present']),
    ...findListProblems(rules, `${path}.rules`, ['range', 'order', 'combinations']),
    ...(shares === null ? [] : findSharesProblems(shares, `${path}.shares`)),
  ];
}

function findListProblems(list: unknown, path: string, kinds: readonly string[]): readonly string[] {
  if (!Array.isArray(list)) return [`${path} is not a list`];
  return list.flatMap((wish: unknown, i) => {
    const place = `${path}[${i}]`;
    const kind = isObject(wish) ? wish['kind'] : null;
    if (!isObject(wish) || typeof kind !== 'string' || !kinds.includes(kind))
      return [`${place} is not a known wish`];
    return hasFields(wish, kind) ? [] : [`${place} is not complete`];
  });
}

const isText = (value: unknown) => typeof value === 'string';
const isTexts = (value: unknown) => Array.isArray(value) && value.every(isText);
const isCell = (value: unknown) => isEnd(value) || isText(value);
const isCombinations = (value: unknown) =>
  Array.isArray(value) && value.every((one) => Array.isArray(one) && one.every(isCell));
const isEnd = (value: unknown) => value === null || typeof value === 'number';

function hasFields(wish: Readonly<Record<string, unknown>>, kind: string): boolean {
  const { column, columns, levels, min, max, before, after, orEqual, k, allowed } = wish;
  switch (kind) {
    case 'levels':
      return isText(column) && isTexts(levels);
    case 'within':
    case 'range':
      return isText(column) && isEnd(min) && isEnd(max);
    case 'order':
      return isText(before) && isText(after) && typeof orEqual === 'boolean';
    case 'combinations':
      return isTexts(columns) && isEnd(k) && (allowed === null ? k !== null : isCombinations(allowed));
    default:
      return isText(column);
  }
}

function findSharesProblems(value: unknown, path: string): readonly string[] {
  if (!isObject(value) || !isText(value['column'])) return [`${path} is not an object with a column`];
  const { shares } = value;
  const fits =
    Array.isArray(shares) &&
    shares.every(
      (one) =>
        isObject(one) && typeof one['share'] === 'number' && (one['level'] === null || isText(one['level'])),
    );
  return fits ? [] : [`${path}.shares is not a list of shares`];
}
