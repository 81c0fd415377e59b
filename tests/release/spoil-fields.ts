import type { Json } from '../../src/release/canonical-json';
import { isRecord } from '../../src/release/plain-json';

/** One value of each kind of field: paths that differ by their places in lists are one kind. */
export function listFields(
  value: Json,
  path: readonly (string | number)[] = [],
): (readonly (string | number)[])[] {
  const seen = new Map<string, readonly (string | number)[]>();
  const walk = (item: Json, at: readonly (string | number)[]): void => {
    const kind = at.map((key) => (typeof key === 'number' ? '#' : key)).join('/');
    if (!seen.has(kind)) seen.set(kind, at);
    if (Array.isArray(item)) item.forEach((each: Json, i) => walk(each, [...at, i]));
    else if (isRecord(item)) for (const [key, each] of Object.entries(item)) walk(each as Json, [...at, key]);
  };
  walk(value, path);
  return [...seen.values()].filter((at) => at.length > 0);
}

/** The value with what stands at that path changed. */
export function change(value: Json, [key, ...rest]: readonly (string | number)[]): Json {
  if (key === undefined) return spoil(value);
  if (Array.isArray(value)) return value.map((item: Json, i) => (i === key ? change(item, rest) : item));
  const record = value as Readonly<Record<string, Json>>;
  return { ...record, [key]: change(record[key] ?? null, rest) };
}

function spoil(value: Json): Json {
  if (typeof value === 'string')
    return value === '' ? 'x' : `${value.slice(0, -1)}${value.endsWith('0') ? '1' : '0'}`;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) return value.length === 0 ? [null] : value.slice(1);
  return isRecord(value) ? { ...(value as Readonly<Record<string, Json>>), surplus: 1 } : 'x';
}
