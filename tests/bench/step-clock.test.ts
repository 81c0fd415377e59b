import { describe, expect, it } from 'vitest';
import { evaluate, type EvaluationStep } from '../../src/measure/evaluate';
import { EVALUATION_SPECS } from '../../src/measure/evaluation-specs';
import { isSkipped } from '../../src/measure/measure';
import { makePeople, PEOPLE_KINDS } from '../measure/made-people';
import { writeSeconds, type TimedStep } from './evaluation-tables';
import { EXTRAS, openStepClock, type StepTime } from './step-clock';

/** A clock that stands still until it is told. */
function openHand() {
  let now = 100;
  return { read: () => now, pass: (seconds: number) => (now += seconds) };
}

const sumOf = ({ figure, interval, floor, ceiling }: StepTime) => figure + interval + floor + ceiling;

describe('a clock of steps', () => {
  it('tells what came on top from the figure, and counts an extra within another once', () => {
    const hand = openHand();
    const clock = openStepClock(hand.read);
    const work = (extra: 'interval' | 'floor' | 'ceiling', seconds: number, within = () => undefined) => {
      const end = clock.watch(extra);
      hand.pass(seconds);
      within();
      end();
    };
    hand.pass(50);
    clock.start();
    hand.pass(4);
    work('floor', 2, () => {
      work('interval', 1);
    });
    work('ceiling', 8);
    work('interval', 16);
    work('ceiling', 32);
    expect(clock.stop()).toEqual({ step: 63, figure: 4, interval: 16, floor: 3, ceiling: 40 });
    clock.start();
    hand.pass(1);
    expect(clock.stop()).toEqual({ step: 1, figure: 1, interval: 0, floor: 0, ceiling: 0 });
  });
});

/** Computed in one pass over all tables, or in a fraction of it: its time cannot be told from the figure's. */
const FLOOR_WITH_FIGURE = ['train-synthetic-linear', 'train-synthetic-forest', 'rare-combination-copies'];

describe('the steps of an evaluation', () => {
  const input = {
    train: makePeople(150, 'clock/train'),
    holdout: makePeople(120, 'clock/holdout'),
    synthetic: makePeople(130, 'clock/synthetic'),
    kinds: PEOPLE_KINDS,
    options: { seed: 1, target: 'smoker' },
  };
  // Every look at the clock is a second, so that what is watched takes a second at least.
  let now = 0;
  const timed: (EvaluationStep & { readonly time: StepTime; readonly whole: number })[] = [];
  const watched = () => {
    const clock = openStepClock(() => ++now);
    let begun = 0;
    return evaluate(EVALUATION_SPECS, input, {
      watch: clock.watch,
      onStart: () => {
        clock.start();
        begun = now;
      },
      onStep: (step) => timed.push({ ...step, time: clock.stop(), whole: now - begun }),
    });
  };

  it('take as long as figure, intervals, floors and ceilings do, and no figure depends on being watched', async () => {
    expect(await watched()).toEqual(await evaluate(EVALUATION_SPECS, input));
    expect(timed).toHaveLength(EVALUATION_SPECS.length);
    for (const { ids, time, whole } of timed) {
      expect(time.step, ids[0]).toBe(whole);
      expect(sumOf(time), ids[0]).toBe(time.step);
      for (const part of ['figure', ...EXTRAS] as const) expect(time[part], ids[0]).toBeGreaterThanOrEqual(0);
      expect(time.figure, ids[0]).toBeGreaterThan(0);
    }
  });

  it('say what their floors take, and what ceilings take that are computed of the holdout', () => {
    for (const { ids, results, time } of timed) {
      const found = results.flatMap((result) => (isSkipped(result) ? [] : [result]));
      const id = ids[0] ?? '';
      const hasFloor = found.some(({ floor }) => floor !== null) && !FLOOR_WITH_FIGURE.includes(id);
      expect(time.floor > 0, id).toBe(hasFloor);
      // Attacks know theirs beforehand, and copies are counted in the tables together.
      const isKnown = found.every(({ attack }) => attack !== undefined) || id.endsWith('copies');
      expect(time.ceiling > 0, id).toBe(!isKnown && found.some(({ ceiling }) => ceiling !== null));
    }
    expect(timed.filter(({ time }) => time.interval > 0).map(({ ids }) => ids[0])).toEqual([
      'sdmetrics-column-shapes',
      'train-synthetic-linear',
      'coefficient-overlap',
      'train-synthetic-forest',
      'train-synthetic-boosted',
    ]);
  });
});

describe('the table of seconds', () => {
  const step = (ids: readonly string[], time: Omit<StepTime, 'step'>): TimedStep => ({
    ids,
    time: { ...time, step: sumOf({ ...time, step: 0 }) },
    wall: 9,
  });
  const steps = [
    step(['linkability'], { figure: 1, interval: 0, floor: 0.5, ceiling: 0 }),
    step(['coverage', 'density'], { figure: 2, interval: 0.25, floor: 4, ceiling: 8 }),
  ];

  it('sets extras beside the figure that Python was timed on, and adds all up', () => {
    expect(writeSeconds(steps, 2).split('\n')).toEqual([
      '| Step | Figure | Intervals | Floors | Ceilings | Together | Wall | Python |',
      '| --- | --: | --: | --: | --: | --: | --: | --: |',
      '| linkability | 1.00 |  | 0.50 |  | 1.50 | 9.00 | 100.0 |',
      '| coverage, 2 ids | 2.00 | 0.25 | 4.00 | 8.00 | 14.25 | 9.00 |  |',
      '| What Python was timed on, together | 1.00 |  | 0.50 |  | 1.50 | 9.00 | 100.0 |',
      '| Everything | 3.00 | 0.25 | 4.50 | 8.00 | 15.75 | 18.00 |  |',
    ]);
  });

  it('leaves Python out where it was timed on another table', () => {
    expect(writeSeconds(steps, null)).not.toMatch(/100\.0|Python was/);
  });
});
