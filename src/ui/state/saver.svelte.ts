import type { Failure } from '../../data/failure';
import type { ProjectStore } from '../../platform/projects/store.types';
import type { ProjectRecord } from '../../platform/projects/types';

export type SaveState = 'saved' | 'saving' | 'failed' | 'memory-only';

/**
 * Writes the project record, always the latest one, one write at a time. `saved` is shown only when the last change
 * is durable.
 */
export class Saver {
  state = $state<SaveState>('saved');
  failure = $state.raw<Failure | null>(null);
  private waiting: ProjectRecord | null = null;
  private writing: Promise<void> | null = null;

  constructor(
    private readonly store: ProjectStore,
    private readonly durable: boolean,
  ) {
    if (!durable) this.state = 'memory-only';
  }

  save(record: ProjectRecord): void {
    this.waiting = record;
    if (this.durable) this.state = 'saving';
    this.writing ??= this.drain();
  }

  /** Shows that something else of the project could not be kept. */
  report(failure: Failure): void {
    this.failure = failure;
    this.state = 'failed';
  }

  /** Resolves when every change made so far is written, or has failed. */
  async flush(): Promise<void> {
    while (this.writing !== null) await this.writing;
  }

  private async drain(): Promise<void> {
    while (this.waiting !== null) {
      const record = this.waiting;
      this.waiting = null;
      const outcome = await this.store.put(record);
      this.failure = outcome.ok ? null : outcome.failure;
    }
    this.writing = null;
    if (this.failure !== null) this.state = 'failed';
    else this.state = this.durable ? 'saved' : 'memory-only';
  }
}
