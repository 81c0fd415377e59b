import { describe, expect, it } from 'vitest';
import { takeRows } from '../../src/data/table';
import { Rng } from '../../src/math/rng';
import { detectSynthetic, type Detection } from '../../src/measure/fidelity/detection';
import { shuffleColumns } from '../../src/measure/fidelity/shuffle-columns';
import { stratifyFolds } from '../../src/measure/folds';
import { DETECTOR_IDS, type DetectorId } from '../../src/measure/learners';
import { isSkipped } from '../../src/measure/measure';
import type { Table } from '../../src/data/table';
import { makePeople, PEOPLE_KINDS } from './made-people';

const rng = () => Rng.fromSeed('detection');

function detect(learner: DetectorId, train: Table, synthetic: Table): Detection {
  const result = detectSynthetic(learner, train, synthetic, PEOPLE_KINDS, rng());
  if (isSkipped(result)) throw new Error(result.reason);
  return result;
}

describe('classifier two-sample test', () => {
  const train = makePeople(1500, 'train');
  const fresh = makePeople(1500, 'fresh');
  const shuffled = shuffleColumns(train, rng());

  it.each(DETECTOR_IDS)('cannot tell fresh people from train (%s)', (learner) => {
    const { auc, interval, n } = detect(learner, train, fresh);
    expect(n).toBe(3000);
    expect(interval.low).toBeLessThan(auc);
    expect(interval.low).toBeLessThan(0.52);
    expect(interval.high).toBeGreaterThan(0.48);
  });

  it('finds lost relations with trees, to which the linear learner is nearly blind', () => {
    expect(detect('boosted', train, shuffled).interval.low).toBeGreaterThan(0.7);
    expect(detect('linear', train, shuffled).auc).toBeLessThan(0.55);
  });

  it('finds a shifted column with both', () => {
    const older = {
      ...fresh,
      columns: fresh.columns.map((column) =>
        column.kind === 'number' && column.name === 'pressure'
          ? { ...column, values: column.values.map((value) => value + 20) }
          : column,
      ),
    };
    for (const learner of DETECTOR_IDS) expect(detect(learner, train, older).auc).toBeGreaterThan(0.85);
  });

  it('is skipped for few rows and without columns', () => {
    const few = takeRows(train, [0, 1, 2]);
    expect(detectSynthetic('boosted', train, few, PEOPLE_KINDS, rng())).toMatchObject({
      id: 'detection-boosted',
      reason: expect.stringContaining('fewer than 50 rows') as string,
    });
    expect(detectSynthetic('linear', train, fresh, [], rng())).toMatchObject({
      reason: expect.stringContaining('no column') as string,
    });
  });
});

describe('stratified folds', () => {
  it('judge every row once and keep the shares of the labels', () => {
    const labels = Int32Array.from({ length: 100 }, (_, i) => (i < 31 ? 1 : 0));
    const folds = stratifyFolds(labels, 3, rng());
    expect(folds.flatMap(({ judge }) => [...judge]).sort((a, b) => a - b)).toEqual([...labels.keys()]);
    for (const { learn, judge } of folds) {
      expect(learn.length + judge.length).toBe(100);
      const ones = judge.filter((row) => labels[row] === 1).length;
      expect(ones === 10 || ones === 11).toBe(true);
    }
  });
});
