import { zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { crc32 } from 'node:zlib';
import { FailureError } from '../../src/data/failure';
import { Rng } from '../../src/math/rng';
import { readReleaseArchive, writeReleaseArchive } from '../../src/platform/release-archive';
import type { Members } from '../../src/release/package';
import { verifyIndependently } from '../release/independent-verifier';
import { makePackage, replace, textOf, verify } from '../release/sample-package';
import { ACTS } from '../release/sample-release';

let members: Members = new Map();
let file: Buffer = Buffer.alloc(0);
beforeAll(async () => {
  members = await makePackage();
  file = await write(members);
});

const write = async (of: Members): Promise<Buffer> =>
  Buffer.from(await (await writeReleaseArchive(of)).arrayBuffer());
const read = (bytes: Uint8Array) => readReleaseArchive(new Blob([Uint8Array.from(bytes)]));

/** `intact`, `problem` for one that is not to be relied on, or the code of a refusal. */
async function outcomeOf(bytes: Uint8Array): Promise<string> {
  try {
    return (await read(bytes)).problem === null ? 'intact' : 'problem';
  } catch (error) {
    if (error instanceof FailureError) return error.failure.code;
    throw error;
  }
}

/** The bytes that docs/release-package.md describes. */
function writeByHand(of: readonly (readonly [string, Uint8Array])[]): Buffer {
  const hex = (text: string) => Buffer.from(text, 'hex');
  const u16 = (n: number) => Buffer.from([n & 255, n >> 8]);
  const u32 = (n: number) => Buffer.from([n & 255, (n >> 8) & 255, (n >> 16) & 255, n >>> 24]);
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, bytes] of of) {
    const sizes = Buffer.concat([u32(crc32(bytes)), u32(bytes.length), u32(bytes.length)]);
    const body = [
      hex('504b03041400080000000000' + '2100' + '00'.repeat(12)),
      u16(name.length),
      u16(0),
      Buffer.from(name),
      bytes,
      hex('504b0708'),
      sizes,
    ];
    const head = [
      hex('504b010214001400080000000000' + '2100'),
      sizes,
      u16(name.length),
      hex('00'.repeat(12)),
      u32(at),
      Buffer.from(name),
    ];
    bodies.push(Buffer.concat(body));
    directory.push(Buffer.concat(head));
    at += bodies.at(-1)?.length ?? 0;
  }
  const end = [
    hex('504b050600000000'),
    u16(of.length),
    u16(of.length),
    u32(Buffer.concat(directory).length),
    u32(at),
    u16(0),
  ];
  return Buffer.concat([...bodies, ...directory, ...end]);
}

describe('the archive of a release', () => {
  it('is, to the byte, what its description says', async () => {
    expect(writeByHand([...members]).equals(file)).toBe(true);
    const again = (await read(file)).members;
    expect([...again]).toEqual([...members]);
  });

  it('is refused in any other form, though its members be the same', async () => {
    expect(await outcomeOf(file)).toBe('intact');
    const entries = Object.fromEntries([...members].map(([name, bytes]) => [name, bytes]));
    const reversed = [...members].reverse();
    const odd: Uint8Array[] = [
      zipSync(entries),
      zipSync(entries, { level: 0, mtime: new Date(1980, 0, 1) }),
      writeByHand(reversed),
      Buffer.concat([Buffer.from('junk'), file]),
      Buffer.concat([file.subarray(0, -2), Buffer.from([4, 0]), Buffer.from('note')]),
      Buffer.concat([file.subarray(0, 40), file.subarray(40)]).fill(1, 10, 11),
    ];
    for (const [i, bytes] of odd.entries()) expect([i, await outcomeOf(bytes)]).not.toEqual([i, 'intact']);
  });

  it('that is no zip file, or a part of one, is refused with what to do', async () => {
    expect(await outcomeOf(Buffer.from('hello'))).toBe('format-unknown');
    expect(await outcomeOf(file.subarray(0, 5000))).toBe('format-unknown');
    expect(await outcomeOf(file.subarray(500))).toBe('project-corrupt');
    await expect(read(Buffer.from('hello'))).rejects.toThrow(/release package/);
  });

  it('shows every flipped bit, and names the member wherever members can be read', async () => {
    const rng = Rng.fromSeed(8);
    const starts = [...members].map(([name, bytes]) => [name, file.indexOf(bytes), bytes.length] as const);
    for (let i = 0; i < 600; i++) {
      const bit = rng.int(8 * file.length);
      const bytes = Uint8Array.from(file);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect([bit, await outcomeOf(bytes)]).not.toEqual([bit, 'intact']);
      const inside = starts.find(([, from, n]) => bit >> 3 >= from && bit >> 3 < from + n)?.[0];
      if (inside === undefined) continue;
      const { problems } = await verify((await read(bytes)).members);
      const blamed = problems.filter(({ kind }) => kind !== 'sign-off').map(({ member }) => member);
      expect([bit, [...new Set(blamed)]]).toEqual([bit, [inside]]);
    }
  }, 120_000);
});

describe('a verifier written from the description alone', () => {
  it('agrees that a release holds, and finds what was altered', async () => {
    expect(verifyIndependently(file)).toEqual([]);
    const alter = async (name: string, from: string | RegExp, to: string) =>
      verifyIndependently(await write(replace(members, name, textOf(members, name).replace(from, to))));
    expect(await alter('synthetic.csv', '41', '42')).toEqual(['manifest.json', 'approval']);
    expect(await alter('dossier.json', '"outcome":"pass"', '"outcome":"fail"')).toContain('approval');
    expect(await alter('audit-log.json', '"k":5', '"k":6')).toContain('log');
    expect(await alter('sign-offs.json', 'The author', 'An author')).toContain('signatures');
    expect(await alter('policy.json', '"threshold":0.2', '"threshold":0.3')).toContain('policy.json');
    const single = await write(await makePackage({ signers: [] }));
    expect(verifyIndependently(single)).toContain('two persons');
    const acts = ACTS.filter(([act]) => act !== 'policy-locked');
    const unlocked = await write(await makePackage({ acts }));
    expect(verifyIndependently(unlocked)).toEqual(['order']);
  });
});
