import { describe, expect, it } from 'vitest';
import {
  commitmentHmac,
  createBackedKey,
  createKey,
  exportCommitmentKey,
  forgetKey,
  listKeys,
  restoreKey,
  verifySignature,
} from '../../../src/platform/signing';
import { databaseName } from '../../../src/platform/projects/names';
import { decodeBase64 } from '../../../src/release/base64';
import { readPublicKey } from '../../../src/release/public-key';
import { openStore, scratchScope } from './scratch-store';

const BYTES = new TextEncoder().encode('what is signed');

describe('signing keys', () => {
  it('are kept, sign, and are verified by their public half alone', async () => {
    const scope = scratchScope();
    const made = await createKey(scope, 'A. Writer', 5);
    const [kept] = await listKeys(scope);
    expect(kept).toMatchObject({ label: 'A. Writer', createdAt: 5, publicKey: made.publicKey });
    const key = readPublicKey(made.publicKey) ?? new Uint8Array();
    const signature = new Uint8Array((await kept?.sign(BYTES)) ?? []);
    expect(signature).toHaveLength(64);
    expect(await verifySignature(key, BYTES, signature)).toBe(true);
    expect(await verifySignature(key, BYTES.slice(1), signature)).toBe(false);
    expect(await verifySignature(new Uint8Array(91), BYTES, signature)).toBe(false);
    await forgetKey(scope, made.publicKey);
    expect(await listKeys(scope)).toEqual([]);
  });

  it('cannot be taken out of the browser', async () => {
    const scope = scratchScope();
    await createKey(scope, 'A', 1);
    const privateKey = await readPrivateKey(scope);
    for (const format of ['pkcs8', 'jwk'] as const)
      await expect(crypto.subtle.exportKey(format, privateKey)).rejects.toThrow();
  });

  it('come back from their backup in another browser, and cannot be read out there either', async () => {
    const [scope, elsewhere] = [scratchScope(), scratchScope()];
    const { key, backup } = await createBackedKey(scope, 'A', 7, 'correct horse battery');
    const restored = await restoreKey(elsewhere, backup, 'correct horse battery');
    expect(restored).toMatchObject({ label: 'A', createdAt: 7, publicKey: key.publicKey });
    const publicKey = readPublicKey(key.publicKey) ?? new Uint8Array();
    for (const each of [key, restored])
      expect(await verifySignature(publicKey, BYTES, Uint8Array.from(await each.sign(BYTES)))).toBe(true);
    for (const each of [scope, elsewhere])
      await expect(crypto.subtle.exportKey('pkcs8', await readPrivateKey(each))).rejects.toThrow();
    await expect(restoreKey(scope, backup, 'correct horse battery')).rejects.toThrow(
      /has that key already, as “A”/,
    );
    expect(await listKeys(scope)).toHaveLength(1);
  });

  it('go when everything is erased', async () => {
    const scope = scratchScope();
    await createKey(scope, 'A', 1);
    await (await openStore(scope)).eraseEverything();
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(
      `${databaseName(scope)}#keys`,
    );
    expect(await listKeys(scope)).toEqual([]);
  });
});

describe('the commitment to a source', () => {
  it('is made with one kept key, which its owner can keep elsewhere too', async () => {
    const scope = scratchScope();
    expect(await exportCommitmentKey(scope)).toBeNull();
    const [one, two] = await Promise.all([commitmentHmac(scope), commitmentHmac(scope)]);
    const code = await one(BYTES);
    expect(code).toMatch(/^[0-9a-f]{64}$/);
    expect(await two(BYTES)).toBe(code);
    const raw = decodeBase64((await exportCommitmentKey(scope)) ?? '') ?? new Uint8Array();
    const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, [
      'verify',
    ]);
    const bytes = Uint8Array.from(code.match(/../g) ?? [], (pair) => parseInt(pair, 16));
    expect(await crypto.subtle.verify('HMAC', key, bytes, BYTES)).toBe(true);
    expect(await (await commitmentHmac(scratchScope()))(BYTES)).not.toBe(code);
  });
});

/** The private half of the first key of a scope, as it is kept. */
async function readPrivateKey(scope: string): Promise<CryptoKey> {
  const request = indexedDB.open(`${databaseName(scope)}#keys`);
  const database = await new Promise<IDBDatabase>((resolve) => {
    request.onsuccess = () => resolve(request.result);
  });
  const all = database.transaction('keys').objectStore('keys').getAll();
  await new Promise((resolve) => (all.onsuccess = resolve));
  database.close();
  const [{ privateKey }] = all.result as [{ privateKey: CryptoKey }];
  return privateKey;
}
