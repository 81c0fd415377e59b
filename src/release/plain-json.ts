import type { Json } from './canonical-json';

/**
 * A copy that JSON can say: members that are undefined are left out, and numbers that are not finite become null, as
 * run.json and evaluation.json write them. Throws TypeError for functions, dates, typed arrays and the like.
 */
export function toPlainJson(value: unknown): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map((item: unknown) => toPlainJson(item));
  if (!isRecord(value)) throw new TypeError(`JSON cannot hold a ${typeof value}`);
  const members = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(members.map(([key, item]) => [key, toPlainJson(item)]));
}

/** True for an object of named members, and not for lists, dates or arrays of numbers. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
