import type { KeptText } from './kept-text';

/** Minutes without use after which a protected project is locked; null = never. */
export type IdleMinutes = 5 | 15 | 60 | null;

export const IDLE_CHOICES: readonly IdleMinutes[] = [5, 15, 60, null];
const DEFAULT_MINUTES = 15;
const MINUTE_MS = 60_000;
/** How long before the lock somebody is told of it. */
const WARNING_MS = 60_000;

/** Both clocks are read: one stands still while the computer sleeps, the other may be set. */
export interface IdleClock {
  readonly now: () => number;
  readonly elapsed: () => number;
}

/** What may be locked. */
export interface Lockable {
  /** A protected project is open. */
  readonly isOpen: () => boolean;
  /** Something is computed for it: work that a person has begun and left alone counts as use. */
  readonly isBusy: () => boolean;
  readonly lock: () => void;
}

/** Locks a protected project that nobody has used for a while. */
export class IdleLock {
  minutes = $state<IdleMinutes>(DEFAULT_MINUTES);
  /** Seconds until the lock once it is near; null before. */
  secondsLeft = $state<number | null>(null);
  /** True for a moment after the page was used while the lock was near. */
  wasKept = $state(false);
  private usedAt: { readonly now: number; readonly elapsed: number };

  constructor(
    private readonly kept: KeptText,
    private readonly clock: IdleClock,
    private readonly target: Lockable,
  ) {
    this.minutes = readMinutes(kept.get());
    this.usedAt = { now: clock.now(), elapsed: clock.elapsed() };
  }

  /** Remembered in this browser for all projects. */
  choose(minutes: IdleMinutes): void {
    this.minutes = minutes;
    this.kept.set(minutes === null ? 'never' : String(minutes));
    this.touch();
  }

  /** Somebody uses the page. What was due before that is done first: waking a computer is not using it. */
  use(): void {
    if (this.look()) return;
    if (this.secondsLeft !== null) this.wasKept = true;
    this.touch();
  }

  /** The pointer moves over the page: use, until the lock is near; then somebody has to say that they are there. */
  move(): void {
    if (this.secondsLeft === null) this.use();
  }

  /** To be called now and then: looks whether it is time, and takes back what was said of the last use. */
  tick(): void {
    this.wasKept = false;
    this.look();
  }

  /** Locks when it is time, and tells of it before; answers whether it did. */
  look(): boolean {
    if (!this.target.isOpen() || this.target.isBusy()) {
      this.touch();
      return false;
    }
    const leftMs = this.minutes === null ? Infinity : this.minutes * MINUTE_MS - this.idleMs();
    this.secondsLeft = leftMs > 0 && leftMs <= WARNING_MS ? Math.ceil(leftMs / 1000) : null;
    if (leftMs > 0) return false;
    this.touch();
    this.target.lock();
    return true;
  }

  private idleMs(): number {
    const { now, elapsed } = this.usedAt;
    return Math.max(this.clock.now() - now, this.clock.elapsed() - elapsed);
  }

  private touch(): void {
    this.usedAt = { now: this.clock.now(), elapsed: this.clock.elapsed() };
    this.secondsLeft = null;
  }
}

function readMinutes(kept: string | null): IdleMinutes {
  if (kept === 'never') return null;
  return IDLE_CHOICES.find((choice) => choice !== null && String(choice) === kept) ?? DEFAULT_MINUTES;
}
