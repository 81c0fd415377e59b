import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/measure/evaluate';
import { specsOf } from '../../src/measure/evaluation-specs';
import type { Column, Table } from '../../src/data/table';
import { Rng } from '../../src/math/rng';
import { detectSynthetic } from '../../src/measure/fidelity/detection';
import type { ColumnKind } from '../../src/measure/fidelity/column-kinds';
import { DETECTOR_IDS, LEARNER_IDS } from '../../src/measure/learners';
import { isSkipped, type Measured } from '../../src/measure/measure';
import { measureClosest } from '../../src/measure/privacy/closest-records';
import { attackByDistance } from '../../src/measure/privacy/distance-membership';
import { findCopies } from '../../src/measure/privacy/exact-copies';
import { singleOutByRecord } from '../../src/measure/privacy/singling-out-records';
import { singleOutByValue } from '../../src/measure/privacy/singling-out-values';
import { trainOnSynthetic } from '../../src/measure/utility/train-synthetic';
import { makePeople, PEOPLE_KINDS } from './made-people';

/** People with columns that say nothing: constant, without any value, and a level for every row. */
function addOddColumns(people: Table, prefix: string): Table {
  const { nRows } = people;
  const odd: readonly Column[] = [
    { kind: 'number', name: 'one', values: new Float64Array(nRows).fill(1) },
    { kind: 'number', name: 'nothing', values: new Float64Array(nRows).fill(NaN) },
    { kind: 'level', name: 'empty', codes: new Int32Array(nRows).fill(-1), levels: [] },
    {
      kind: 'level',
      name: 'own',
      codes: Int32Array.from({ length: nRows }, (_, row) => row),
      levels: Array.from({ length: nRows }, (_, row) => `${prefix}${row}`),
    },
  ];
  return { nRows, columns: [...people.columns, ...odd] };
}

const KINDS: readonly ColumnKind[] = [
  ...PEOPLE_KINDS,
  { name: 'one', kind: 'numerical' },
  { name: 'nothing', kind: 'numerical' },
  { name: 'empty', kind: 'categorical' },
  { name: 'own', kind: 'categorical' },
];

describe('columns that are constant, empty, or different in every row', () => {
  const train = addOddColumns(makePeople(400, 'train'), 't');
  const holdout = addOddColumns(makePeople(300, 'holdout'), 'h');
  const synthetic = addOddColumns(makePeople(400, 'fresh'), 's');
  const rng = () => Rng.fromSeed('odd');
  const take = <T extends object>(result: Measured<T>): T => {
    if (isSkipped(result)) throw new Error(result.reason);
    return result;
  };

  it.each(DETECTOR_IDS)('leave the learners able to tell tables apart (%s)', (learner) => {
    const { auc, interval } = take(detectSynthetic(learner, train, synthetic, KINDS, rng()));
    expect([auc, interval.low, interval.high].every(Number.isFinite)).toBe(true);
  });

  it.each(LEARNER_IDS)('leave the learners able to learn (%s)', (learner) => {
    const task = take(trainOnSynthetic(learner, 'died', { train, holdout, synthetic }, KINDS, rng()));
    expect(task.synthetic.value).toBeGreaterThan(0.8);
    expect(task.train.value).toBeGreaterThan(0.8);
  });

  it('leave attacks and distances defined', () => {
    expect(take(findCopies(train, holdout, synthetic, KINDS)).synthetic.n).toBe(0);
    expect(take(findCopies(train, holdout, train, KINDS)).synthetic.share).toBe(1);
    const { closer, syntheticToTrain } = take(measureClosest(train, holdout, synthetic, KINDS));
    expect(Number.isFinite(closer.share)).toBe(true);
    // "own" always differs, "one", "nothing" and "empty" never do.
    expect(syntheticToTrain.min).toBeGreaterThanOrEqual(1 / KINDS.length);
    expect(syntheticToTrain.p95).toBeLessThan(0.6);
    expect(Number.isFinite(take(attackByDistance(train, holdout, synthetic, KINDS, rng())).auc)).toBe(true);
    expect(
      Number.isFinite(take(singleOutByValue(train, holdout, synthetic, KINDS, rng())).risk.residual),
    ).toBe(true);
    const settings = { nAttacks: 200, nColumns: 3 };
    const byRecord = take(singleOutByRecord(train, holdout, synthetic, KINDS, rng(), settings));
    expect(Number.isFinite(byRecord.risk.residual)).toBe(true);
  });

  it('cannot be predicted, and that is said', () => {
    const tables = { train, holdout, synthetic };
    expect(trainOnSynthetic('boosted', 'one', tables, KINDS, rng())).toMatchObject({
      reason: expect.stringContaining('one value only') as string,
    });
    expect(trainOnSynthetic('boosted', 'nothing', tables, KINDS, rng())).toMatchObject({
      reason: expect.stringContaining('fewer than 50 rows') as string,
    });
  });

  it.each(['died', 'own', 'one', undefined])('leave no measure at a loss (target %s)', async (target) => {
    const { measures, skipped } = await evaluate(specsOf(['utility', 'privacy']), {
      train,
      holdout,
      synthetic,
      kinds: KINDS,
      options: { seed: 1, ...(target === undefined ? {} : { target }) },
    });
    expect(measures.length).toBeGreaterThan(10);
    for (const { id, reason } of skipped) {
      expect(reason, id).not.toContain('report it');
      expect(reason, id).not.toContain('not a finite number');
    }
  });
});
