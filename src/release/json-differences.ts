import { isRecord } from './plain-json';

/** Most places named of one pair of values. */
const MAX_PLACES = 20;

/** Paths at which two JSON values differ, such as `criteria[2].threshold`; an empty path where they differ as a whole. */
export function findDifferences(expected: unknown, actual: unknown, path = ''): readonly string[] {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const n = Math.max(expected.length, actual.length);
    return gather(Array.from({ length: n }, (_, i) => [`${path}[${i}]`, expected[i], actual[i]] as const));
  }
  if (isRecord(expected) && isRecord(actual)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].sort();
    return gather(
      keys.map(
        (key) => [path === '' ? key : `${path}.${key}`, own(expected, key), own(actual, key)] as const,
      ),
    );
  }
  return Object.is(expected, actual) || (expected === 0 && actual === 0) ? [] : [path];
}

function gather(pairs: readonly (readonly [string, unknown, unknown])[]): readonly string[] {
  return pairs.flatMap(([path, a, b]) => findDifferences(a, b, path)).slice(0, MAX_PLACES);
}

function own(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
