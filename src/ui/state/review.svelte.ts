import type { IngestClient } from '../../client/ingest';
import { fail, succeed, type Failure, type Outcome } from '../../data/failure';
import { checkPackage, type CheckedPackage } from '../../platform/check-package';
import { attempt } from '../../platform/projects/failures';
import type { Signer, SignOff } from '../../release/sign-off';
import { countTables, type CountedTable } from './count-tables';
import type { Said } from './release.svelte';
import { signPackage, type SignedPackage } from './sign-package';
import { writeMoment } from './write-moment';

/** A release package that somebody handed over: verified, looked at, and signed as its reviewer. Nothing of it is kept. */
export class ReviewState {
  status = $state<'idle' | 'reading' | 'counting' | 'signing'>('idle');
  failure = $state.raw<Failure | null>(null);
  /** Name of the file that is shown, or was refused. */
  fileName = $state('');
  checked = $state.raw<CheckedPackage | null>(null);
  /** Tables of the package; null before they are counted. */
  tables = $state.raw<readonly CountedTable[] | null>(null);
  signed = $state.raw<SignedPackage | null>(null);
  readonly busy = $derived(this.status !== 'idle');
  /** Counts packages, so that what is read of one that was let go is not shown. */
  private turn = 0;

  constructor(
    private readonly newReader: () => IngestClient,
    private readonly now: () => number,
  ) {}

  /** Verifies a file in place of the one before. */
  async take(file: Blob, name: string): Promise<Outcome<CheckedPackage>> {
    if (this.busy) return fail('option-invalid', 'A package is being read already. Wait until that is done.');
    this.clear();
    this.fileName = name;
    this.status = 'reading';
    const turn = ++this.turn;
    const read = await attempt('read the package', () => checkPackage(file));
    if (this.turn !== turn) return fail('cancelled', 'The page was left while the package was read.');
    if (read.ok) {
      this.checked = read.value;
      await this.count(read.value, turn);
    } else this.failure = read.failure;
    if (this.turn === turn) this.status = 'idle';
    return read;
  }

  /** Lets go of the package, also of one that is still being read. */
  clear(): void {
    this.turn++;
    this.status = 'idle';
    this.failure = null;
    this.fileName = '';
    this.checked = null;
    this.tables = null;
    this.signed = null;
  }

  /** Why the package cannot be signed; null when it can. */
  readonly obstacle = $derived.by(() => {
    if (this.checked === null) return 'First choose a package.';
    if (this.busy) return 'Wait until the package has been looked at.';
    if (!this.checked.verification.isIntact)
      return 'This package is not as it was made, so there is nothing to be signed. Ask for it again.';
    return null;
  });

  /** Signs every file of the package and its log as it stands. */
  async sign(said: Said, signer: Signer): Promise<Outcome<SignOff>> {
    const { checked, obstacle } = this;
    if (checked === null || obstacle !== null) return this.refuse(obstacle ?? 'First choose a package.');
    this.failure = null;
    this.status = 'signing';
    const made = await signPackage(checked, { ...said, at: writeMoment(this.now()) }, signer);
    this.status = 'idle';
    if (!made.ok) {
      this.failure = made.failure;
      return made;
    }
    this.checked = made.value.checked;
    this.signed = made.value;
    return succeed(made.value.signOff);
  }

  private async count(checked: CheckedPackage, turn: number): Promise<void> {
    if (checked.dossier === null) return;
    const { members, dossier } = checked;
    this.status = 'counting';
    const counted = await attempt('count the records', () => countTables(members, dossier, this.newReader));
    if (this.turn !== turn) return;
    if (counted.ok) this.tables = counted.value;
    else this.failure = counted.failure;
  }

  private refuse(message: string): Outcome<never> {
    const refused = fail('option-invalid', message);
    this.failure = refused.failure;
    return refused;
  }
}
