import { describe, expect, it } from 'vitest';
import { takeRows, type Table } from '../../src/data/table';
import { Rng } from '../../src/math/rng';
import { shuffleColumns } from '../../src/measure/fidelity/shuffle-columns';
import { LEARNER_IDS, type LearnerId } from '../../src/measure/learners';
import { isSkipped } from '../../src/measure/measure';
import { bootstrapPair } from '../../src/measure/utility/bootstrap';
import { openScorer } from '../../src/measure/utility/prediction-scores';
import { trainOnSynthetic, type TrainSynthetic } from '../../src/measure/utility/train-synthetic';
import { makePeople, PEOPLE_KINDS } from './made-people';
import { levels, numbers, table } from './tables';

const of = (...values: number[]): Float64Array => Float64Array.from(values);
const rng = () => Rng.fromSeed('utility');

describe('scores of predictions, by hand', () => {
  it('area under the ROC curve with weights and ties', () => {
    const truth = { kind: 'class', classes: Int32Array.of(1, 0, 1, 0), nClasses: 2 } as const;
    const score = openScorer(truth, [of(), of(0.9, 0.4, 0.4, 0.1)]);
    expect(score(of(1, 1, 1, 1))).toBe(0.875);
    expect(score(of(0, 1, 2, 1))).toBe(0.75);
    expect(score(of(1, 0, 1, 0))).toBeNull();
  });

  it('macro-F1 over the classes that occur', () => {
    const truth = { kind: 'class', classes: Int32Array.of(0, 0, 1, 2), nClasses: 4 } as const;
    // Chosen 0, 1, 1, 0: F1 is 2·1/(2+2), 2·1/(1+2) and 0.
    const score = openScorer(truth, [
      of(0.9, 0.1, 0.1, 0.9),
      of(0.1, 0.9, 0.9, 0.1),
      of(0, 0, 0, 0),
      of(0, 0, 0, 0),
    ]);
    expect(score(of(1, 1, 1, 1))).toBeCloseTo((1 / 2 + 2 / 3) / 3, 12);
  });

  it('R² is 0 for the mean and undefined where nothing varies', () => {
    const truth = { kind: 'number', values: of(1, 2, 3) } as const;
    expect(openScorer(truth, [of(2, 2, 2)])(of(1, 1, 1))).toBe(0);
    expect(openScorer(truth, [of(1, 2, 3)])(of(1, 1, 1))).toBe(1);
    expect(openScorer(truth, [of(1, 2, 3)])(of(1, 0, 0))).toBeNull();
  });
});

describe('paired bootstrap', () => {
  it('gives equal scorers no difference at all', () => {
    const truth = { kind: 'number', values: of(1, 2, 3, 4, 9) } as const;
    const scorer = openScorer(truth, [of(1, 3, 3, 5, 7)]);
    const scores = bootstrapPair(scorer, scorer, 5, rng());
    expect(scores?.difference).toEqual({ value: 0, interval: { low: 0, high: 0 } });
    expect(scores?.first.interval.low).toBeLessThan(scores?.first.value ?? 0);
  });

  it('comes near the error that DeLong gives', () => {
    const draw = rng();
    const classes = Int32Array.from({ length: 400 }, () => draw.int(2));
    const p = Float64Array.from(classes, (c) => draw.normal() + c);
    const scorer = openScorer({ kind: 'class', classes, nClasses: 2 }, [of(), p]);
    const interval = bootstrapPair(scorer, scorer, 400, draw)?.first.interval ?? { low: 0, high: 0 };
    expect(interval.high - interval.low).toBeGreaterThan(0.06);
    expect(interval.high - interval.low).toBeLessThan(0.12);
  });
});

