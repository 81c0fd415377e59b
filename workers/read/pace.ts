import type { ReadOptions } from './types';

const PROGRESS_EVERY_MS = 100;

/** Reports progress at most ten times a second, and lets a call of `cancel` in each time. */
export class Pace {
  /** Bytes of the file dealt with so far. */
  bytesDone = 0;
  private reportedMs = -Infinity;

  constructor(
    private readonly bytesTotal: number,
    private readonly options: ReadOptions,
  ) {}

  isCancelled(): boolean {
    return this.options.isCancelled();
  }

  async report(nRows: number): Promise<void> {
    const nowMs = this.options.nowMs();
    if (nowMs - this.reportedMs < PROGRESS_EVERY_MS) return;
    this.reportedMs = nowMs;
    const bytesRead = Math.min(this.bytesDone, this.bytesTotal);
    this.options.onProgress({ bytesRead, bytesTotal: this.bytesTotal, nRows });
    await new Promise((resolve) => setTimeout(resolve, 0));
  }

  /** The last report: all bytes, all rows. */
  finish(nRows: number): void {
    this.options.onProgress({ bytesRead: this.bytesTotal, bytesTotal: this.bytesTotal, nRows });
  }
}
