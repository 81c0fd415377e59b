import { expect, it } from 'vitest';
import { sampleRecord } from '../../platform/projects/sample-record';
import { openStore, putPart, scratchScope, take } from './scratch-store';

const PASSPHRASE = 'four words of mine';
const N_BYTES = 300 * 2 ** 20;
const PIECE_BYTES = 2 ** 22;

/** Bytes of which no two pieces are alike, without holding them all. */
function makeSource(): Blob {
  const pieces: Blob[] = [];
  for (let at = 0; at < N_BYTES; at += PIECE_BYTES) {
    const words = Uint32Array.from({ length: PIECE_BYTES / 4 }, (_, i) => (at + i) * 2_654_435_761);
    pieces.push(new Blob([words]));
  }
  return new Blob(pieces);
}

async function isEqual(a: Blob, b: Blob): Promise<boolean> {
  if (a.size !== b.size) return false;
  for (let at = 0; at < a.size; at += PIECE_BYTES) {
    const [one, two] = await Promise.all(
      [a, b].map(async (blob) => new Uint32Array(await blob.slice(at, at + PIECE_BYTES).arrayBuffer())),
    );
    if (one?.every((word, i) => word === two?.[i]) !== true) return false;
  }
  return true;
}

it('protects, reads and lays open a source of 300 MB, bit for bit', { timeout: 600_000 }, async () => {
  const store = await openStore(scratchScope());
  const source = makeSource();
  take(await store.put(sampleRecord('a')));
  take(await putPart(store, 'a', 'source', source));
  const took: string[] = [];
  const time = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const result = await work();
    took.push(`${what} ${((performance.now() - began) / 1000).toFixed(1)} s`);
    return result;
  };
  take(await time('protect', () => store.protect('a', PASSPHRASE)));
  const opened = take(await time('read', () => store.getPart('a', 'source'))) as Blob;
  expect(await isEqual(opened, source)).toBe(true);
  const file = take(
    await time('export', () => store.exportProject('a', { withSource: true, passphrase: PASSPHRASE })),
  );
  take(await time('import', () => store.importProject(file, { id: 'b', now: 1, passphrase: PASSPHRASE })));
  expect(await isEqual(take(await store.getPart('b', 'source')) as Blob, source)).toBe(true);
  take(await time('lay open', () => store.unprotect('a')));
  expect(await isEqual(take(await store.getPart('a', 'source')) as Blob, source)).toBe(true);
  console.info(`300 MB: ${took.join(', ')}`);
});
