import { refuse } from '../../../data/failure';
import { encodeValue } from '../../../data/value-encoding';
import { GrowingBlob } from '../../growing-blob';
import { makeEnvelope, openEnvelope } from '../sealed/envelope';
import type { Envelope } from '../sealed/envelope';
import { newStream, openChunk, sealChunk } from '../sealed/stream';
import type { Address } from '../sealed/stream';
import { digest } from './digest';
import { FILE_FORMAT, MANIFEST_NAME, SEALED_FILE_VERSION, sealedMemberName } from './manifest';
import type { MemberDigest, SealedManifest } from './manifest';
import { ARCHIVE_LIMITS, damaged, readEntry } from './read-archive';
import type { Entry } from './read-archive';
import { writeArchive } from './write-archive';
import type { Member } from './write-archive';

/** Bytes of the file inside under one nonce: one member, and what stands in memory at a time. */
const MEMBER_BYTES = 2 ** 22;

/** A project file under a passphrase: its bytes in sealed members. Nothing about the project can be read but its size. */
export async function sealFile(inside: Blob, passphrase: string): Promise<Blob> {
  const { key, envelope } = await makeEnvelope(passphrase);
  return writeArchive(listMembers(inside, key, envelope));
}

async function* listMembers(inside: Blob, key: CryptoKey, envelope: Envelope): AsyncGenerator<Member> {
  const stream = newStream();
  const members: MemberDigest[] = [];
  const nMembers = Math.max(1, Math.ceil(inside.size / MEMBER_BYTES));
  for (let index = 0; index < nMembers; index++) {
    const plain = await inside.slice(index * MEMBER_BYTES, (index + 1) * MEMBER_BYTES).arrayBuffer();
    const isLast = index === nMembers - 1;
    const bytes = await sealChunk(key, addressOf(stream), index, isLast, new Uint8Array(plain));
    const name = sealedMemberName(index);
    members.push({ name, nBytes: bytes.length, sha256: await digest(bytes) });
    yield { name, bytes, method: 'stored' };
  }
  const manifest: SealedManifest = {
    format: FILE_FORMAT,
    version: SEALED_FILE_VERSION,
    envelope,
    stream,
    members,
  };
  const json = encodeValue(manifest, 'sorted').json;
  yield { name: MANIFEST_NAME, bytes: new TextEncoder().encode(json), method: 'stored' };
}

/**
 * The project file inside. Damage is found before the passphrase is asked for. Throws `project-corrupt` for a file that
 * was cut or damaged, `passphrase-needed` (null given), `passphrase-wrong`, `project-altered`, or `file-too-large`.
 */
export async function openFile(
  file: Blob,
  entries: ReadonlyMap<string, Entry>,
  { envelope, stream, members }: SealedManifest,
  passphrase: string | null,
): Promise<Blob> {
  await checkMembers(file, entries, members);
  if (passphrase === null) return refuse('passphrase-needed', NEEDED);
  const { key } = await openEnvelope(envelope, passphrase, 'file');
  const inside = new GrowingBlob('application/zip');
  for (const [index, { name }] of members.entries()) {
    const entry = entries.get(name) ?? damaged(`member ${name} is missing`);
    const isLast = index === members.length - 1;
    const opened = await openChunk(key, addressOf(stream), index, isLast, await readEntry(file, entry));
    if (opened === null) return refuse('project-altered', ALTERED, `member ${name} does not match its tag`);
    inside.push(opened);
  }
  return inside.finish();
}

async function checkMembers(
  file: Blob,
  entries: ReadonlyMap<string, Entry>,
  members: readonly MemberDigest[],
): Promise<void> {
  if (entries.size !== members.length + 1) damaged('the file and its manifest name different members');
  const nBytes = members.reduce((sum, member) => sum + member.nBytes, 0);
  if (nBytes > ARCHIVE_LIMITS.nBytes) damaged('the file would open to more than a project file holds');
  for (const [index, { name, sha256 }] of members.entries()) {
    const entry = entries.get(name);
    if (entry === undefined || name !== sealedMemberName(index)) return damaged(`member ${name} is missing`);
    if ((await digest(await readEntry(file, entry))) !== sha256) damaged(`member ${name} has another hash`);
  }
}

function addressOf(stream: string): Address {
  return { owner: 'file', part: 'project', stream };
}

const NEEDED = 'This project file is protected by a passphrase. Type the one it was saved with.';
const ALTERED =
  'This project file was changed after it was saved, although the passphrase is right. Use another copy of it; nothing was added here.';
