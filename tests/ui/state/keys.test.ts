import { describe, expect, it } from 'vitest';
import { refuse } from '../../../src/data/failure';
import type { KeptKey, KeyStore } from '../../../src/platform/signing';
import { fingerprint, readPublicKey } from '../../../src/release/public-key';
import type { SignOff } from '../../../src/release/sign-off';
import { KeysState } from '../../../src/ui/state/keys.svelte';
import { findKeyObstacle, findSignObstacle } from '../../../src/ui/sign/sign-words';
import { makeSigner } from '../../release/sample-keys';
import { digest } from '../../release/sample-release';

/** Keys in memory; a backup is its public key, and its passphrase is always the same. */
function makeStore(): KeyStore {
  let kept: readonly KeptKey[] = [];
  const put = (key: KeptKey): KeptKey => {
    kept = [...kept, key];
    return key;
  };
  const create: KeyStore['create'] = async (label, createdAt) => put({ ...makeSigner(), label, createdAt });
  return {
    list: async () => kept,
    create,
    createBacked: async (label, now) => {
      const key = await create(label, now);
      return { key, backup: key.publicKey };
    },
    restore: async (backup, passphrase) =>
      passphrase === 'right'
        ? put({ ...makeSigner(), publicKey: backup, label: 'restored', createdAt: 1 })
        : refuse('passphrase-wrong', 'This passphrase does not open the backup.'),
    forget: async (publicKey) => void (kept = kept.filter((key) => key.publicKey !== publicKey)),
  };
}

describe('the keys of a browser', () => {
  it('are made, listed with their codes, and forgotten', async () => {
    const keys = new KeysState(makeStore(), () => 42);
    await keys.load();
    expect([keys.isLoaded, keys.keys]).toEqual([true, []]);
    const made = await keys.make(' A. Writer ', null);
    if (!made.ok) throw new Error(made.failure.message);
    const { key, backup } = made.value;
    expect([key.label, key.createdAt, backup]).toEqual(['A. Writer', 42, null]);
    expect(key.code).toBe(await fingerprint(readPublicKey(key.publicKey) ?? new Uint8Array(), digest));
    expect(keys.keys.map(({ code }) => code)).toEqual([key.code]);
    await keys.forget(key.publicKey);
    expect(keys.keys).toEqual([]);
  });

  it('are not made without a name', async () => {
    const keys = new KeysState(makeStore(), () => 42);
    expect((await keys.make('  ', null)).ok).toBe(false);
    expect(keys.failure?.message).toMatch(/Give the key a name/);
  });

  it('come back from a backup, and a wrong passphrase is said and adds none', async () => {
    const keys = new KeysState(makeStore(), () => 42);
    const made = await keys.make('A', 'a long passphrase');
    if (!made.ok || made.value.backup === null) throw new Error('no backup');
    await keys.forget(made.value.key.publicKey);
    expect((await keys.restore(made.value.backup, 'wrong')).ok).toBe(false);
    expect([keys.failure?.code, keys.keys, keys.busy]).toEqual(['passphrase-wrong', [], false]);
    expect((await keys.restore(made.value.backup, 'right')).ok).toBe(true);
    expect([keys.failure, keys.keys.map(({ code }) => code)]).toEqual([null, [made.value.key.code]]);
  });
});

describe('what keeps a person from signing', () => {
  const draft = { publicKey: 'K', role: 'reviewer', name: 'R', decision: 'approve', reason: '' } as const;
  const signed = [{ publicKey: 'K', statement: { role: 'author', name: 'A' } }] as unknown as SignOff[];

  it('is said one thing after the other', () => {
    expect(findSignObstacle(draft, [])).toBeNull();
    expect(findSignObstacle({ ...draft, name: ' ' }, [])).toMatch(/your name/);
    expect(findSignObstacle({ ...draft, decision: null }, [])).toMatch(/approve or reject/);
    expect(findSignObstacle({ ...draft, decision: 'reject' }, [])).toMatch(/needs a reason/);
    expect(findSignObstacle({ ...draft, publicKey: null }, [])).toMatch(/choose a key/);
  });

  it('is a key that signed in another role', () => {
    expect(findSignObstacle(draft, signed)).toMatch(/signed as author \(A\) already: two people/);
    expect(findSignObstacle({ ...draft, publicKey: 'L' }, signed)).toBeNull();
    expect(findSignObstacle({ ...draft, role: 'author' }, signed)).toBeNull();
  });

  it('is a key without a name, or a backup under no good passphrase', () => {
    const key = { label: 'A', withBackup: true, passphrase: 'twelve chars' };
    expect(findKeyObstacle(key)).toBeNull();
    expect(findKeyObstacle({ ...key, label: '' })).toMatch(/name/);
    expect(findKeyObstacle({ ...key, passphrase: null })).toMatch(/type a passphrase/);
    expect(findKeyObstacle({ ...key, withBackup: false, passphrase: null })).toBeNull();
  });
});
