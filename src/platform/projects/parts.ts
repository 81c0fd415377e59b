import { decodeValue, encodeValue } from './encoding';
import { refuse } from './failures';
import type { PartName } from './types';

/**
 * A part as kept in the database and in a project file. Arrays live in Blobs because Chromium refuses one stored
 * value above 133 MB, and Blobs go to files of their own.
 */
export type StoredPart =
  | { readonly kind: 'bytes'; readonly bytes: Blob }
  | { readonly kind: 'value'; readonly json: Blob; readonly arrays: Blob };

/** Wraps a Blob as it is and any other value by its encoding. The value is read before this returns. */
export function packPart(value: unknown): StoredPart {
  if (value instanceof Blob) return { kind: 'bytes', bytes: value.slice(0, value.size, value.type) };
  const { json, arrays } = encodeValue(value);
  return { kind: 'value', json: new Blob([json]), arrays: new Blob([...arrays]) };
}

/** The Blob or value that was packed. Throws `project-corrupt` when it cannot be read. */
export async function unpackPart(part: StoredPart): Promise<unknown> {
  if (part.kind === 'bytes') return part.bytes;
  const [json, arrays] = await Promise.all([part.json.text(), part.arrays.arrayBuffer()]);
  return decodeValue(json, arrays);
}

/** Bytes a part takes, without the browser's own overhead. */
export function partSize(part: StoredPart): number {
  return part.kind === 'bytes' ? part.bytes.size : part.json.size + part.arrays.size;
}

const PART_NAME = /^(?:source|(?:checkpoint|model|synthetic)\/[A-Za-z0-9_-]{1,64})$/;

export function isPartName(name: string): name is PartName {
  return PART_NAME.test(name);
}

/** Throws unless it is a part name whose run id is 1–64 letters, digits, `_` or `-`. */
export function checkPartName(name: string): void {
  if (!isPartName(name))
    refuse('internal', 'Understudy tried to store something under a name it does not know.', name);
}
