import { describe, expect, it } from 'vitest';
import { takeRows, type Table } from '../../src/data/table';
import { evaluate } from '../../src/measure/evaluate';
import { EVALUATION_SPECS } from '../../src/measure/evaluation-specs';
import { kindsOfTable } from './fidelity/judge';
import { makePeople } from './made-people';
import { levels, numbers, table } from './tables';

const train = makePeople(150, 'yardsticks/train');
const holdout = makePeople(150, 'yardsticks/holdout');
const first = (source: Table, n: number) => takeRows(source, [...Array(n).keys()]);

const cycle = (values: readonly string[]) =>
  [...Array(150).keys()].map((row) => values[row % values.length] ?? '');
/** Hardly anything to learn: one column that varies beside the target. */
const dull = table(
  numbers('flat', Array<number>(150).fill(1)),
  levels('a', cycle(['p'])),
  levels('b', cycle(['q', 'q', 'r'])),
  levels('c', cycle(['s'])),
  levels('t', cycle(['no', 'yes'])),
);

interface Case {
  readonly own?: Table;
  readonly held: Table | null;
  readonly target?: string;
}

const cases: Readonly<Record<string, Case>> = {
  'a holdout': { held: holdout },
  'a holdout of 60 rows': { held: first(holdout, 60) },
  'a holdout of 10 rows': { held: first(holdout, 10) },
  'no holdout': { held: null },
  'a number as target': { held: holdout, target: 'pressure' },
  'columns that do not vary': { own: dull, held: dull, target: 't' },
};

describe('a yardstick', () => {
  it.each(Object.keys(cases))('is there, or the reason why not, with %s', async (name) => {
    const { own = train, held = null, target = 'smoker' } = cases[name] ?? {};
    const { measures } = await evaluate(EVALUATION_SPECS, {
      train: own,
      holdout: held,
      synthetic: own,
      kinds: kindsOfTable(own),
      options: { seed: 1, target },
      likelihood: { train: new Float64Array(own.nRows), holdout: new Float64Array(held?.nRows ?? 0) },
    });
    expect(measures.length).toBeGreaterThan(10);
    const silent = measures.flatMap(({ id, floor, ceiling, noYardstick }) => [
      ...(floor === null && noYardstick?.floor === undefined ? [`${id}: floor`] : []),
      ...(ceiling === null && noYardstick?.ceiling === undefined ? [`${id}: ceiling`] : []),
    ]);
    expect(silent).toEqual([]);
  });
});
