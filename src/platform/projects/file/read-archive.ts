import { FailureError, refuse } from '../../../data/failure';
import { breathe } from '../breathe';

/** One file inside a zip, as its directory describes it. */
export interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly nPacked: number;
  readonly nBytes: number;
  readonly at: number;
}

/** Bounds of what is unpacked: a small file must not grow without limit in memory. */
export interface ArchiveLimits {
  readonly nEntries: number;
  /** All entries unpacked. */
  readonly nBytes: number;
  /** Unpacked size of the whole over packed size, above `freeBytes`. */
  readonly ratio: number;
  readonly freeBytes: number;
}

export const ARCHIVE_LIMITS: ArchiveLimits = {
  nEntries: 4096,
  nBytes: 2 ** 31 - 1,
  ratio: 200,
  freeBytes: 2 ** 26,
};

/** Bytes unpacked between two pauses: browsers unpack on the page's own thread. */
const BREATH_BYTES = 2 ** 20;

const END_SIZE = 22;
const END_MARK = 0x06054b50;
const DIRECTORY_SIZE = 46;
const DIRECTORY_MARK = 0x02014b50;
const LOCAL_SIZE = 30;
const LOCAL_MARK = 0x04034b50;
const ENCRYPTED = 1;
const DEFLATED = 8;

/**
 * Entries of a zip file by name, from its central directory (PKWARE APPNOTE 6.3, without zip64 and encryption).
 * Throws `format-unknown` when it is no zip file, `project-corrupt` when it is a damaged one, `file-too-large`
 * beyond the limits.
 */
export async function listEntries(
  file: Blob,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): Promise<ReadonlyMap<string, Entry>> {
  const { nEntries, start, nBytes } = await readEnd(file);
  if (nEntries > limits.nEntries)
    refuse(
      'file-too-large',
      `This file holds more than ${limits.nEntries} members; a project has far fewer. It was not opened.`,
    );
  if (start + nBytes > file.size) damaged('directory beyond the end');
  const directory = await viewOf(file, start, nBytes);
  const entries = new Map<string, Entry>();
  let at = 0;
  for (let i = 0; i < nEntries; i++) {
    const { entry, size } = readDirectoryEntry(directory, at);
    if (entries.has(entry.name)) damaged('a name occurs twice');
    entries.set(entry.name, entry);
    at += size;
  }
  checkSizes([...entries.values()], file.size, limits);
  return entries;
}

async function readEnd(file: Blob): Promise<{ nEntries: number; start: number; nBytes: number }> {
  const from = Math.max(0, file.size - END_SIZE - 0xffff);
  const tail = await viewOf(file, from, file.size - from);
  for (let at = tail.byteLength - END_SIZE; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END_MARK) continue;
    return {
      nEntries: tail.getUint16(at + 10, true),
      nBytes: tail.getUint32(at + 12, true),
      start: tail.getUint32(at + 16, true),
    };
  }
  return refuse(
    'format-unknown',
    'This is not an Understudy project file, or only a part of one. Choose a file whose name ends in .understudy.',
  );
}

function readDirectoryEntry(directory: DataView, at: number): { entry: Entry; size: number } {
  if (at + DIRECTORY_SIZE > directory.byteLength || directory.getUint32(at, true) !== DIRECTORY_MARK)
    damaged('directory cut short');
  if (directory.getUint16(at + 8, true) & ENCRYPTED) damaged('a member is encrypted');
  const nName = directory.getUint16(at + 28, true);
  const size =
    DIRECTORY_SIZE + nName + directory.getUint16(at + 30, true) + directory.getUint16(at + 32, true);
  if (at + size > directory.byteLength) damaged('directory cut short');
  const name = new Uint8Array(directory.buffer, directory.byteOffset + at + DIRECTORY_SIZE, nName);
  const entry = {
    name: new TextDecoder().decode(name),
    method: directory.getUint16(at + 10, true),
    crc: directory.getUint32(at + 16, true),
    nPacked: directory.getUint32(at + 20, true),
    nBytes: directory.getUint32(at + 24, true),
    at: directory.getUint32(at + 42, true),
  };
  return { entry, size };
}

function checkSizes(entries: readonly Entry[], nFileBytes: number, limits: ArchiveLimits): void {
  const total = entries.reduce((sum, { nBytes }) => sum + nBytes, 0);
  const allowed = Math.min(limits.nBytes, Math.max(limits.freeBytes, limits.ratio * nFileBytes));
  if (total > allowed)
    refuse(
      'file-too-large',
      'This file would unpack to far more than a project of its size can hold, so it was not opened. Export the project again, without its records if they are very large.',
      `${total} bytes unpacked, ${allowed} allowed`,
    );
}

/** Unpacks one member. Throws `project-corrupt` unless its size is that of the directory; contents are not checked. */
export async function readEntry(file: Blob, entry: Entry): Promise<Uint8Array<ArrayBuffer>> {
  const local = await viewOf(file, entry.at, LOCAL_SIZE);
  if (local.byteLength < LOCAL_SIZE || local.getUint32(0, true) !== LOCAL_MARK) damaged('member not found');
  const start = entry.at + LOCAL_SIZE + local.getUint16(26, true) + local.getUint16(28, true);
  if (start + entry.nPacked > file.size) damaged('member beyond the end');
  const packed = file.slice(start, start + entry.nPacked);
  return unpack(packed, entry);
}

async function unpack(packed: Blob, { method, nBytes, nPacked }: Entry): Promise<Uint8Array<ArrayBuffer>> {
  if (method === 0 && nPacked === nBytes) return new Uint8Array(await packed.arrayBuffer());
  if (method !== DEFLATED) return damaged('unknown compression');
  try {
    return await inflate(packed, nBytes);
  } catch (error) {
    if (error instanceof FailureError || error instanceof DOMException) throw error;
    return damaged(`member cannot be unpacked: ${String(error)}`);
  }
}

/** Never holds more than the size announced. */
async function inflate(packed: Blob, nBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const out = new Uint8Array(nBytes);
  let at = 0;
  const reader = packed.stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (at + value.length > nBytes) {
      await reader.cancel();
      damaged('member longer than announced');
    }
    out.set(value, at);
    if (Math.floor(at / BREATH_BYTES) < Math.floor((at + value.length) / BREATH_BYTES)) await breathe();
    at += value.length;
  }
  if (at !== nBytes) damaged('member shorter than announced');
  return out;
}

async function viewOf(file: Blob, start: number, nBytes: number): Promise<DataView<ArrayBuffer>> {
  return new DataView(await file.slice(start, start + nBytes).arrayBuffer());
}

/** The one answer to a file that was changed or cut since it was saved. */
export function damaged(detail: string): never {
  return refuse(
    'project-corrupt',
    'This project file is damaged: it was changed or cut short after it was saved. Use another copy of it; nothing was added here.',
    detail,
  );
}
