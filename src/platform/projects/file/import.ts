import { decodeValue } from '../../../data/value-encoding';
import type { PlainPart } from '../parts';
import { readRecord } from '../record';
import { isObject } from '../shape';
import type { PartName, ProjectRecord, RunRecord } from '../types';
import { crc32 } from './crc32';
import { digest } from './digest';
import {
  isSealedManifest,
  MANIFEST_NAME,
  memberNames,
  parseManifest,
  RECORD_ARRAYS_NAME,
  RECORD_NAME,
} from './manifest';
import type { Manifest, MemberDigest, PartEntry, SealedManifest } from './manifest';
import { ARCHIVE_LIMITS, damaged, listEntries, readEntry } from './read-archive';
import type { ArchiveLimits, Entry } from './read-archive';
import { openFile } from './sealed-file';

export interface ImportedProject {
  readonly record: ProjectRecord;
  readonly parts: ReadonlyMap<PartName, PlainPart>;
  /** Whether the file was under a passphrase. */
  readonly wasSealed: boolean;
}

/** How a file is read. */
export interface ImportOptions {
  /** Null where none was typed. */
  readonly passphrase?: string | null;
  readonly limits?: ArchiveLimits;
}

/** Largest manifest read. */
const MAX_MANIFEST_BYTES = 2 ** 22;

/**
 * The project in a file, under the given id: every member is there, none is surplus, and each has the hash that the
 * manifest gives. Throws `format-unknown`, `file-too-large`, `project-newer` or `project-corrupt`; of a file under a
 * passphrase also `passphrase-needed`, `passphrase-wrong` or `project-altered`.
 *
 * @param now milliseconds since 1970, becomes the time of the last change.
 */
export async function readProjectFile(
  file: Blob,
  id: string,
  now: number,
  { passphrase = null, limits = ARCHIVE_LIMITS }: ImportOptions = {},
): Promise<ImportedProject> {
  const entries = await listEntries(file, limits);
  const manifest = await readManifest(file, entries);
  if (!isSealedManifest(manifest)) return readPlainFile(file, entries, manifest, id, now);
  const inside = await openFile(file, entries, manifest, passphrase);
  const insideEntries = await listEntries(inside, limits);
  const insideManifest = await readManifest(inside, insideEntries);
  if (isSealedManifest(insideManifest)) return damaged('sealed twice');
  const read = await readPlainFile(inside, insideEntries, insideManifest, id, now);
  return { ...read, wasSealed: true };
}

async function readPlainFile(
  file: Blob,
  entries: ReadonlyMap<string, Entry>,
  manifest: Manifest,
  id: string,
  now: number,
): Promise<ImportedProject> {
  checkNames(manifest, entries);
  const members = await readMembers(file, entries, manifest.members);
  const parts = new Map<PartName, PlainPart>();
  for (const entry of manifest.parts) parts.set(entry.part as PartName, await readPart(entry, members));
  return { record: await readProject(members, id, now), parts, wasSealed: false };
}

/** The manifest holds the hashes of all others; its own check is the CRC-32 that every zip file carries. */
async function readManifest(
  file: Blob,
  entries: ReadonlyMap<string, Entry>,
): Promise<Manifest | SealedManifest> {
  const entry = entries.get(MANIFEST_NAME);
  if (entry === undefined) return parseManifest('{}');
  if (entry.nBytes > MAX_MANIFEST_BYTES) return damaged('manifest too long');
  const bytes = await readEntry(file, entry);
  if (crc32(bytes) !== entry.crc) damaged('manifest has another CRC-32');
  return parseManifest(new TextDecoder().decode(bytes));
}

/** Members of the zip, of the manifest and of its parts must be the same. */
function checkNames(manifest: Manifest, entries: ReadonlyMap<string, Entry>): void {
  const listed = new Set(manifest.members.map(({ name }) => name));
  const needed = [RECORD_NAME, ...manifest.parts.flatMap(memberNames)];
  const known = new Set([...needed, RECORD_ARRAYS_NAME]);
  if (listed.size !== manifest.members.length || new Set(needed).size !== needed.length)
    damaged('a name occurs twice');
  if (needed.some((name) => !listed.has(name))) damaged('a member is missing from the manifest');
  if ([...listed].some((name) => !known.has(name) || !entries.has(name)))
    damaged('a member is missing from the file');
  if (entries.size !== listed.size + 1) damaged('the file holds a member that its manifest does not name');
}

/** One member unpacked in memory at a time; the browser keeps the rest. */
async function readMembers(
  file: Blob,
  entries: ReadonlyMap<string, Entry>,
  digests: readonly MemberDigest[],
): Promise<ReadonlyMap<string, Blob>> {
  const members = new Map<string, Blob>();
  for (const { name, nBytes, sha256 } of digests) {
    const entry = entries.get(name) ?? damaged('member missing');
    const bytes = await readEntry(file, entry);
    if (bytes.length !== nBytes || (await digest(bytes)) !== sha256)
      damaged(`member ${name} has another hash`);
    members.set(name, new Blob([bytes]));
  }
  return members;
}

/** Values are decoded once, to be refused here rather than when they are needed. */
async function readPart(entry: PartEntry, members: ReadonlyMap<string, Blob>): Promise<PlainPart> {
  const [first = new Blob(), second = new Blob()] = memberNames(entry).map((name) => members.get(name));
  if (entry.kind === 'bytes') return { kind: 'bytes', bytes: first.slice(0, first.size, entry.type) };
  decodeValue(await first.text(), await second.arrayBuffer());
  return { kind: 'value', json: first, arrays: second };
}

async function readProject(
  members: ReadonlyMap<string, Blob>,
  id: string,
  now: number,
): Promise<ProjectRecord> {
  const json = (await members.get(RECORD_NAME)?.text()) ?? '';
  const arrays = await (members.get(RECORD_ARRAYS_NAME) ?? new Blob()).arrayBuffer();
  const raw = decodeValue(json, arrays);
  const record = readRecord(isObject(raw) ? { ...raw, id } : raw);
  return { ...record, updatedAt: now, runs: record.runs.map(interrupt) };
}

/** A run that was going on when the file was saved goes on nowhere now. */
function interrupt(run: RunRecord): RunRecord {
  return run.status === 'training' || run.status === 'paused' ? { ...run, status: 'interrupted' } : run;
}
