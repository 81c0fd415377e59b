import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { Zippable } from 'fflate';
import { createHash } from 'node:crypto';
import { crc32 as nodeCrc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../src/data/failure';
import { crc32 } from '../../../src/platform/projects/file/crc32';
import { writeProjectFile } from '../../../src/platform/projects/file/export';
import { readProjectFile } from '../../../src/platform/projects/file/import';
import type { ImportedProject } from '../../../src/platform/projects/file/import';
import { digest } from '../../../src/platform/projects/file/digest';
import { sealFile } from '../../../src/platform/projects/file/sealed-file';
import { ARCHIVE_LIMITS } from '../../../src/platform/projects/file/read-archive';
import { packValue, unpackValue } from '../../../src/api/packed-value';
import { unwrapPart, wrapPart } from '../../../src/platform/projects/parts';
import type { PlainPart } from '../../../src/platform/projects/parts';
import { PROJECT_VERSION, type PartName, type ProjectRecord } from '../../../src/platform/projects/types';
import { sampleRecord, sampleRun } from './sample-record';

const NOW = 1_800_000_000_000;
const weights = Float32Array.from({ length: 300 }, (_, i) => Math.sin(i));

const parts: ReadonlyMap<PartName, PlainPart> = new Map<PartName, PlainPart>([
  ['evaluation/r1', wrapPart(new Blob(['{}'], { type: 'application/json' }))],
  ['synthetic/r1', wrapPart(new Blob(['age\n41\n'], { type: 'text/csv' }))],
  ['release/r1', wrapPart(new Blob(['PK'], { type: 'application/zip' }))],
  ['source', wrapPart(new Blob(['age;sex\n40;f\n50;m\nNA;f\n']))],
  ['model/r1', wrapPart(packValue({ version: 1, payload: { weights, loss: -0 } }))],
  ['checkpoint/r1', wrapPart(packValue({ step: 9, moments: new Float64Array([1, NaN]) }))],
]);

async function write(
  record: ProjectRecord = sampleRecord(),
  withSource = true,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await writeProjectFile(record, parts, withSource)).arrayBuffer());
}

async function read(bytes: Uint8Array<ArrayBuffer>, limits = ARCHIVE_LIMITS): Promise<ImportedProject> {
  return readProjectFile(new Blob([bytes]), 'new', NOW, { limits });
}

async function refusal(bytes: Uint8Array<ArrayBuffer>, limits = ARCHIVE_LIMITS): Promise<string> {
  const error: unknown = await read(bytes, limits).then(
    () => 'accepted',
    (thrown: unknown) => thrown,
  );
  return error instanceof FailureError ? error.failure.code : String(error);
}

async function contents({ record, parts: read }: ImportedProject): Promise<unknown> {
  const values = [...read].map(async ([name, part]) => {
    const value = unwrapPart(part);
    const read = value instanceof Blob ? [value.type, await value.text()] : await unpackValue(value);
    return [name, read] as const;
  });
  return { record, parts: Object.fromEntries(await Promise.all(values)) };
}

/** The file with some members replaced and the manifest made to fit, as an honest writer of another version would. */
async function rewrite(changes: Zippable, manifestChanges: object = {}): Promise<Uint8Array<ArrayBuffer>> {
  const { 'manifest.json': old = new Uint8Array(), ...members } = unzipSync(await write());
  const all = { ...members, ...changes } as Record<string, Uint8Array>;
  const digests = Object.entries(all).map(([name, bytes]) => ({
    name,
    nBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }));
  const manifest = {
    ...(JSON.parse(new TextDecoder().decode(old)) as object),
    members: digests,
    ...manifestChanges,
  };
  return zipSync({ ...all, 'manifest.json': strToU8(JSON.stringify(manifest)) }) as Uint8Array<ArrayBuffer>;
}

