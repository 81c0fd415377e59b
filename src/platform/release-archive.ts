import { FailureError, refuse } from '../data/failure';
import { MEMBER, type Members } from '../release/package';
import { ARCHIVE_LIMITS, listEntries, readEntry } from './projects/file/read-archive';
import { writeArchive, type Member } from './projects/file/write-archive';

/** A package as it was read. */
export interface ReadArchive {
  readonly members: Members;
  /** Why the file must not be relied on though its members could be read, in a sentence; null for one that is as written. */
  readonly problem: string | null;
}

/**
 * The zip file of a release package. Members are stored, in the order of their names with the manifest last, so that
 * anybody can write the same bytes (docs/release-package.md).
 */
export async function writeReleaseArchive(members: Members): Promise<Blob> {
  return writeArchive(listMembers(members));
}

/**
 * Reads a release package. Its `problem` is set unless it is, byte for byte, what {@link writeReleaseArchive} makes of its
 * members: a second directory, or something between members or behind the end, would be seen by some programs and not by
 * others. Throws `format-unknown` for what is no zip file, `file-too-large` beyond the limits and `project-corrupt` where
 * members cannot be read at all.
 */
export async function readReleaseArchive(file: Blob): Promise<ReadArchive> {
  const members = await readMembers(file);
  const isCanonical = await isEqual(file, await writeReleaseArchive(members));
  return { members, problem: isCanonical ? null : NOT_CANONICAL };
}

const NOT_CANONICAL =
  'This zip file is not written as release packages are: it was changed, or packed again by another program. Ask for the file as it was exported, and do not rely on this one.';
const NO_PACKAGE =
  'This is not a release package, or only a part of one. Choose the zip file that was exported as a release.';
const DAMAGED =
  'This release package is damaged: it was changed or cut short after it was exported. Ask for another copy, and do not rely on this one.';
const TOO_LARGE =
  'This file is larger, or would unpack to far more, than a release package. It was not opened.';

async function* listMembers(members: Members): AsyncIterable<Member> {
  const names = [...members.keys()].filter((name) => name !== MEMBER.manifest).sort();
  for (const name of [...names, MEMBER.manifest]) {
    const bytes = members.get(name);
    if (bytes !== undefined) yield { name, bytes, method: 'stored' };
  }
}

async function readMembers(file: Blob): Promise<Members> {
  try {
    const members = new Map<string, Uint8Array<ArrayBuffer>>();
    for (const entry of (await listEntries(file, ARCHIVE_LIMITS)).values())
      members.set(entry.name, await readEntry(file, entry));
    return members;
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    const { code, detail } = error.failure;
    if (code === 'format-unknown') return refuse(code, NO_PACKAGE, detail);
    if (code === 'file-too-large') return refuse(code, TOO_LARGE, detail);
    return refuse(code, DAMAGED, detail);
  }
}

/** Bytes compared at a time. */
const SLICE_BYTES = 2 ** 22;

async function isEqual(a: Blob, b: Blob): Promise<boolean> {
  if (a.size !== b.size) return false;
  for (let from = 0; from < a.size; from += SLICE_BYTES) {
    const [one, two] = [await readSlice(a, from), await readSlice(b, from)];
    if (!one.every((byte, i) => byte === two[i])) return false;
  }
  return true;
}

async function readSlice(file: Blob, from: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(from, from + SLICE_BYTES).arrayBuffer());
}
