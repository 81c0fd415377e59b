import { fail, succeed, type Outcome } from '../../data/failure';
import type { ProjectStore } from '../../platform/projects/store.types';
import type { Journey } from './journey.svelte';
import type { Saver } from './saver.svelte';

/** Why a project was locked. */
export type LockReason = 'asked' | 'idle';

/** What protection needs of the page around it. */
export interface ProtectedPage {
  readonly journey: Journey | null;
  readonly saver: Saver;
  close(): Promise<void>;
  /** Removes files written for downloads while the project was in clear. */
  removeOutputs(): Promise<void>;
  /** Loads the page anew at its start, so that nothing shown or computed stays in its memory. */
  leave(reason: LockReason): void;
}

/** The passphrase of the open project: set, changed, taken away, and the lock. */
export class Protection {
  /** The open project is under a passphrase. */
  active = $state(false);
  /** A project is being protected, laid open or locked. */
  busy = $state(false);

  constructor(
    private readonly store: ProjectStore,
    private readonly page: ProtectedPage,
  ) {}

  /** To be called when another project is open, or none. */
  refresh(): void {
    const { journey } = this.page;
    this.active = journey !== null && this.store.isUnlocked(journey.record.id);
  }

  protect(passphrase: string): Promise<Outcome<null>> {
    return this.act(async (id) => {
      const outcome = await this.store.protect(id, passphrase);
      if (outcome.ok) await this.page.removeOutputs();
      return outcome;
    });
  }

  unprotect(): Promise<Outcome<null>> {
    return this.act((id) => this.store.unprotect(id));
  }

  change(before: string, after: string): Promise<Outcome<null>> {
    return this.act((id) => this.store.changePassphrase(id, before, after));
  }

  /**
   * Saves what is open, forgets its key and leaves the page. Refused, and nothing done, while the last change could not
   * be saved: it would be lost. A project that another tab has taken is locked all the same: nothing is saved of it here.
   */
  async lock(reason: LockReason): Promise<Outcome<null>> {
    const { journey, saver } = this.page;
    await journey?.governance.settle();
    await saver.flush();
    if (saver.state === 'failed' && journey?.lost === null) return fail('storage-full', UNSAVED);
    this.busy = true;
    await this.page.close();
    this.page.leave(reason);
    return succeed(null);
  }

  private async act(change: (id: string) => Promise<Outcome<null>>): Promise<Outcome<null>> {
    const id = this.page.journey?.record.id;
    if (id === undefined || this.busy) return fail('option-invalid', 'No project is open, or one is locked.');
    this.busy = true;
    const outcome = await change(id);
    this.busy = false;
    this.refresh();
    return outcome;
  }
}

const UNSAVED =
  'The project was not locked, because its last change could not be saved and would be lost. Free some space or export a project file, then lock it again.';
