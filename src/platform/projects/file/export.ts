import { encodeValue } from '../../../data/value-encoding';
import { refuse } from '../../../data/failure';
import { partSize } from '../parts';
import type { PlainPart } from '../parts';
import type { PartName, ProjectRecord, RunStatus } from '../types';
import { digest } from './digest';
import {
  FILE_FORMAT,
  FILE_VERSION,
  MANIFEST_NAME,
  memberNames,
  RECORD_ARRAYS_NAME,
  RECORD_NAME,
} from './manifest';
import type { Manifest, MemberDigest, PartEntry } from './manifest';
import { ARCHIVE_LIMITS } from './read-archive';
import { writeArchive } from './write-archive';
import type { Member } from './write-archive';
import { listLeaving, withoutSource, type LeavingGround } from './without-source';

export type Parts = ReadonlyMap<PartName, PlainPart>;

/**
 * A project as one file. Equal projects give equal bytes. Throws `file-too-large` above 2 GiB.
 *
 * @param withSource false leaves out all that holds or was fitted to single records: the source, models and
 * checkpoints; levels and ends of ranges; and the synthetic records of a purpose whose gate is shut. The evidence stays.
 */
export async function writeProjectFile(
  record: ProjectRecord,
  parts: Parts,
  withSource: boolean,
): Promise<Blob> {
  const names = choosePartNames(record, parts.keys(), withSource);
  const chosen = new Map(
    [...parts].filter(([name]) => names.includes(name)).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  checkTotal([...chosen.values()]);
  return writeArchive(listMembers(withSource ? record : withoutSource(record), chosen, withSource));
}

const UNFINISHED: readonly RunStatus[] = ['training', 'paused', 'interrupted'];

/** Parts that hold synthetic records. */
const RECORD_KINDS = ['synthetic', 'release'];

/** Parts that go into the file, in its order. Checkpoints serve only to go on with a run that has not finished. */
export function choosePartNames(
  record: LeavingGround,
  names: Iterable<PartName>,
  withSource: boolean,
): readonly PartName[] {
  const leaving = new Set(listLeaving(record));
  const unfinished = record.runs
    .filter(({ status }) => UNFINISHED.includes(status))
    .map(({ id }) => `checkpoint/${id}`);
  const isChosen = (name: PartName): boolean => {
    const [kind = '', run = ''] = name.split('/');
    if (kind === 'evaluation') return true;
    if (RECORD_KINDS.includes(kind)) return withSource || leaving.has(run);
    return withSource && (!name.startsWith('checkpoint/') || unfinished.includes(name));
  };
  return [...names].filter(isChosen).sort();
}

function checkTotal(parts: readonly PlainPart[]): void {
  const total = parts.reduce((sum, part) => sum + partSize(part), 0);
  if (total > ARCHIVE_LIMITS.nBytes)
    refuse(
      'file-too-large',
      'This project is larger than 2 GB, the most a project file can hold. Export it without its records.',
    );
}

/** One member in memory at a time; the manifest comes last, when all hashes are known. */
async function* listMembers(
  record: ProjectRecord,
  parts: Parts,
  withSource: boolean,
): AsyncGenerator<Member> {
  const members: MemberDigest[] = [];
  const entries: PartEntry[] = [];
  const note = async (member: Member): Promise<Member> => {
    members.push({ name: member.name, nBytes: member.bytes.length, sha256: await digest(member.bytes) });
    return member;
  };
  for (const member of await recordMembers(record)) yield note(member);
  for (const [name, part] of parts) {
    const entry: PartEntry = {
      part: name,
      kind: part.kind,
      type: part.kind === 'bytes' ? part.bytes.type : '',
    };
    entries.push(entry);
    for await (const member of partMembers(entry, part)) yield note(member);
  }
  const manifest: Manifest = {
    format: FILE_FORMAT,
    version: FILE_VERSION,
    includesSource: withSource && record.source !== null,
    members,
    parts: entries,
  };
  yield { name: MANIFEST_NAME, bytes: encodeText(encodeValue(manifest, 'sorted').json), method: 'stored' };
}

/** The id is this device's own and stays behind. */
async function recordMembers(record: ProjectRecord): Promise<readonly Member[]> {
  const portable = Object.fromEntries(Object.entries(record).filter(([key]) => key !== 'id'));
  const { json, arrays } = encodeValue(portable, 'sorted');
  const main: Member = { name: RECORD_NAME, bytes: encodeText(json), method: 'deflated' };
  if (arrays.length === 0) return [main];
  return [
    main,
    { name: RECORD_ARRAYS_NAME, bytes: await readBytes(new Blob([...arrays])), method: 'stored' },
  ];
}

async function* partMembers(entry: PartEntry, part: PlainPart): AsyncGenerator<Member> {
  const [first = '', second = ''] = memberNames(entry);
  yield {
    name: first,
    bytes: await readBytes(part.kind === 'bytes' ? part.bytes : part.json),
    method: 'deflated',
  };
  if (part.kind === 'value') yield { name: second, bytes: await readBytes(part.arrays), method: 'stored' };
}

async function readBytes(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}

function encodeText(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