describe('a project file', () => {
  it('brings back the project under a new id, with every part', async () => {
    const back = await read(await write());
    expect(await contents(back)).toEqual({
      record: sampleRecord('new', { updatedAt: NOW }),
      parts: {
        'evaluation/r1': ['application/json', '{}'],
        'model/r1': { version: 1, payload: { weights, loss: -0 } },
        'release/r1': ['application/zip', 'PK'],
        source: ['', 'age;sex\n40;f\n50;m\nNA;f\n'],
        'synthetic/r1': ['text/csv', 'age\n41\n'],
      },
    });
  });

  it('is the same file each time and does not hold the id', async () => {
    expect(await write(sampleRecord('p1'))).toEqual(await write(sampleRecord('p2')));
  });

  it('is an ordinary zip with sorted JSON, raw arrays and SHA-256 sums', async () => {
    const members = unzipSync(await write());
    expect(Object.keys(members)).toEqual([
      'project.json',
      'parts/evaluation/r1',
      'parts/model/r1.json',
      'parts/model/r1.bin',
      'parts/release/r1',
      'parts/source',
      'parts/synthetic/r1',
      'manifest.json',
    ]);
    const text = (name: string): string => new TextDecoder().decode(members[name]);
    expect(text('project.json').startsWith('{"createdAt":1700000000000,"currentRun":"r1",')).toBe(true);
    expect(text('parts/model/r1.json')).toContain('{"$array":"f32","at":0,"length":300}');
    const manifest = JSON.parse(text('manifest.json')) as {
      includesSource: boolean;
      members: { name: string; nBytes: number; sha256: string }[];
    };
    expect(manifest.includesSource).toBe(true);
    for (const { name, nBytes, sha256 } of manifest.members) {
      const bytes = members[name] ?? new Uint8Array();
      expect(bytes.length).toBe(nBytes);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    }
  });

  it('holds a checkpoint only while its run is unfinished', async () => {
    const record = sampleRecord('p1', { runs: [sampleRun('r1', 'training')] });
    const back = await read(await write(record));
    expect([...back.parts.keys()]).toContain('checkpoint/r1');
    expect(back.record.runs[0]?.status).toBe('interrupted');
  });

  it('holds nothing fitted to single records when the source is left out', async () => {
    const bytes = await write(sampleRecord('p1', { runs: [sampleRun('r1', 'paused')] }), false);
    const back = await read(bytes);
    expect([...back.parts.keys()]).toEqual(['evaluation/r1']);
    expect(back.record.source).not.toBeNull();
    const text = new TextDecoder().decode(unzipSync(bytes)['manifest.json']);
    expect(text).toContain('"includesSource":false');
  });

  it('carries a part of many slices', async () => {
    const big = Uint8Array.from({ length: 700_001 }, (_, i) => (i * i) >> 3);
    const file = await writeProjectFile(
      sampleRecord(),
      new Map([['source', wrapPart(new Blob([big]))]]),
      true,
    );
    const back = await readProjectFile(file, 'new', NOW);
    const source = back.parts.get('source');
    expect(source?.kind === 'bytes' && Buffer.from(await source.bytes.arrayBuffer()).equals(big)).toBe(true);
  });
});

describe('a damaged project file', () => {
  it('is refused, or reads as it was, whichever byte is flipped', async () => {
    const small = await writeProjectFile(
      sampleRecord(),
      new Map([['model/r1', wrapPart(packValue({ w: weights.slice(0, 4) }))]]),
      true,
    );
    const bytes = new Uint8Array(await small.arrayBuffer());
    const whole = await contents(await read(bytes));
    let nRefused = 0;
    for (let at = 0; at < bytes.length; at++) {
      const flipped = bytes.slice();
      flipped[at] = (flipped[at] ?? 0) ^ 0x10;
      try {
        expect(await contents(await read(flipped)), `byte ${at}`).toEqual(whole);
      } catch (error) {
        if (!(error instanceof FailureError)) throw error;
        expect(['project-corrupt', 'format-unknown', 'file-too-large']).toContain(error.failure.code);
        nRefused++;
      }
    }
    expect(nRefused).toBeGreaterThan(0.8 * bytes.length);
  });

  it('is refused wherever it is cut', async () => {
    const bytes = await write();
    for (let length = 0; length < bytes.length; length += 97)
      expect(['project-corrupt', 'format-unknown']).toContain(await refusal(bytes.slice(0, length)));
  });

  it.each([
    ['a member that no hash covers', { 'extra.txt': strToU8('x') }, { members: [] }],
    ['a member nothing asks for', { 'extra.txt': strToU8('x') }, {}],
    ['a part of an unknown name', {}, { parts: [{ part: '../../x', kind: 'bytes', type: '' }] }],
    ['a record that is not one', { 'project.json': strToU8('{"version":1,"name":"x"}') }, {}],
    [
      'a value that is not one',
      { 'parts/model/r1.json': strToU8('{"$array":"f32","at":0,"length":9999}') },
      {},
    ],
    ['a manifest without parts', {}, { parts: null }],
  ])('is refused with %s', async (_, changes, manifest) => {
    expect(await refusal(await rewrite(changes, manifest))).toBe('project-corrupt');
  });

  it('is accepted when honestly rewritten: the cases above fail for their own reason', async () => {
    expect(await refusal(await rewrite({}))).toBe('accepted');
  });
});

