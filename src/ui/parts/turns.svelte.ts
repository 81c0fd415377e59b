import { getContext, setContext } from 'svelte';

/** What turns need of a browser. */
export interface TurnClock {
  /** Calls `then` in a task of its own after the next picture of the screen. */
  readonly afterPicture: (then: () => void) => void;
  readonly nowMs: () => number;
}

/** New pieces are begun in a turn until it has taken so long: with their layout it stays far below 50 ms. */
const TURN_MS = 8;

/**
 * Makes a long page in pieces, a few between two pictures of the screen, so that no task of the page's own thread grows
 * with the page. Pieces come in the order of the page: those within a piece before those behind it.
 */
export class Turns {
  /** True while the page is being printed, when nothing may be left out. */
  onPaper = $state(false);
  private waiting: (() => void)[] = [];
  /** Pieces that asked for a turn while another was being made: they lie within it. */
  private within: (() => void)[] = [];
  private isMaking = false;
  private isPlanned = false;

  constructor(private readonly clock: TurnClock) {}

  /** @returns takes the piece back, if it has not been made. */
  wait(piece: () => void): () => void {
    (this.isMaking ? this.within : this.waiting).push(piece);
    this.plan();
    return () => {
      this.waiting = this.waiting.filter((each) => each !== piece);
      this.within = this.within.filter((each) => each !== piece);
    };
  }

  /** Makes all that waits at once, as paper needs it. */
  finish(): void {
    while (this.waiting.length > 0) this.make();
  }

  private plan(): void {
    if (this.isPlanned) return;
    this.isPlanned = true;
    this.clock.afterPicture(() => this.take());
  }

  private take(): void {
    this.isPlanned = false;
    const end = this.clock.nowMs() + TURN_MS;
    try {
      while (this.waiting.length > 0 && this.clock.nowMs() < end) this.make();
    } finally {
      if (this.waiting.length > 0) this.plan();
    }
  }

  private make(): void {
    this.isMaking = true;
    try {
      this.waiting.shift()?.();
    } finally {
      this.isMaking = false;
      this.waiting.unshift(...this.within);
      this.within = [];
    }
  }
}

export const screenClock: TurnClock = {
  afterPicture: (then) => {
    requestAnimationFrame(() => setTimeout(then));
  },
  nowMs: () => performance.now(),
};

const key = Symbol('turns');

/** Call while the outermost component is being set up. */
export function setTurns(turns: Turns): Turns {
  return setContext(key, turns);
}

/** Call while a component is being set up, not in a handler. */
export function getTurns(): Turns {
  return getContext<Turns>(key);
}
