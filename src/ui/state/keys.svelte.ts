import { fail, succeed, type Failure, type Outcome } from '../../data/failure';
import { attempt } from '../../platform/projects/failures';
import { digest } from '../../platform/projects/file/digest';
import type { KeptKey, KeyStore } from '../../platform/signing';
import { fingerprint, readPublicKey } from '../../release/public-key';

/** A key of this browser with the code by which people compare it. */
export interface CodedKey extends KeptKey {
  /** Four groups of four letters or digits; the same wherever the key is shown. */
  readonly code: string;
}

/** A key that was made just now. */
export interface MadeKey {
  readonly key: CodedKey;
  /** Text of its backup file; null where none was asked for. It can never be written later. */
  readonly backup: string | null;
}

/** Puts on record that the backup of the key with this code is about to leave; it does not where that fails. */
export type OnBackup = (code: string) => Promise<Outcome<null>>;

/** The keys that this browser can sign with. Every act answers an Outcome and keeps its failure to be shown. */
export class KeysState {
  /** The oldest first; empty before {@link load}. */
  keys = $state.raw<readonly CodedKey[]>([]);
  /** True once the keys of this browser are known. */
  isLoaded = $state(false);
  busy = $state(false);
  failure = $state.raw<Failure | null>(null);

  constructor(
    private readonly store: KeyStore,
    private readonly now: () => number,
  ) {}

  /** Looks up the keys; asks nobody for anything and makes none. */
  load(): Promise<Outcome<null>> {
    return this.work('read its keys', async () => {
      await this.refresh();
      return null;
    });
  }

  /** Makes and keeps a key; with a passphrase also its backup, which cannot be made later. */
  async make(label: string, passphrase: string | null): Promise<Outcome<MadeKey>> {
    const name = label.trim();
    if (name === '') return this.refuse('Give the key a name by which you will know it again.');
    return this.work('make a key', async () => {
      const { key, backup } =
        passphrase === null
          ? { key: await this.store.create(name, this.now()), backup: null }
          : await this.store.createBacked(name, this.now(), passphrase);
      await this.refresh();
      return { key: await withCode(key), backup };
    });
  }

  /** Keeps the key of a backup file. */
  restore(backup: string, passphrase: string): Promise<Outcome<CodedKey>> {
    return this.work('open the backup', async () => {
      const key = await this.store.restore(backup, passphrase);
      await this.refresh();
      return withCode(key);
    });
  }

  /** Forgets a key for ever; what it signed stays valid. */
  forget(publicKey: string): Promise<Outcome<null>> {
    return this.work('forget the key', async () => {
      await this.store.forget(publicKey);
      await this.refresh();
      return null;
    });
  }

  private async refresh(): Promise<void> {
    this.keys = await Promise.all((await this.store.list()).map(withCode));
    this.isLoaded = true;
  }

  private async work<T>(doing: string, act: () => Promise<T>): Promise<Outcome<T>> {
    if (this.busy) return this.refuse('The keys are at work already. Wait until that is done.');
    this.busy = true;
    this.failure = null;
    const outcome = await attempt(doing, act);
    this.busy = false;
    if (!outcome.ok) this.failure = outcome.failure;
    return outcome.ok ? succeed(outcome.value) : outcome;
  }

  private refuse(message: string): Outcome<never> {
    const refused = fail('option-invalid', message);
    this.failure = refused.failure;
    return refused;
  }
}

async function withCode(key: KeptKey): Promise<CodedKey> {
  const bytes = readPublicKey(key.publicKey) ?? new Uint8Array();
  return { ...key, code: await fingerprint(bytes, digest) };
}
