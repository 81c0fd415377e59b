import { decodeValue, encodeValue } from '../data/value-encoding';
import { refuse } from '../data/failure';

/**
 * A structured value with large arrays, packed by the worker that made it. The page hands it on between workers and
 * storage without ever reading it: to copy some twenty megabytes of weights would hold the page up for 80 ms.
 */
export interface PackedValue {
  readonly json: Blob;
  readonly arrays: Blob;
}

/** Packs by {@link encodeValue}. The value is read before this returns. */
export function packValue(value: unknown): PackedValue {
  const { json, arrays } = encodeValue(value);
  return { json: new Blob([json]), arrays: new Blob([...arrays]) };
}

/** What was packed, bit for bit. Throws `project-corrupt` when it cannot be read. */
export async function unpackValue({ json, arrays }: PackedValue): Promise<unknown> {
  return decodeValue(...(await readBlobs(json, arrays)));
}

async function readBlobs(json: Blob, arrays: Blob): Promise<[string, ArrayBuffer]> {
  try {
    return await Promise.all([json.text(), arrays.arrayBuffer()]);
  } catch (thrown) {
    return refuse(
      'project-corrupt',
      'A stored file of this project can no longer be read. Open the project from a project file, or erase it.',
      String(thrown),
    );
  }
}
