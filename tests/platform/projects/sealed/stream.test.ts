import { describe, expect, it } from 'vitest';
import { packValue } from '../../../../src/api/packed-value';
import { FailureError } from '../../../../src/data/failure';
import { wrapPart, type SealedPart } from '../../../../src/platform/projects/parts';
import { makeEnvelope } from '../../../../src/platform/projects/sealed/envelope';
import { openPart, sealPart } from '../../../../src/platform/projects/sealed/sealed-part';
import { openRecord, sealRecord } from '../../../../src/platform/projects/sealed/sealed-record';
import { CHUNK_BYTES, newStream, openBlob, sealBlob } from '../../../../src/platform/projects/sealed/stream';
import { sampleRecord } from '../sample-record';

const { key, envelope } = await makeEnvelope('four words of mine');
const stranger = await makeEnvelope('four words of mine');
const address = { owner: 'project/a', part: 'source', stream: newStream() };
/** Nonce, chunk, tag. */
const SEALED_CHUNK = CHUNK_BYTES + 28;

async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'ok',
    (error: unknown) => (error instanceof FailureError ? error.failure.code : String(error)),
  );
}

function open(sealed: Blob, at = address, under = key): Promise<Blob> {
  return openBlob(under, at, sealed, 'text/csv', 'altered');
}

describe('sealed bytes', () => {
  it('open as they were, at every length around a chunk', async () => {
    for (const length of [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES]) {
      const plain = Uint8Array.from({ length }, (_, i) => (i * 31) % 251);
      const sealed = await sealBlob(key, address, new Blob([plain]));
      const opened = await open(sealed);
      expect([opened.type, (await bytesOf(opened)).length]).toEqual(['text/csv', length]);
      expect(Buffer.compare(await bytesOf(opened), plain)).toBe(0);
    }
  });

  it('never repeat a nonce, nor a byte of the same plain text', async () => {
    const plain = new Blob([new Uint8Array(2 * CHUNK_BYTES)]);
    const nonces = new Set<string>();
    for (let i = 0; i < 3; i++) {
      const sealed = await bytesOf(await sealBlob(key, address, plain));
      for (const at of [0, SEALED_CHUNK]) nonces.add(Buffer.from(sealed.slice(at, at + 12)).toString('hex'));
    }
    expect(nonces.size).toBe(6);
  });

  it('are refused after a change of any byte: nonce, ciphertext and tag', async () => {
    const sealed = await bytesOf(await sealBlob(key, address, new Blob(['age;sex\n40;f\n'])));
    for (let at = 0; at < sealed.length; at++) {
      const changed = sealed.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect([at, await codeOf(open(new Blob([changed])))]).toEqual([at, 'project-altered']);
    }
  });

  it('are refused when cut, at any chunk and within one, and when chunks change places', async () => {
    const plain = new Uint8Array(3 * CHUNK_BYTES);
    const sealed = await bytesOf(await sealBlob(key, address, new Blob([plain])));
    const chunk = (index: number) => sealed.slice(index * SEALED_CHUNK, (index + 1) * SEALED_CHUNK);
    const [a, b, c] = [chunk(0), chunk(1), chunk(2)];
    for (const parts of [[], [a], [a, b], [b, c], [a, c], [b, a, c], [a, b, c, c], [a, b, c.slice(0, -1)]])
      expect(await codeOf(open(new Blob(parts)))).toBe('project-altered');
    expect(await codeOf(open(new Blob([a, b, c])))).toBe('ok');
  });

  it('open only where they belong: project, part, writing and key', async () => {
    const sealed = await sealBlob(key, address, new Blob(['x']));
    expect(await codeOf(open(sealed))).toBe('ok');
    for (const elsewhere of [{ owner: 'project/b' }, { part: 'model/r1' }, { stream: newStream() }])
      expect(await codeOf(open(sealed, { ...address, ...elsewhere }))).toBe('project-altered');
    expect(await codeOf(open(sealed, address, stranger.key))).toBe('project-altered');
  });
});

describe('a sealed part', () => {
  it('comes back as what it was, and names itself when it was altered', async () => {
    const bytes = wrapPart(new Blob(['age\n40\n'], { type: 'text/csv' }));
    const value = wrapPart(packValue({ w: new Float32Array([1, NaN]) }));
    const sealed = await sealPart(key, 'a', 'source', bytes);
    expect(await openPart(key, 'a', 'source', sealed)).toEqual(bytes);
    const sealedValue = await sealPart(key, 'a', 'model/r1', value);
    const opened = await openPart(key, 'a', 'model/r1', sealedValue);
    expect(opened.kind === 'value' && (await opened.json.text())).toContain('$array');
    const cases: readonly (readonly [() => Promise<unknown>, string])[] = [
      [() => openPart(key, 'a', 'source', { ...sealed, type: 'text/tsv' }), 'source table'],
      [() => openPart(key, 'b', 'source', sealed), 'source table'],
      [() => openPart(key, 'a', 'synthetic/r1', sealed), 'synthetic records'],
      [() => openPart(key, 'a', 'model/r2', sealedValue), 'fitted model'],
      [() => openPart(key, 'a', 'model/r1', swapBoxes(sealedValue)), 'fitted model'],
      [() => openPart(key, 'a', 'checkpoint/r1', { ...sealedValue, boxes: [] }), 'checkpoint'],
      [() => openPart(key, 'a', 'evaluation/r1', { ...sealed, of: 'value' }), 'evidence'],
    ];
    for (const [open, words] of cases)
      await expect(open()).rejects.toMatchObject({
        failure: { code: 'project-altered', message: expect.stringContaining(`The ${words}`) as string },
      });
  });

  it('cannot be put together from two writings of the same part', async () => {
    const first = await sealPart(key, 'a', 'model/r1', wrapPart(packValue({ w: new Float32Array([1]) })));
    const second = await sealPart(key, 'a', 'model/r1', wrapPart(packValue({ w: new Float32Array([2]) })));
    const mixed = { ...first, boxes: [first.boxes[0], second.boxes[1]] } as SealedPart;
    expect(await codeOf(openPart(key, 'a', 'model/r1', mixed))).toBe('project-altered');
  });
});

describe('a sealed record', () => {
  it('comes back field by field and shows nothing but its version, its time and its length', async () => {
    const sealed = await sealRecord({ key, envelope }, sampleRecord('a'));
    expect(await openRecord(key, 'a', sealed)).toEqual(sampleRecord('a'));
    expect(Object.keys(sealed).sort()).toEqual([
      'boxes',
      'envelope',
      'sealed',
      'stream',
      'updatedAt',
      'version',
    ]);
    const text = sealed.boxes.map((box) => Buffer.from(box).toString('latin1')).join('');
    for (const canary of ['cohort', 'age', 'Heart'])
      expect(text + JSON.stringify(sealed)).not.toContain(canary);
  });

  it('is refused when what stands beside it in clear was changed, or when it was given to another project', async () => {
    const sealed = await sealRecord({ key, envelope }, sampleRecord('a'));
    for (const change of [{ version: 5 }, { updatedAt: 1 }, { stream: newStream() }, { boxes: [] }])
      expect(await codeOf(openRecord(key, 'a', { ...sealed, ...change }))).toBe('project-altered');
    expect(await codeOf(openRecord(key, 'b', sealed))).toBe('project-altered');
    expect(await codeOf(openRecord(key, 'a', { ...sealed, sealed: 2 as 1 }))).toBe('project-newer');
  });
});

function swapBoxes(part: SealedPart): SealedPart {
  return { ...part, boxes: [...part.boxes].reverse() };
}
