import type { Failure, Outcome } from '../../data/failure';
import type { ProjectStore } from '../../platform/projects/store.types';
import type { PartChanges, ProjectRecord } from '../../platform/projects/types';

export type SaveState = 'saved' | 'saving' | 'failed' | 'memory-only';

/** The record as it is to be written, asked for when its turn comes; a failure where it cannot be written as it is. */
type Read = () => Promise<Outcome<ProjectRecord>>;

/** Writes a record and parts, all or nothing. */
export type Put = (record: ProjectRecord, parts: PartChanges) => Promise<Outcome<null>>;

/** Something that is written at one go. */
interface Bundle {
  /** Called when its turn comes; nothing else is written before it is over, so that no older record follows. */
  readonly write: (put: Put) => Promise<Outcome<null>>;
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
  private waiting: Read | null = null;
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
  save(read: Read): void {
    this.waiting = read;
    this.begin();
  }

  /** Lets `write` put a record together with parts it speaks of, and take it over where that succeeds. */
  keep(write: Bundle['write']): Promise<Outcome<null>> {
    return new Promise((settle) => {
      this.bundles.push({ write, settle });
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

  private async writeRecord(): Promise<Outcome<null>> {
    const read = this.waiting;
    this.waiting = null;
    const record = await read?.();
    if (record === undefined) return { ok: true, value: null };
    return record.ok ? this.store.put(record.value) : record;
  }

  private async writeBundle({ write, settle }: Bundle): Promise<Outcome<null>> {
    const outcome = await write((record, parts) => this.store.put(record, parts));
    this.partsFailure = outcome.ok ? null : outcome.failure;
    settle(outcome);
    return outcome;
  }
}
