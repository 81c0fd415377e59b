import type { PackedValue } from '../../api/packed-value';
import { refuse } from '../../data/failure';
import type { PartName } from './types';

/**
 * A part in clear, as it is in the database and in a project file. Arrays live in Blobs because Chromium refuses one stored
 * value above 133 MB, and Blobs go to files of their own.
 */
export type PlainPart =
  { readonly kind: 'bytes'; readonly bytes: Blob } | ({ readonly kind: 'value' } & PackedValue);

/** A part of a protected project; only its kind, media type and length can be read. */
export interface SealedPart {
  readonly kind: 'sealed';
  readonly of: PlainPart['kind'];
  readonly type: string;
  /** Name of this writing of the part, the same for all its boxes. */
  readonly stream: string;
  /** `bytes` have one, a `value` two: JSON and arrays. */
  readonly boxes: readonly Blob[];
}

/** What the database holds. */
export type StoredPart = PlainPart | SealedPart;

/** Wraps what is to be kept; a File becomes the Blob it is. */
export function wrapPart(value: Blob | PackedValue): PlainPart {
  if (value instanceof Blob) return { kind: 'bytes', bytes: value.slice(0, value.size, value.type) };
  return { kind: 'value', json: value.json, arrays: value.arrays };
}

/** What was wrapped. */
export function unwrapPart(part: PlainPart): Blob | PackedValue {
  return part.kind === 'bytes' ? part.bytes : { json: part.json, arrays: part.arrays };
}

/** Bytes a part takes, without the browser's own overhead. */
export function partSize(part: StoredPart): number {
  if (part.kind === 'sealed') return part.boxes.reduce((sum, box) => sum + box.size, 0);
  return part.kind === 'bytes' ? part.bytes.size : part.json.size + part.arrays.size;
}

const PART_NAME = /^(?:source|(?:checkpoint|model|synthetic|evaluation|release)\/[A-Za-z0-9_-]{1,64})$/;

export function isPartName(name: string): name is PartName {
  return PART_NAME.test(name);
}

/** Throws unless it is a part name whose run id is 1–64 letters, digits, `_` or `-`. */
export function checkPartName(name: string): asserts name is PartName {
  if (!isPartName(name))
    refuse('internal', 'Understudy tried to store something under a name it does not know.', name);
}
