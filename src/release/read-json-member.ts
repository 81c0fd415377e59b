import type { Shape } from '../data/shape';
import { decodeUtf8, encodeUtf8 } from '../data/utf8';
import { canonicalise } from './canonical-json';
import type { Members } from './package';
import { isRecord } from './plain-json';
import { problem, type Problem } from './verification';

/** A member as a value, or why it is none. */
export interface JsonMember<T> {
  readonly value: T | null;
  readonly problems: readonly Problem[];
}

const MAX_PLACES = 5;

/** Reads a member that has to be canonical JSON of that shape and version; its value is null unless it is. */
export function readJsonMember<T>(
  members: Members,
  name: string,
  shape: Shape,
  version: number,
): JsonMember<T> {
  const bytes = members.get(name);
  if (bytes === undefined) return { value: null, problems: [] };
  const parsed = parse(bytes);
  if (parsed === undefined)
    return unreadable(name, [[null, 'it is not JSON in UTF-8: it was changed or cut']]);
  const at = findNotCanonical(bytes, parsed);
  if (at !== null)
    return unreadable(name, [
      [null, `it is not in canonical form (RFC 8785) from byte ${at}: it was changed after it was written`],
    ]);
  if (isRecord(parsed) && Number(parsed['version']) > version)
    return {
      value: null,
      problems: [
        problem(
          'newer',
          name,
          'version',
          `it says version ${String(parsed['version'])}, and this program knows ${version}: verify it with a newer version, unless it was changed`,
        ),
      ],
    };
  const places = shape(parsed, '').slice(0, MAX_PLACES);
  if (places.length > 0)
    return unreadable(
      name,
      places.map((place) => [null, `it is not as such a file is written: ${place.replace(/^\./, '')}`]),
    );
  return { value: parsed as T, problems: [] };
}

function unreadable(name: string, places: readonly (readonly [string | null, string])[]): JsonMember<never> {
  return { value: null, problems: places.map(([path, what]) => problem('unreadable', name, path, what)) };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decodeUtf8(bytes, 0, bytes.length));
  } catch {
    return undefined;
  }
}

/** First byte at which it is not what canonical JSON of the same value would be; null where it is. */
function findNotCanonical(bytes: Uint8Array, value: unknown): number | null {
  const wanted = encodeCanonical(value);
  if (wanted === null) return 0;
  const at = wanted.findIndex((byte, i) => byte !== bytes[i]);
  if (at >= 0) return at;
  return wanted.length === bytes.length ? null : wanted.length;
}

/** Null for lone surrogates, and for nesting deeper than the stack. */
function encodeCanonical(value: unknown): Uint8Array | null {
  try {
    return encodeUtf8(canonicalise(value));
  } catch {
    return null;
  }
}
