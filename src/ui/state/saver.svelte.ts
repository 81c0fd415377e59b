import type { Failure, Outcome } from '../../data/failure';
import type { ProjectStore } from '../../platform/projects/store.types';
import type { PartChanges, ProjectRecord } from '../../platform/projects/types';

export type SaveState = 'saved' | 'saving' | 'failed' | 'memory-only';

/** A record and parts that are written together or not at all. */
interface Bundle {
  /** The record as it is to be written, asked for when its turn comes. */
  readonly read: () => ProjectRecord;
  readonly parts: PartChanges;
  /** Called before anything else is written, so that no older record follows. */
  readonly onKept: () => void;
  readonly settle: (outcome: Outcome<null>) => void;
}

/**
 * Writes the project record, always the latest one, one write at a time. `saved` is shown only when the last change
 * is durable.
 */
export class Saver {
  state = $state<SaveState>('saved');
  failure = $state.raw<Failure | null>(null);
  private readonly bundles: Bundle[] = [];
  private waiting: (() => ProjectRecord) | null = null;
  private writing: Promise<void> | null = null;
  /** Stays until parts can be written again: a small record may still fit where they did not. */
  private partsFailure: Failure | null = null;

  constructor(
    private readonly store: ProjectStore,
    private readonly durable: boolean,
  ) {
    if (!durable) this.state = 'memory-only';
  }

  /** Writes the record as `read` gives it when its turn comes. */
  save(read: () => ProjectRecord): void {
    this.waiting = read;
    this.begin();
  }

  /**
   * Writes a record together with parts it speaks of, all or nothing. `onKept` makes the record of the page the one
   * that was written.
   */
  keep(read: () => ProjectRecord, parts: PartChanges, onKept: () => void): Promise<Outcome<null>> {
    return new Promise((settle) => {
      this.bundles.push({ read, parts, onKept, settle });
      this.begin();
    });
  }

  /** Resolves when every change made so far is written, or has failed. */
  async flush(): Promise<void> {
    while (this.writing !== null) await this.writing;
  }

  private begin(): void {
    if (this.durable) this.state = 'saving';
    this.writing ??= this.drain();
  }

  private async drain(): Promise<void> {
    let failure: Failure | null = null;
    for (;;) {
      const bundle = this.bundles.shift();
      if (bundle === undefined && this.waiting === null) break;
      const outcome = bundle === undefined ? await this.writeRecord() : await this.writeBundle(bundle);
      failure = outcome.ok ? null : outcome.failure;
    }
    this.writing = null;
    this.failure = failure ?? this.partsFailure;
    if (this.failure !== null) this.state = 'failed';
    else this.state = this.durable ? 'saved' : 'memory-only';
  }

  private writeRecord(): Promise<Outcome<null>> {
    const read = this.waiting;
    this.waiting = null;
    return read === null ? Promise.resolve({ ok: true, value: null }) : this.store.put(read());
  }

  private async writeBundle({ read, parts, onKept, settle }: Bundle): Promise<Outcome<null>> {
    const outcome = await this.store.put(read(), parts);
    this.partsFailure = outcome.ok ? null : outcome.failure;
    if (outcome.ok) onKept();
    settle(outcome);
    return outcome;
  }
}