describe('train on synthetic, test on the holdout', () => {
  const train = makePeople(1500, 'train');
  const holdout = makePeople(800, 'holdout');
  const fresh = makePeople(1500, 'fresh');

  const judge = (learner: LearnerId, target: string, synthetic: Table): TrainSynthetic => {
    const result = trainOnSynthetic(learner, target, { train, holdout, synthetic }, PEOPLE_KINDS, rng());
    if (isSkipped(result)) throw new Error(result.reason);
    return result;
  };

  it.each(LEARNER_IDS)('fresh people teach as well as train (%s)', (learner) => {
    const { score, synthetic, train: ceiling, difference, majority, n } = judge(learner, 'died', fresh);
    expect(score).toBe('auc');
    expect(n).toBe(800);
    expect(majority).toBe(0.5);
    expect(ceiling.value).toBeGreaterThan(0.85);
    expect(synthetic.value).toBeGreaterThan(0.85);
    expect(difference.interval.low).toBeLessThan(0.01);
    expect(difference.interval.high).toBeGreaterThan(-0.01);
  });

  it.each(LEARNER_IDS)('shuffled columns teach worse than train (%s)', (learner) => {
    const { synthetic, train: ceiling, difference } = judge(learner, 'died', shuffleColumns(train, rng()));
    expect(difference.value).toBeCloseTo(synthetic.value - ceiling.value, 12);
    expect(difference.interval.high).toBeLessThan(-0.02);
  });

  it('predicts numbers and several classes, too', () => {
    const pressure = judge('boosted', 'pressure', fresh);
    expect(pressure.score).toBe('r2');
    expect(pressure.synthetic.value).toBeGreaterThan(0.15);
    expect(pressure.majority).toBeLessThan(0.01);
    const ward = judge('linear', 'ward', fresh);
    expect(ward.score).toBe('macro-f1');
    expect(ward.synthetic.value).toBeGreaterThan(ward.majority + 0.1);
  });

  const reasonOf = (target: string, tables: { train?: Table; holdout?: Table | null; synthetic?: Table }) => {
    const result = trainOnSynthetic(
      'linear',
      target,
      { train, holdout, synthetic: fresh, ...tables },
      PEOPLE_KINDS,
      rng(),
    );
    return isSkipped(result) ? result.reason : null;
  };

  it('is skipped where it cannot be judged, and says why', () => {
    const survivors = (table: Table) => {
      const died = table.columns.find(({ name }) => name === 'died');
      const rows = [...Array(table.nRows).keys()].filter(
        (row) => died?.kind === 'level' && died.codes[row] === 0,
      );
      return takeRows(table, rows);
    };
    expect(reasonOf('died', { holdout: null })).toContain('there is no holdout');
    expect(reasonOf('age of death', {})).toContain('no column "age of death"');
    expect(reasonOf('died', { holdout: takeRows(holdout, [1, 2, 3]) })).toContain(
      'fewer than 50 rows of the holdout',
    );
    expect(reasonOf('died', { synthetic: survivors(fresh) })).toContain(
      'one value only in the synthetic table',
    );
    expect(reasonOf('died', { holdout: survivors(holdout) })).toContain('one value only in the holdout');
  });

  it('is skipped for classes too few, too many or too rare, and with nothing to predict from', () => {
    const alone = PEOPLE_KINDS.filter(({ name }) => name === 'died');
    expect(
      trainOnSynthetic('linear', 'died', { train, holdout, synthetic: fresh }, alone, rng()),
    ).toMatchObject({
      reason: expect.stringContaining('no column to predict "died" from') as string,
    });
    const named = (n: number, nRows: number) =>
      table(
        numbers('x', [...Array(nRows).keys()]),
        levels(
          'town',
          Array.from({ length: nRows }, (_, row) => `town ${row % n}`),
        ),
      );
    const rare = (nRare: number) =>
      table(
        numbers('x', [...Array(100).keys()]),
        levels(
          'town',
          Array.from({ length: 100 }, (_, row) => (row < nRare ? 'rare' : 'usual')),
        ),
      );
    const kinds = [
      { name: 'x', kind: 'numerical' },
      { name: 'town', kind: 'categorical' },
    ] as const;
    const judgeTowns = (one: Table) =>
      trainOnSynthetic('linear', 'town', { train: one, holdout: one, synthetic: one }, kinds, rng());
    expect(judgeTowns(named(31, 310))).toMatchObject({
      reason: expect.stringContaining('more than 30') as string,
    });
    expect(judgeTowns(rare(9))).toMatchObject({
      reason: expect.stringContaining('fewer than 10 rows') as string,
    });
    expect(isSkipped(judgeTowns(rare(10)))).toBe(false);
  });
});
