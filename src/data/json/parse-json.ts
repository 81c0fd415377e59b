import { LosslessNumber, parse, stringify } from 'lossless-json';

export type JsonScalar = string | boolean | null | LosslessNumber;
export type JsonValue = JsonScalar | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** One JSON value with its numbers as they are written. Throws SyntaxError, also for a key that comes twice. */
export function parseJson(text: string): JsonValue {
  return parse(text) as JsonValue;
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber)
  );
}

export function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function isJsonScalar(value: JsonValue | undefined): value is JsonScalar {
  return !isJsonArray(value) && !isJsonObject(value);
}

/** A cell: texts as they are, numbers as written, null empty, lists and objects as JSON text. */
export function cellOfJson(value: JsonValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (value instanceof LosslessNumber) return value.value;
  if (typeof value === 'boolean') return String(value);
  return stringify(value) ?? '';
}
