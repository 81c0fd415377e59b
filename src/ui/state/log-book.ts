import { fail, succeed, type Outcome } from '../../data/failure';
import { digestText } from '../../platform/digest-text';
import { appendEntry, type AuditEntry } from '../../release/audit-log';
import type { AuditNote } from './audit-notes';
import { writeMoment } from './write-moment';

/** An act as it is told: some are worked out while the page goes on. */
export type ToldAct = AuditNote | Promise<AuditNote>;

/** Where the entries of a log go. */
export interface LogPlace {
  readonly log: readonly AuditEntry[];
  /** Puts the log with more entries in place of it. */
  setLog(log: readonly AuditEntry[]): void;
  /** Milliseconds since 1970. */
  now(): number;
}

interface Waiting {
  readonly told: ToldAct;
  readonly done: () => void;
}

/**
 * Writes entries of the audit log, one after the other in the order in which they are told, and says when a record may be
 * saved: never while an act that it holds has no entry yet. An act has to be told in the same turn in which it changes the
 * record.
 */
export class LogBook {
  private readonly waiting: Waiting[] = [];
  private turn: Promise<unknown> = Promise.resolve();
  /** Why an act has no entry; nothing is saved after it. */
  private broken: Extract<Outcome<never>, { ok: false }> | null = null;

  constructor(private readonly place: LogPlace) {}

  /** Puts an act on record; answers when that is done, or cannot be. */
  tell(told: ToldAct): Promise<void> {
    return new Promise((done) => {
      this.waiting.push({ told, done });
      void this.whenSettled(() => Promise.resolve(succeed(null)));
    });
  }

  /**
   * Does something at a moment at which every act that was told has its entry, and lets nothing into the log until it is
   * done. `act` begins at once when the last entry is written, so that what it reads first is whole. Fails where an act could
   * not be put on record.
   */
  whenSettled<T>(act: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const done = this.turn.then(async () => {
      for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift())
        await this.enter(next);
      return this.broken ?? act();
    });
    this.turn = done.catch(() => undefined);
    return done;
  }

  /** A log with more acts, which is put in place only by whoever saves it. */
  async extend(
    log: readonly AuditEntry[],
    acts: readonly ToldAct[],
  ): Promise<Outcome<readonly AuditEntry[]>> {
    try {
      let longer = log;
      for (const act of acts)
        longer = await appendEntry(longer, { ...(await act), at: writeMoment(this.place.now()) }, digestText);
      return succeed(longer);
    } catch (error) {
      return fail('internal', NO_ENTRY, error instanceof Error ? error.name : undefined);
    }
  }

  private async enter({ told, done }: Waiting): Promise<void> {
    const longer = await this.extend(this.place.log, [told]);
    if (longer.ok) this.place.setLog(longer.value);
    else this.broken ??= longer;
    done();
  }
}

const NO_ENTRY =
  'Something was done that could not be put on record, so nothing is saved of the project from then on. Load the page again: it goes on with what was saved before.';
