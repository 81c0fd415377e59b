import { NO_SIZE, type TableSize } from '../../src/data/memory-need';
import { NeedWatch } from './need-watch';
import type { ReadOptions } from './types';

const PROGRESS_EVERY_MS = 100;

/**
 * Reports progress at most ten times a second, and lets a call of `cancel` in each time. Throws FailureError
 * `file-too-large` as soon as the table is or will be too large.
 */
export class Pace {
  /** Bytes of the file dealt with so far. */
  bytesDone = 0;
  private reportedMs = -Infinity;
  private readonly watch: NeedWatch;
  private readonly everyNthRow: number;

  constructor(
    private readonly bytesTotal: number,
    private readonly options: ReadOptions,
  ) {
    this.everyNthRow = options.choice.everyNthRow ?? 1;
    this.watch = new NeedWatch(options.budgetBytes, this.everyNthRow);
  }

  isCancelled(): boolean {
    return this.options.isCancelled();
  }

  async report(nRows: number, size: TableSize = NO_SIZE): Promise<void> {
    const share = this.bytesTotal === 0 ? 1 : Math.min(1, this.bytesDone / this.bytesTotal);
    this.watch.look({ ...size, share, nFound: size.nRows * this.everyNthRow });
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
