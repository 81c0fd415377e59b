import { refuse } from '../../../data/failure';
import { decodeValue, encodeValue } from '../../../data/value-encoding';
import { isObject } from '../shape';
import type { ProjectRecord } from '../types';
import type { Envelope, OpenedEnvelope } from './envelope';
import { newStream, openBlob, sealBlob } from './stream';
import type { Address } from './stream';

/** A protected project in the database. What stands here in clear is what anyone with the device can read of it. */
export interface SealedRecord {
  /** Layout of this type. */
  readonly sealed: 1;
  /** Version of the record inside. */
  readonly version: number;
  /** Milliseconds since 1970 of the last change. */
  readonly updatedAt: number;
  readonly envelope: Envelope;
  readonly stream: string;
  /** The record as JSON, and its arrays. */
  readonly boxes: readonly Uint8Array<ArrayBuffer>[];
}

/** Whether a stored record is under a passphrase. */
export function isSealed(raw: unknown): raw is SealedRecord {
  return isObject(raw) && raw['sealed'] !== undefined;
}

/** A record under the key of its project. */
export async function sealRecord(
  { key, envelope }: OpenedEnvelope,
  record: ProjectRecord,
): Promise<SealedRecord> {
  const { version, updatedAt, id } = record;
  const stream = newStream();
  const { json, arrays } = encodeValue(record);
  const seal = async (index: number, plain: Blob): Promise<Uint8Array<ArrayBuffer>> => {
    const sealed = await sealBlob(key, addressOf(id, { version, updatedAt, stream }, index), plain);
    return new Uint8Array(await sealed.arrayBuffer());
  };
  const boxes = [await seal(0, new Blob([json])), await seal(1, new Blob([...arrays]))];
  return { sealed: 1, version, updatedAt, envelope, stream, boxes };
}

/** The record as it was, still to be checked and migrated. Throws `project-altered` or `project-newer`. */
export async function openRecord(key: CryptoKey, id: string, raw: SealedRecord): Promise<unknown> {
  const { sealed, boxes } = raw as Partial<SealedRecord>;
  if (Number(sealed) > 1) return refuse('project-newer', NEWER);
  const open = (index: number): Promise<Blob> =>
    openBlob(key, addressOf(id, raw, index), new Blob([boxes?.[index] ?? '']), '', ALTERED);
  const [json, arrays] = [await open(0), await open(1)];
  return decodeValue(await json.text(), await arrays.arrayBuffer());
}

function addressOf(
  id: string,
  { version, updatedAt, stream }: Pick<SealedRecord, 'version' | 'updatedAt' | 'stream'>,
  index: number,
): Address {
  return { owner: `project/${id}`, part: `record ${version} ${updatedAt} ${index}`, stream };
}

const ALTERED =
  'The record of this project was changed or damaged in this browser’s storage after it was protected, so it is not opened. Open the project from a project file, or erase it.';
const NEWER =
  'This project was protected by a newer version of Understudy. Reload the page to get that version; the project was not changed.';
