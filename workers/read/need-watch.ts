import { FailureError } from '../../src/data/failure';
import { estimateNeed, type TableSize } from '../../src/data/memory-need';
import { writeOrdinal } from '../../src/data/ordinal';

/** Share of the file from which what is read so far says what the whole will need. */
const TELLING_SHARE = 0.05;

/** A need foreseen counts from here on; what is nearer to the budget is read until it is certain. */
const CLEARLY_BEYOND = 1.25;

/** Share of the budget that an offered sample is to need. */
const SAMPLE_SHARE = 0.8;

interface Mark {
  readonly share: number;
  readonly need: number;
}

/** How far a reading has come. */
export interface ReadingSoFar extends TableSize {
  /** Share of the file that is read, 0–1. */
  readonly share: number;
  /** Rows of data found, kept or not. */
  readonly nFound: number;
}

/**
 * Watches a table grow while it is read. Throws FailureError `file-too-large`, with the sample that would fit, as soon as
 * the work on the table would take more than `budgetBytes`, or will for certain by the end of the file.
 */
export class NeedWatch {
  private readonly marks: Mark[] = [];

  /** @param everyNthRow every n-th row is kept */
  constructor(
    private readonly budgetBytes: number,
    private readonly everyNthRow: number,
  ) {}

  look(reading: ReadingSoFar): void {
    const need = estimateNeed(reading);
    const { share } = reading;
    const whole = this.foresee({ share, need });
    const isCertain = share >= TELLING_SHARE && whole > CLEARLY_BEYOND * this.budgetBytes;
    if (need > this.budgetBytes || isCertain) throw this.refuse(reading, Math.max(whole, need));
  }

  /** Need at the end of the file: rows come at the same rate, new cells at that of the latter half of what is read. */
  private foresee(now: Mark): number {
    const last = this.marks.at(-1);
    if (last === undefined || now.share >= last.share * 1.1) this.marks.push(now);
    if (now.share <= 0) return now.need;
    const earlier = this.marks.filter(({ share }) => share <= now.share / 2);
    const before = earlier.at(-1) ?? { share: 0, need: 0 };
    return now.need + ((now.need - before.need) * (1 - now.share)) / (now.share - before.share);
  }

  private refuse({ nFound, share }: ReadingSoFar, whole: number): FailureError {
    const nth = Math.max(2, Math.ceil(whole / (SAMPLE_SHARE * this.budgetBytes))) * this.everyNthRow;
    const nRows = nFound / Math.max(share, Number.EPSILON);
    const message =
      `The work on this table would take about ${writeBytes(whole)} of memory, but this page may use ` +
      `${writeBytes(this.budgetBytes)} on this device. Every ${writeOrdinal(nth)} row would fit: ` +
      `about ${writeCount(nRows / nth)} of ${writeCount(nRows)} rows. Read these, or make the file smaller.`;
    return new FailureError({ code: 'file-too-large', message, fittingNthRow: nth });
  }
}

function writeBytes(n: number): string {
  return n < 999.5e6 ? `${Math.max(1, Math.round(n / 1e6))} MB` : `${(n / 1e9).toFixed(1)} GB`;
}

function writeCount(n: number): string {
  return n < 999_500 ? String(Number(n.toPrecision(2))) : `${(n / 1e6).toPrecision(2)} million`;
}
