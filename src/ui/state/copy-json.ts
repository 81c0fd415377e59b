import type { Json } from '../../release/canonical-json';

/** A plain copy of what JSON can hold, without what is undefined. */
export function copyJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
