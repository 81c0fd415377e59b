import { fail, succeed, type Outcome } from '../../data/failure';
import { attempt } from '../../platform/projects/failures';
import { readReleaseArchive } from '../../platform/release-archive';
import { MEMBER, type Members, type SignOffsFile } from '../../release/package';
import { readJsonMember } from '../../release/read-json-member';
import { signOffsShape } from '../../release/release-shapes';
import type { SignOff } from '../../release/sign-off';
import { readBytes } from './release-files';

/** Largest file of sign-offs alone. */
const MAX_BYTES = 2 ** 20;

/** The sign-offs in a file of them, or in a whole package. They are not checked yet. */
export async function readAnswer(file: Blob): Promise<Outcome<readonly SignOff[]>> {
  const members = await readMembers(file);
  if (!members.ok) return members;
  const { value, problems } = readJsonMember<SignOffsFile>(members.value, MEMBER.signOffs, signOffsShape, 1);
  if (value !== null) return succeed(value.signOffs);
  const [problem] = problems;
  return fail('format-unknown', problem === undefined ? NONE : `${NONE} ${problem.sentence}.`);
}

const NONE =
  'This file holds no sign-offs. Choose the file that the reviewer saved after signing, or the whole package as it came back.';

async function readMembers(file: Blob): Promise<Outcome<Members>> {
  const begin = await attempt('read the file', () => readBytes(file.slice(0, 2)));
  if (!begin.ok) return begin;
  const isZip = begin.value[0] === 0x50 && begin.value[1] === 0x4b;
  if (!isZip && file.size > MAX_BYTES) return fail('format-unknown', NONE);
  if (!isZip)
    return attempt('read the file', async () => new Map([[MEMBER.signOffs, await readBytes(file)]]));
  const read = await attempt('read the package', () => readReleaseArchive(file));
  if (!read.ok) return read;
  const { members, problem } = read.value;
  return problem === null ? succeed(members) : fail('project-corrupt', problem);
}
