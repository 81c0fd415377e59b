import { describe, expect, it } from 'vitest';
import { FailureError } from '../../src/data/failure';
import { digestText } from '../../src/platform/digest-text';
import { openKeyBackup, SIGNING_KEY, writeKeyBackup } from '../../src/platform/key-backup';
import { encodeBase64 } from '../../src/release/base64';
import { canonicalise } from '../../src/release/canonical-json';

const PASSPHRASE = 'correct horse battery';

async function makeBackup(): Promise<{ readonly text: string; readonly publicKey: string }> {
  const pair = await crypto.subtle.generateKey(SIGNING_KEY, true, ['sign', 'verify']);
  const publicKey = encodeBase64(new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey)));
  const account = { label: 'A. Writer, ward 3', createdAt: 5, publicKey };
  return { text: await writeKeyBackup(pair.privateKey, account, PASSPHRASE), publicKey };
}

/** The same backup with some fields changed, and its digest made to fit. */
async function forge(text: string, patch: object): Promise<string> {
  const whole = { ...(JSON.parse(text) as Record<string, unknown>), ...patch };
  const rest = Object.fromEntries(Object.entries(whole).filter(([key]) => key !== 'digest'));
  return canonicalise({ ...rest, digest: await digestText(canonicalise(rest)) });
}

async function codeOf(text: string, passphrase = PASSPHRASE): Promise<string> {
  try {
    await openKeyBackup(text, passphrase);
    return 'ok';
  } catch (error) {
    if (error instanceof FailureError) return error.failure.code;
    throw error;
  }
}

const made = makeBackup();

describe('the backup of a key', () => {
  it('gives the key back under its passphrase, not to be read out again', async () => {
    const { text, publicKey } = await made;
    const opened = await openKeyBackup(text, `  ${PASSPHRASE} `);
    expect(opened).toMatchObject({ label: 'A. Writer, ward 3', createdAt: 5, publicKey });
    expect(opened.privateKey.extractable).toBe(false);
    const bytes = new TextEncoder().encode('signed');
    const way = { name: 'ECDSA', hash: 'SHA-256' };
    const signature = await crypto.subtle.sign(way, opened.privateKey, bytes);
    const spki = Uint8Array.from(Buffer.from(publicKey, 'base64'));
    const key = await crypto.subtle.importKey('spki', spki, SIGNING_KEY, false, ['verify']);
    expect(await crypto.subtle.verify(way, key, signature, bytes)).toBe(true);
  });

  it('holds at least 600 000 rounds and no secret in clear', async () => {
    const { text } = await made;
    const { derivation, wrapped } = JSON.parse(text) as { derivation: object; wrapped: string };
    expect(derivation).toMatchObject({ name: 'PBKDF2', hash: 'SHA-256', iterations: 1_000_000 });
    // PKCS#8 of a P-256 key is 138 bytes and begins with 30818702; under AES-GCM come 16 bytes of tag.
    expect(Buffer.from(wrapped, 'base64')).toHaveLength(154);
    expect(Buffer.from(wrapped, 'base64').subarray(0, 4).toString('hex')).not.toBe('30818702');
  });

  it('tells a wrong passphrase from a damaged file', async () => {
    const { text } = await made;
    expect(await codeOf(text, 'correct horse batterz')).toBe('passphrase-wrong');
    for (const at of [20, 90, 300, text.length - 40]) {
      const cut = text.slice(0, at) + (text[at] === 'x' ? 'y' : 'x') + text.slice(at + 1);
      expect(['file-unreadable', 'format-unknown']).toContain(await codeOf(cut));
    }
    expect(await codeOf(text.slice(0, 200))).toBe('format-unknown');
    expect(await codeOf('PK not a backup')).toBe('format-unknown');
    expect(await codeOf('{"format":"understudy-policy"}')).toBe('format-unknown');
  });

  it('does not open when what it says of the key was changed, though its digest was made to fit', async () => {
    const { text } = await made;
    const other = (await makeBackup()).publicKey;
    const nonce = encodeBase64(new Uint8Array(12));
    for (const patch of [{ label: 'Somebody else' }, { publicKey: other }, { createdAt: 6 }, { nonce }])
      expect([patch, await codeOf(await forge(text, patch))]).toEqual([patch, 'file-unreadable']);
  });

  it('is refused politely when a newer version wrote it, and when it asks for too few or too many rounds', async () => {
    const { text } = await made;
    expect(await codeOf(await forge(text, { version: 2, another: true }))).toBe('project-newer');
    const { derivation } = JSON.parse(text) as { derivation: object };
    for (const iterations of [1, 599_999, 1e9])
      expect(await codeOf(await forge(text, { derivation: { ...derivation, iterations } }))).toBe(
        'file-unreadable',
      );
  });

  it('is not written under a short passphrase', async () => {
    const { privateKey } = await crypto.subtle.generateKey(SIGNING_KEY, true, ['sign', 'verify']);
    const account = { label: 'A', createdAt: 5, publicKey: '' };
    await expect(writeKeyBackup(privateKey, account, 'short')).rejects.toThrow(/at least 12 characters/);
  });
});
