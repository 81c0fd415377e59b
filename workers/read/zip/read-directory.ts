import { FailureError } from '../../../src/data/failure';

/** A file of a zip archive, as its central directory lists it. */
export interface ZipEntry {
  /** Folders and name, with slashes. */
  readonly path: string;
  /** 0 = stored, 8 = deflate; others are not read here. */
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly crc: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  /** Where the entry's own header starts in the archive. */
  readonly headerAt: number;
}

const END_MARK = 0x06054b50;
const END_BYTES = 22;
const MAX_COMMENT = 0xffff;
const LONG_LOCATOR_MARK = 0x07064b50;
const LONG_LOCATOR_BYTES = 20;
const LONG_END_MARK = 0x06064b50;
const ENTRY_MARK = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL_MARK = 0x04034b50;
/** A directory larger than this is no archive of a few tables. */
const MAX_DIRECTORY_BYTES = 1 << 26;

interface Directory {
  readonly at: number;
  readonly nBytes: number;
  readonly nEntries: number;
}

/**
 * The files of a zip archive, in the directory's order. Throws FailureError `file-unreadable` when the archive is cut
 * off or its directory makes no sense. Source: PKWARE APPNOTE 6.3.10, sections 4.3.12–4.3.16 and 4.5.3.
 */
export async function readZipDirectory(file: Blob): Promise<readonly ZipEntry[]> {
  const directory = await findDirectory(file);
  const { at, nBytes, nEntries } = directory;
  if (at + nBytes > file.size || nBytes > MAX_DIRECTORY_BYTES) throw damaged('directory outside the file');
  const view = new DataView(await file.slice(at, at + nBytes).arrayBuffer());
  const entries: ZipEntry[] = [];
  for (let offset = 0; entries.length < nEntries;) {
    if (offset + ENTRY_BYTES > nBytes || view.getUint32(offset, true) !== ENTRY_MARK)
      throw damaged(`directory entry ${entries.length + 1}`);
    const { entry, length } = readEntry(view, offset);
    entries.push(entry);
    offset += length;
  }
  return entries;
}

/** Where the packed bytes of an entry start: its own header repeats the name at a length of its own. */
export async function findEntryData(file: Blob, { headerAt }: ZipEntry): Promise<number> {
  const view = new DataView(await file.slice(headerAt, headerAt + 30).arrayBuffer());
  if (view.byteLength < 30 || view.getUint32(0, true) !== LOCAL_MARK) throw damaged('header of an entry');
  return headerAt + 30 + view.getUint16(26, true) + view.getUint16(28, true);
}

async function findDirectory(file: Blob): Promise<Directory> {
  const tailAt = Math.max(0, file.size - END_BYTES - MAX_COMMENT);
  const view = new DataView(await file.slice(tailAt).arrayBuffer());
  for (let offset = view.byteLength - END_BYTES; offset >= 0; offset--) {
    if (view.getUint32(offset, true) !== END_MARK) continue;
    if (offset + END_BYTES + view.getUint16(offset + 20, true) !== view.byteLength) continue;
    const short: Directory = {
      nEntries: view.getUint16(offset + 10, true),
      nBytes: view.getUint32(offset + 12, true),
      at: view.getUint32(offset + 16, true),
    };
    const isLong = short.nEntries === 0xffff || short.nBytes === 0xffffffff || short.at === 0xffffffff;
    return isLong ? findLongDirectory(file, tailAt + offset) : short;
  }
  throw damaged('no end record');
}

async function findLongDirectory(file: Blob, endAt: number): Promise<Directory> {
  const locator = new DataView(
    await file.slice(Math.max(0, endAt - LONG_LOCATOR_BYTES), endAt).arrayBuffer(),
  );
  if (locator.byteLength < LONG_LOCATOR_BYTES || locator.getUint32(0, true) !== LONG_LOCATOR_MARK)
    throw damaged('no long end record');
  const at = Number(locator.getBigUint64(8, true));
  const end = new DataView(await file.slice(at, at + 56).arrayBuffer());
  if (end.byteLength < 56 || end.getUint32(0, true) !== LONG_END_MARK) throw damaged('long end record');
  return {
    nEntries: Number(end.getBigUint64(32, true)),
    nBytes: Number(end.getBigUint64(40, true)),
    at: Number(end.getBigUint64(48, true)),
  };
}

function readEntry(view: DataView, offset: number): { readonly entry: ZipEntry; readonly length: number } {
  const flags = view.getUint16(offset + 8, true);
  const nameLength = view.getUint16(offset + 28, true);
  const extraLength = view.getUint16(offset + 30, true);
  const length = ENTRY_BYTES + nameLength + extraLength + view.getUint16(offset + 32, true);
  if (offset + length > view.byteLength) throw damaged('directory cut off');
  const nameAt = view.byteOffset + offset + ENTRY_BYTES;
  const sizes = readSizes(view, offset, offset + ENTRY_BYTES + nameLength, extraLength);
  const entry: ZipEntry = {
    path: decodePath(new Uint8Array(view.buffer, nameAt, nameLength)),
    method: view.getUint16(offset + 10, true),
    isEncrypted: (flags & 1) !== 0,
    crc: view.getUint32(offset + 16, true),
    ...sizes,
  };
  return { entry, length };
}

type Sizes = Pick<ZipEntry, 'packedBytes' | 'unpackedBytes' | 'headerAt'>;

/** Sizes of four bytes, or where these are all ones, of eight bytes in the extra field 1. */
function readSizes(view: DataView, offset: number, extraAt: number, extraLength: number): Sizes {
  let long = findLongSizes(view, extraAt, extraLength);
  const take = (at: number) => {
    const short = view.getUint32(at, true);
    if (short !== 0xffffffff) return short;
    if (long === null || long + 8 > extraAt + extraLength) throw damaged('long size');
    const value = Number(view.getBigUint64(long, true));
    long += 8;
    return value;
  };
  const unpackedBytes = take(offset + 24);
  const packedBytes = take(offset + 20);
  return { unpackedBytes, packedBytes, headerAt: take(offset + 42) };
}

function findLongSizes(view: DataView, extraAt: number, extraLength: number): number | null {
  for (let at = extraAt; at + 4 <= extraAt + extraLength; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) === 1) return at + 4;
  }
  return null;
}

/** UTF-8 where the bytes are; else Windows-1252, since archives seldom say which code page they mean. */
function decodePath(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function damaged(detail: string): FailureError {
  return new FailureError({
    code: 'file-unreadable',
    message: 'The zip archive is damaged or cut off; make it anew and open that.',
    detail,
  });
}