describe('other files', () => {
  it('refuses later versions of the layout and of the record politely', async () => {
    expect(await refusal(await rewrite({}, { version: 3 }))).toBe('project-newer');
    const later = strToU8(JSON.stringify({ ...sampleRecord(), version: PROJECT_VERSION + 1 }));
    expect(await refusal(await rewrite({ 'project.json': later }))).toBe('project-newer');
  });

  it('refuses what is not a project', async () => {
    expect(await refusal(new Uint8Array(0))).toBe('format-unknown');
    expect(await refusal(strToU8('a,b\n1,2\n') as Uint8Array<ArrayBuffer>)).toBe('format-unknown');
    expect(await refusal(zipSync({ 'a.csv': strToU8('a') }) as Uint8Array<ArrayBuffer>)).toBe(
      'format-unknown',
    );
  });

  it('refuses a bomb before unpacking it', async () => {
    const bomb = await rewrite({ 'parts/source': new Uint8Array(2 ** 20) });
    expect(await refusal(bomb)).toBe('accepted');
    expect(await refusal(bomb, { ...ARCHIVE_LIMITS, freeBytes: 2 ** 16, ratio: 50 })).toBe('file-too-large');
    expect(await refusal(bomb, { ...ARCHIVE_LIMITS, nBytes: 2 ** 19 })).toBe('file-too-large');
    expect(await refusal(bomb, { ...ARCHIVE_LIMITS, nEntries: 3 })).toBe('file-too-large');
  });

  it('refuses a bomb that lies about its size', async () => {
    const bomb = await rewrite({ 'parts/source': new Uint8Array(2 ** 20) });
    const view = new DataView(bomb.buffer, bomb.byteOffset);
    for (let at = 0; at + 46 < bomb.length; at++)
      if (view.getUint32(at, true) === 0x02014b50 && view.getUint32(at + 24, true) === 2 ** 20)
        view.setUint32(at + 24, 1000, true);
    expect(await refusal(bomb)).toBe('project-corrupt');
  });

  it('computes CRC-32 as zlib does', () => {
    for (const text of ['', '123456789', 'a'.repeat(1000)])
      expect(crc32(strToU8(text))).toBe(nodeCrc32(Buffer.from(text)));
    expect(crc32(strToU8('123456789'))).toBe(0xcbf43926);
  });
});

describe('a project file under a passphrase', () => {
  const PASSPHRASE = 'four words of mine';

  async function codeOf(file: Blob, passphrase: string | null): Promise<string> {
    return readProjectFile(file, 'new', NOW, { passphrase }).then(
      () => 'ok',
      (error: unknown) => (error instanceof FailureError ? error.failure.code : String(error)),
    );
  }

  async function seal(): Promise<Blob> {
    return sealFile(await writeProjectFile(sampleRecord(), parts, true), PASSPHRASE);
  }

  it('gives what a plain one gives, and says what it lacks', async () => {
    const file = await seal();
    const plain = await read(await write());
    const opened = await readProjectFile(file, 'new', NOW, { passphrase: PASSPHRASE });
    expect([opened.wasSealed, plain.wasSealed]).toEqual([true, false]);
    expect(opened.record).toEqual(plain.record);
    expect([...opened.parts.keys()]).toEqual([...plain.parts.keys()]);
    expect(await codeOf(file, null)).toBe('passphrase-needed');
    expect(await codeOf(file, 'not the right one')).toBe('passphrase-wrong');
  });

  it('shows no name of the project, its columns or its parts', async () => {
    const text = Buffer.from(await (await seal()).arrayBuffer()).toString('latin1');
    for (const canary of ['Heart', 'cohort', 'age', 'model/', 'source', 'includesSource'])
      expect([canary, text.includes(canary)]).toEqual([canary, false]);
    const clear = Buffer.from(await write()).toString('latin1');
    expect(clear).toContain('parts/source');
  });

  it('is refused after a change of any tenth byte, and says so rather than “wrong passphrase”', async () => {
    const bytes = new Uint8Array(await (await seal()).arrayBuffer());
    const found = new Set<string>();
    for (let at = 0; at < bytes.length; at += 10) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 4;
      const code = await codeOf(new Blob([changed]), null);
      if (code !== 'passphrase-needed') found.add(code);
      else expect([at, await codeOf(new Blob([changed]), PASSPHRASE)]).toEqual([at, 'ok']);
    }
    expect(found).toContain('project-corrupt');
    expect(found).not.toContain('passphrase-wrong');
    expect(found).not.toContain('ok');
  });

  it('is refused when members were left out or replaced and all sums made to fit', async () => {
    const members = unzipSync(new Uint8Array(await (await seal()).arrayBuffer()));
    const other = unzipSync(new Uint8Array(await (await seal()).arrayBuffer()));
    const forged = { ...members, 'sealed/000000': other['sealed/000000'] ?? new Uint8Array() };
    expect(await codeOf(await resign(forged), PASSPHRASE)).toBe('project-altered');
    expect(await codeOf(await resign(members), PASSPHRASE)).toBe('ok');
  });
});

/** The members as a zip file whose manifest has their sums. */
async function resign(members: Readonly<Record<string, Uint8Array>>): Promise<Blob> {
  const manifest = JSON.parse(strFromU8(members['manifest.json'] ?? new Uint8Array())) as object;
  const listed = [];
  for (const [name, bytes] of Object.entries(members))
    if (name !== 'manifest.json')
      listed.push({ name, nBytes: bytes.length, sha256: await digest(new Uint8Array(bytes)) });
  const json = strToU8(JSON.stringify({ ...manifest, members: listed }));
  return new Blob([new Uint8Array(zipSync({ ...members, 'manifest.json': json }, { level: 0 }))]);
}
