import type { Compression } from './types';
import type { Reasoned } from '../../src/data/dialect';
import { isGzip } from '../../src/data/encoding';
import { refuse } from '../../src/data/failure';
import { findForeignFormat, isCompoundFile, nameCompoundFile } from '../../src/data/foreign-format';
import { openGzip, openPlain, peekBytes } from './byte-source';
import { emptyFile } from './failures';
import { listNames } from './name-list';
import { readParquet } from './parquet/read-parquet';
import { readDelimited } from './read-delimited';
import { readJson, sniffJsonBytes } from './json/read-json';
import type { ReadOptions, ReadResult, Source } from './types';
import { readWorkbook } from './workbook/read-workbook';
import { gatherBytes, openEntry } from './zip/open-entry';
import { pickEntry, tellArchive } from './zip/pick-entry';
import { readZipDirectory } from './zip/read-directory';

/** Unpacked size up to which a format that is read by jumping about is unpacked whole. */
const MAX_GATHERED_BYTES = 2 ** 31;

/**
 * Reads a file of any known format to dictionary-coded columns: unpacks it, tells the format by its bytes, and hands
 * over to the reader of that format. Throws FailureError: empty, foreign format, unreadable, cancelled.
 */
export async function readSource(
  file: Blob,
  options: ReadOptions,
): Promise<ReadResult & { readonly compression: Reasoned<Compression> }> {
  if (file.size === 0) throw emptyFile();
  const plain = openPlain(file);
  const head = await peekBytes(plain);
  if (isGzip(head)) {
    const compression = { value: 'gzip', reason: 'The file starts with the gzip mark.' } as const;
    const bytes = openGzip(file);
    return { ...(await readUnpacked({ bytes, file: null }, await peekBytes(bytes), options)), compression };
  }
  if (isZip(head)) return readZip(file, options);
  const compression = { value: 'none', reason: 'The file has no compression mark.' } as const;
  return { ...(await readUnpacked({ bytes: plain, file }, head, options)), compression };
}

/** An archive with a table inside, or a format that is a zip archive itself. */
async function readZip(
  file: Blob,
  options: ReadOptions,
): Promise<ReadResult & { readonly compression: Reasoned<Compression> }> {
  const entries = await readZipDirectory(file);
  const kind = tellArchive(entries);
  if (kind === 'workbook') {
    const compression = { value: 'none', reason: 'A workbook is packed by its own format.' } as const;
    return { ...(await readWorkbook(file, entries, options)), compression };
  }
  if (kind !== 'tables') refuseOffice(kind);
  const { part: chosen, ...choice } = options.choice;
  const { entry, part, parts } = pickEntry(entries, chosen);
  const bytes = await openEntry(file, entry);
  const head = await peekBytes(bytes);
  if (isGzip(head)) {
    refuse('format-unknown', `"${entry.path}" in the zip archive is packed again; unpack it and open that.`);
  }
  const read = await readUnpacked({ bytes, file: null }, head, { ...options, choice });
  const others = parts.filter((path) => path !== entry.path);
  return {
    ...read,
    part,
    parts,
    notices: others.length === 0 ? read.notices : [...read.notices, describeOthers(entry.path, others)],
    compression: { value: 'zip', reason: 'The file is a zip archive.' },
  };
}

function describeOthers(path: string, others: readonly string[]): ReadResult['notices'][number] {
  const message = `The archive holds ${others.length + 1} tables; "${path}" is read, ${listNames(others)} can be chosen instead.`;
  return { kind: 'parts', message, count: others.length + 1 };
}

/** A file that is no archive, or was taken out of one. */
async function readUnpacked(source: Source, head: Uint8Array, options: ReadOptions): Promise<ReadResult> {
  if (head.length === 0) throw emptyFile();
  const foreign = findForeignFormat(head);
  if (foreign !== null) refuse('format-unknown', `This file is ${foreign.name}; ${foreign.advice}.`);
  if (isCompoundFile(head)) await refuseCompound(await gather(source));
  if (isZip(head)) {
    const file = await gather(source);
    const entries = await readZipDirectory(file);
    if (tellArchive(entries) === 'workbook') return readWorkbook(file, entries, options);
    refuse(
      'format-unknown',
      'The file holds a zip archive inside another; unpack the outer one and open that.',
    );
  }
  if (isParquet(head)) return readParquet(await gather(source), options);
  const json = sniffJsonBytes(head, options.choice.encoding);
  return json === null ? readDelimited(source.bytes, options) : readJson(source.bytes, json, options);
}

async function gather({ bytes, file }: Source): Promise<Blob> {
  return file ?? gatherBytes(bytes, 'The packed file', MAX_GATHERED_BYTES);
}

async function refuseCompound(file: Blob): Promise<never> {
  const header = new DataView(await file.slice(0, 512).arrayBuffer());
  const sectorBytes = 1 << Math.min(12, header.byteLength >= 512 ? header.getUint16(30, true) : 9);
  const at = header.byteLength >= 512 ? (header.getUint32(48, true) + 1) * sectorBytes : 0;
  const directory = new Uint8Array(await file.slice(at, at + 4096).arrayBuffer());
  const { name, advice } = nameCompoundFile(directory);
  return refuse('format-unknown', `This file is ${name}; ${advice}.`);
}

function refuseOffice(kind: 'open-document' | 'office-document'): never {
  return refuse(
    'format-unknown',
    kind === 'open-document'
      ? 'This file is an OpenDocument file (.ods or .odt); open it in a spreadsheet program, save the table as .xlsx or CSV and open that.'
      : 'This file is an Office document without a workbook; save the table in it as CSV or .xlsx and open that.',
  );
}

function isZip(head: Uint8Array): boolean {
  const mark = String.fromCharCode(...head.subarray(0, 4));
  return mark === 'PK\x03\x04' || mark === 'PK\x05\x06';
}

/** The mark, and a byte that no text has: a table may start with these letters. */
function isParquet(head: Uint8Array): boolean {
  return String.fromCharCode(...head.subarray(0, 4)) === 'PAR1' && head.some((byte) => byte < 9);
}
