import type { Extra, Watch } from '../../src/measure/watch';

export const EXTRAS: readonly Extra[] = ['interval', 'floor', 'ceiling'];

/** What one step of an evaluation took, in the clock's unit: of the extras only what was computed apart from the figure. */
export interface StepTime extends Readonly<Record<Extra, number>> {
  /** All of it: figure and extras. */
  readonly step: number;
  /** What is left without the extras. */
  readonly figure: number;
}

export interface StepClock {
  readonly watch: Watch;
  readonly start: () => void;
  /** The time since the start, taken apart. */
  readonly stop: () => StepTime;
}

/** Tells the time of a figure from that of its extras. Of an extra within another, the time is the outer one's. */
export function openStepClock(read: () => number): StepClock {
  let begun = read();
  let depth = 0;
  let spent: Record<Extra, number> = { interval: 0, floor: 0, ceiling: 0 };
  return {
    watch: (extra) => {
      const from = read();
      depth++;
      return () => {
        depth--;
        if (depth === 0) spent[extra] += read() - from;
      };
    },
    start: () => {
      spent = { interval: 0, floor: 0, ceiling: 0 };
      begun = read();
    },
    stop: () => {
      const step = read() - begun;
      return { ...spent, step, figure: step - spent.interval - spent.floor - spent.ceiling };
    },
  };
}
